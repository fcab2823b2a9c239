import { endOfLocalDay, localDateOf, type LocalDate, toMinute } from '@app/kernel';
import type { Side, WorklistFilters, WorklistGroup } from './worklist-filters';

/** Who reads the worklist, when. */
export interface WorklistReader {
  readonly staffId: string;
  readonly sides: readonly Side[];
  readonly now: Date;
}

/** A condition in SQL that collects its parameters as it is written. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The placeholder of a value: `$1`, `$2` … The same value has the same one. */
  add(value: unknown): string {
    const before = this.values.findIndex((known) => known === value || (known instanceof Date && value instanceof Date && known.getTime() === value.getTime()));
    return `$${String(before >= 0 ? before + 1 : this.values.push(value))}`;
  }
}

/** The SQL of a group; `j` is journeys. Due in this minute is not overdue. */
export function groupCondition(group: WorklistGroup, reader: WorklistReader, parameters: Parameters): string {
  const today: LocalDate = localDateOf(reader.now);
  const minute = (): string => `${parameters.add(toMinute(reader.now))}::timestamptz`;
  const tomorrow = (): string => `${parameters.add(endOfLocalDay(today))}::timestamptz`;
  const date = (): string => `${parameters.add(today)}::date`;
  const ours = (): string => (reader.sides.length === 2 ? 'true' : `j.turn = ${parameters.add(reader.sides[0] ?? 'nobody')}`);
  switch (group) {
    case 'overdue':
      return `j.status = 'open' AND j.next_due_at < ${minute()} AND ${ours()}`;
    case 'today':
      return `j.status = 'open' AND j.next_due_at >= ${minute()} AND j.next_due_at < ${tomorrow()} AND ${ours()}`;
    case 'next':
      return `j.status = 'open' AND j.next_due_at >= ${tomorrow()} AND j.waiting_for <> 'family' AND ${ours()}`;
    case 'waiting':
      return `j.status = 'open' AND (NOT (${ours()}) OR (j.waiting_for = 'family' AND j.next_due_at >= ${tomorrow()}))`;
    case 'back':
      return `j.status = 'on_hold' AND j.hold_until <= ${date()}`;
    case 'held':
      return `j.status = 'on_hold' AND j.hold_until > ${date()}`;
  }
}

/** The SQL of whose families; `j` is journeys. */
export function whoseCondition(whose: WorklistFilters['whose'], staffId: string, parameters: Parameters): string {
  if (whose === 'everybodys') return 'true';
  if (whose === 'nobodys') return 'j.responsible_id IS NULL';
  const person = parameters.add(typeof whose === 'object' ? whose.staffId : staffId);
  const theirs = `(j.officer_id = ${person} OR j.social_worker_id = ${person})`;
  return whose === 'mine_or_nobodys' ? `(${theirs} OR j.responsible_id IS NULL)` : theirs;
}

/** The SQL of the other filters; `j` is journeys, `among` the journeys that a text filter left. */
export function columnConditions({ authority, stage, channel, source }: Omit<WorklistFilters, 'whose' | 'text'>, among: readonly string[] | null, parameters: Parameters): string[] {
  const asked: readonly (readonly [string, string | undefined])[] = [['authority', authority], ['stage', stage], ['channel', channel], ['source', source]];
  const conditions = asked.flatMap(([column, value]) => (value === undefined ? [] : [`j.${column} = ${parameters.add(value)}`]));
  return among === null ? conditions : [...conditions, `j.id = ANY (${parameters.add(among)}::uuid[])`];
}
