import { addDays } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { CountedFacts } from '../rules/counted-facts';
import { monthsOf } from '../rules/report-request';
import type { Cut, ReportRequest } from '../rules/report-request';
import { factsOfStandings, nextDueAt } from '../rules/standing-counts';
import { countedMonths } from './counted-months';
import { countedStandings } from './counted-standings';
import { factsFromHistory, someMovedSince } from './facts-from-history';

/** The facts of a period, and until when they hold if nothing happens. */
export interface FactsOfAPeriod {
  readonly facts: CountedFacts;
  /** The earliest due time that the cut has not passed yet; null when there is none. */
  readonly nextDueAt: Date | null;
  /** Whether some journeys had to be asked how they stood at the cut: at a later cut they may have stood otherwise. */
  readonly someMovedSince: boolean;
}

/**
 * The counted facts of a period as at a date and, when it is asked for, as they were known at a moment. Whole months
 * that were counted before and hold are taken as they are; the rest is counted from how journeys stand, and of those that
 * moved since the cut from their history. Each journey is in exactly one of the last two; equal groups add up.
 */
export async function factsOfAPeriod(tx: EntityManager, request: ReportRequest, cut: Cut): Promise<FactsOfAPeriod> {
  const parts = monthsOf(request.period);
  const whole = parts.filter(({ from, to }) => from.endsWith('-01') && addDays(to, 1).endsWith('-01'));
  const months = await countedMonths(tx, whole.map(({ from }) => from), request, cut);
  const counted = new Set(months.map(({ month }) => month));
  const standings = await countedStandings(tx, parts.filter(({ from }) => !counted.has(from)), request, cut);
  const moved = await someMovedSince(tx, request, cut);
  const counts = [...months.map((month) => month.counts), ...standings];
  const facts = counts.map((of) => factsOfStandings(of, request.asAt, cut));
  if (moved) facts.push(await factsFromHistory(tx, request, cut, 'moved_since'));
  const dues = counts.flatMap((of) => nextDueAt(of, cut)?.getTime() ?? []);
  return { facts: together(facts), nextDueAt: dues.length === 0 ? null : new Date(Math.min(...dues)), someMovedSince: moved };
}

function together(facts: readonly CountedFacts[]): CountedFacts {
  return {
    contacts: facts.flatMap(({ contacts }) => contacts),
    excluded: facts.flatMap(({ excluded }) => excluded),
    enquiries: facts.flatMap(({ enquiries }) => enquiries),
    times: facts.flatMap(({ times }) => times),
    approvals: facts.flatMap(({ approvals }) => approvals),
    responses: facts.flatMap(({ responses }) => responses),
  };
}
