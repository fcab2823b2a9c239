import type { EntityManager } from 'typeorm';
import { factsByMonth, NO_FACTS } from '../rules/counted-facts';
import type { CountedFacts } from '../rules/counted-facts';
import type { Cut, Period, ReportRequest } from '../rules/report-request';
import { factsOfStandings, nextDueAt } from '../rules/standing-counts';
import { eachCountedMonth } from './counted-months';
import { countedWeeks } from './counted-standings';
import { factsFromHistory, someMovedSince } from './facts-from-history';

/** Until when facts hold if nothing happens. */
export interface FactsHold {
  /** The earliest due time that the cut has not passed yet; null when there is none. */
  readonly nextDueAt: Date | null;
  /** Whether some journeys had to be asked how they stood at the cut: at a later cut they may have stood otherwise. */
  readonly someMovedSince: boolean;
}

/**
 * Hands over the counted facts of each calendar month of a period, in order, as at a date and, when it is asked for, as
 * they were known at a moment. Whole months that were counted before and hold are taken as they are; the rest is counted
 * from how journeys stand, and of those that moved since the cut from their history. Each journey is in exactly one of
 * the last two; equal groups add up.
 */
export async function eachMonthOfAPeriod(tx: EntityManager, request: ReportRequest, cut: Cut, take: (month: Period, facts: CountedFacts) => void): Promise<FactsHold> {
  const moved = await someMovedSince(tx, request, cut);
  const history = moved ? factsByMonth(await factsFromHistory(tx, request, cut, 'moved_since')) : new Map<string, CountedFacts>();
  const dues: Date[] = [];
  await eachCountedMonth(tx, request, cut, 'report', (month, counts) => {
    const standing = counts === null ? NO_FACTS : factsOfStandings(counts, request.asAt, cut);
    take(month, together([standing, history.get(month.from.slice(0, 7)) ?? NO_FACTS]));
    const due = counts === null ? null : nextDueAt(counts, cut);
    if (due !== null) dues.push(due);
  });
  return { nextDueAt: dues.length === 0 ? null : new Date(Math.min(...dues.map((due) => due.getTime()))), someMovedSince: moved };
}

/** The facts of whole weeks, Monday to Sunday, by their Mondays, within a request that spans them: counted as those of months are. */
export async function factsOfWeeks(tx: EntityManager, weeks: readonly Period[], request: ReportRequest, cut: Cut): Promise<ReadonlyMap<string, CountedFacts>> {
  const counts = await countedWeeks(tx, weeks, request, cut);
  const standing = counts === null ? NO_FACTS : factsOfStandings(counts, request.asAt, cut);
  return factsByMonth(together([standing, await factsFromHistory(tx, request, cut, 'moved_since_by_week')]));
}

function together(facts: readonly CountedFacts[]): CountedFacts {
  const [one, ...others] = facts.filter((some) => some !== NO_FACTS);
  if (one === undefined) return NO_FACTS;
  if (others.length === 0) return one;
  const all = [one, ...others];
  return {
    contacts: all.flatMap(({ contacts }) => contacts),
    excluded: all.flatMap(({ excluded }) => excluded),
    enquiries: all.flatMap(({ enquiries }) => enquiries),
    times: all.flatMap(({ times }) => times),
    approvals: all.flatMap(({ approvals }) => approvals),
    responses: all.flatMap(({ responses }) => responses),
  };
}
