import type { LocalDate } from '@app/kernel';
import { daysBetween } from '@app/kernel';

/**
 * What was counted of calendar months from how journeys stand, in groups that do not depend on when it is asked: for how many
 * days something went on and how it ended, or since when it goes on. Each row begins with its month ('2024-04'), its authority
 * and what it is told apart by, and has a list of days, or of dates, with another list of how many.
 */
export interface SpanCounts<End extends string, Group extends string = string> {
  readonly over: readonly (readonly [...Where, group: Group, end: End, days: readonly number[], counts: readonly number[]])[];
  readonly goingOn: readonly (readonly [...Where, group: Group, since: readonly LocalDate[], counts: readonly number[]])[];
}

type Where = readonly [month: string, authority: string];

/** So many spans of one group that lasted for so many days and ended alike. */
export interface Span<End extends string, Group extends string = string> {
  readonly authority: string;
  readonly group: Group;
  readonly end: End;
  readonly days: number;
  readonly count: number;
}

/** Adds spans together whatever month they were counted in, as at a date: however many months, what is kept is small. */
export class SpansAddedUp<End extends string, Group extends string = string> {
  private readonly sums = new Map<string, Omit<Span<End, Group>, 'days' | 'count'> & { readonly counts: Map<number, number> }>();

  /** What goes on ends with `unended` at the as-at date. `groupOf` gives what spans are told apart by in the end. */
  constructor(
    private readonly asAt: LocalDate,
    private readonly unended: End,
    private readonly groupOf: (group: Group, month: string) => Group,
  ) {}

  add({ over, goingOn }: SpanCounts<End, Group>): void {
    for (const [month, authority, group, end, days, counts] of over) this.addEach(authority, this.groupOf(group, month), end, days, counts);
    for (const [month, authority, group, since, counts] of goingOn) this.addEach(authority, this.groupOf(group, month), this.unended, since.map((date) => daysBetween(date, this.asAt)), counts);
  }

  /** Spans that were told apart in the end already. */
  addSpans(spans: readonly Span<End, Group>[]): void {
    for (const { authority, group, end, days, count } of spans) this.addEach(authority, group, end, [days], [count]);
  }

  /** All that was added, each as it is wanted: there may be half a million. */
  spans<As>(as: (span: Omit<Span<End, Group>, 'days' | 'count'>, days: number, count: number) => As): As[] {
    const all: As[] = [];
    for (const sum of this.sums.values()) for (const [days, count] of sum.counts) all.push(as(sum, days, count));
    return all;
  }

  private addEach(authority: string, group: Group, end: End, days: readonly number[], many: readonly number[]): void {
    const key = [authority, end, group].join(' ');
    const { counts } = this.sums.get(key) ?? { counts: new Map<number, number>() };
    days.forEach((day, index) => counts.set(day, (counts.get(day) ?? 0) + (many[index] ?? 0)));
    this.sums.set(key, { authority, group, end, counts });
  }
}
