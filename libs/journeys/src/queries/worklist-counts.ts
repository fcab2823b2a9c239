import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { Channel } from '../rules/channels';
import type { Stage } from '../rules/milestones';
import { columnConditions, groupCondition, Parameters, whoseCondition, type WorklistReader } from './worklist-conditions';
import { WORKLIST_GROUPS, WHOSE, type WorklistFilters, type WorklistGroup } from './worklist-filters';

type NamedWhose = (typeof WHOSE)[number];

/** How many families there are: in each group under all filters, and behind each choice of a filter under the others. */
export interface WorklistCounts {
  readonly groups: Readonly<Record<WorklistGroup, number>>;
  readonly authorities: ReadonlyMap<AuthorityCode, number>;
  readonly stages: ReadonlyMap<Stage, number>;
  readonly channels: ReadonlyMap<Channel, number>;
  readonly whose: Readonly<Record<NamedWhose, number>>;
}

interface Cell {
  readonly group: number;
  readonly authority: AuthorityCode;
  readonly stage: Stage;
  readonly channel: Channel;
  /** 1 mine, 2 nobody's, 3 somebody else's. */
  readonly whose: 1 | 2 | 3;
  readonly journeys: number;
}

const FITS: Readonly<Record<NamedWhose, readonly Cell['whose'][]>> = { mine_or_nobodys: [1, 2], mine: [1], nobodys: [2], everybodys: [1, 2, 3] };

/**
 * Counts all open journeys once, by everything that can be filtered, and adds up from there: one pass, however many
 * figures. A choice's figure counts what one would see on choosing it, resting families left out.
 */
export async function worklistCounts(tx: EntityManager, reader: WorklistReader, filters: WorklistFilters, among: readonly string[] | null): Promise<WorklistCounts> {
  const { whose, source } = filters;
  const cells = await countedCells(tx, reader, { whose: typeof whose === 'object' ? whose : 'everybodys', ...(source === undefined ? {} : { source }) }, among);
  const fitsWhose = (cell: Cell): boolean => typeof whose === 'object' || FITS[whose].includes(cell.whose);
  const fits = (cell: Cell, except: 'authority' | 'stage' | 'channel' | 'whose' | null): boolean =>
    (except === 'whose' || fitsWhose(cell)) && (['authority', 'stage', 'channel'] as const).every((filter) => except === filter || filters[filter] === undefined || filters[filter] === cell[filter]);
  const active = cells.filter((cell) => WORKLIST_GROUPS[cell.group] !== 'held');
  return {
    groups: recordOf(WORKLIST_GROUPS, (group) => sum(cells.filter((cell) => WORKLIST_GROUPS[cell.group] === group && fits(cell, null)))),
    authorities: totals(active.filter((cell) => fits(cell, 'authority')), (cell) => cell.authority),
    stages: totals(active.filter((cell) => fits(cell, 'stage')), (cell) => cell.stage),
    channels: totals(active.filter((cell) => fits(cell, 'channel')), (cell) => cell.channel),
    whose: recordOf(WHOSE, (named) => sum(active.filter((cell) => fits(cell, 'whose') && FITS[named].includes(cell.whose)))),
  };
}

async function countedCells(tx: EntityManager, reader: WorklistReader, filters: WorklistFilters, among: readonly string[] | null): Promise<Cell[]> {
  const parameters = new Parameters();
  const mine = whoseCondition('mine', reader.staffId, parameters);
  const nobodys = whoseCondition('nobodys', reader.staffId, parameters);
  const conditions = [whoseCondition(filters.whose, reader.staffId, parameters), ...columnConditions(filters, among, parameters)];
  // A number for each group: grouping by short numbers is twice as quick as by words.
  const group = WORKLIST_GROUPS.map((name, index) => `WHEN ${groupCondition(name, reader, parameters)} THEN ${String(index)}`).join(' ');
  return rows<Cell>(
    tx,
    `SELECT "group", authority, stage, channel, whose, count(*)::int AS journeys
       FROM (SELECT CASE ${group} END AS "group", j.authority, j.stage, j.channel, CASE WHEN ${mine} THEN 1 WHEN ${nobodys} THEN 2 ELSE 3 END AS whose
               FROM journeys j WHERE j.status IN ('open', 'on_hold') AND j.authority = ANY ((SELECT scope_of('people'))::text[]) AND ${conditions.join(' AND ')}) counted
      WHERE "group" IS NOT NULL
      GROUP BY 1, 2, 3, 4, 5`,
    parameters.values,
  );
}

const sum = (cells: readonly Cell[]): number => cells.reduce((total, { journeys }) => total + journeys, 0);

function totals<Key>(cells: readonly Cell[], keyOf: (cell: Cell) => Key): ReadonlyMap<Key, number> {
  const found = new Map<Key, number>();
  for (const cell of cells) found.set(keyOf(cell), (found.get(keyOf(cell)) ?? 0) + cell.journeys);
  return found;
}

function recordOf<Key extends string>(keys: readonly Key[], valueOf: (key: Key) => number): Readonly<Record<Key, number>> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, number>;
}
