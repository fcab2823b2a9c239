import { addDays } from '@app/kernel';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { factsByMonth, NO_FACTS } from '../rules/counted-facts';
import type { CountedFacts } from '../rules/counted-facts';
import { monthsOf } from '../rules/report-request';
import type { Cut, Period, ReportRequest } from '../rules/report-request';
import { factsOfStandings, nextDueAt } from '../rules/standing-counts';
import type { StandingCounts } from '../rules/standing-counts';
import { countedMonths, firstMonthToCount } from './counted-months';
import { countedStandings } from './counted-standings';
import { factsFromHistory, someMovedSince } from './facts-from-history';

/** Until when facts hold if nothing happens. */
export interface FactsHold {
  /** The earliest due time that the cut has not passed yet; null when there is none. */
  readonly nextDueAt: Date | null;
  /** Whether some journeys had to be asked how they stood at the cut: at a later cut they may have stood otherwise. */
  readonly someMovedSince: boolean;
}

/** Few enough for the memory of a process, at a country's size too. */
const MONTHS_AT_ONCE = 6;

/**
 * Hands over the counted facts of each calendar month of a period, in order, as at a date and, when it is asked for, as
 * they were known at a moment. Whole months that were counted before and hold are taken as they are; the rest is counted
 * from how journeys stand, and of those that moved since the cut from their history. Each journey is in exactly one of
 * the last two; equal groups add up.
 */
export async function eachMonthOfAPeriod(tx: EntityManager, request: ReportRequest, cut: Cut, take: (month: Period, facts: CountedFacts) => void): Promise<FactsHold> {
  const moved = await someMovedSince(tx, request, cut);
  const history = moved ? factsByMonth(await factsFromHistory(tx, request, cut, 'moved_since')) : new Map<string, CountedFacts>();
  const first = await firstMonthToCount(tx);
  const dues: Date[] = [];
  const months = monthsOf(request.period);
  for (let from = 0; from < months.length; from += MONTHS_AT_ONCE) {
    const some = months.slice(from, from + MONTHS_AT_ONCE);
    // Before the first enquiry and after the as-at date there is nothing to count.
    const counts = await countsOf(tx, some.filter(({ from: begins, to: ends }) => first !== null && ends >= first && begins <= request.asAt), request, cut);
    const standing = counts.map(({ month, counts: of }) => byMonth(month, factsOfStandings(of, request.asAt, cut)));
    for (const month of some) {
      const label = month.from.slice(0, 7);
      take(month, together([...standing.map((facts) => facts.get(label) ?? NO_FACTS), history.get(label) ?? NO_FACTS]));
    }
    for (const { counts: of } of counts) {
      const due = nextDueAt(of, cut);
      if (due !== null) dues.push(due);
    }
  }
  return { nextDueAt: dues.length === 0 ? null : new Date(Math.min(...dues.map((due) => due.getTime()))), someMovedSince: moved };
}

/** Counts of one calendar month, or (null) of several. */
interface Counted {
  readonly month: string | null;
  readonly counts: StandingCounts;
}

const byMonth = (month: string | null, facts: CountedFacts): ReadonlyMap<string, CountedFacts> => (month === null ? factsByMonth(facts) : new Map([[month, facts]]));

async function countsOf(tx: EntityManager, parts: readonly Period[], request: ReportRequest, cut: Cut): Promise<Counted[]> {
  if (parts.length === 0) return [];
  const counted = await countedMonths(tx, parts.filter(isWhole).map(({ from }) => from), request, cut);
  const found = new Set<LocalDate>(counted.map(({ month }) => month));
  const others = await countedStandings(tx, parts.filter(({ from }) => !found.has(from)), request, cut);
  return [...counted.map(({ month, counts }) => ({ month: month.slice(0, 7), counts })), ...others.map((counts) => ({ month: null, counts }))];
}

const isWhole = ({ from, to }: Period): boolean => from.endsWith('-01') && addDays(to, 1).endsWith('-01');

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
