import type { CloseReason, ClosedBy, ExcludingReason, MilestoneBeforeApproval } from '@app/journeys';
import { addMonthsClamped, daysBetween } from '@app/kernel';
import type { LocalDate } from '@app/kernel';
import type { CountedFacts, JourneyEnding } from './counted-facts';
import type { Cut } from './report-request';

/**
 * What was counted of calendar months from how journeys stand, in groups that do not depend on when it is asked: those
 * that are open are counted by their day, those that nobody answered yet by when that was due. Each group begins with
 * its month ('2024-04') and authority, and ends with how many there are; there are many, so they are rows, not objects. What
 * most of them differ by alone, days and minutes, is a list, with another list of how many.
 */
export interface StandingCounts {
  readonly contacts: readonly (readonly [...Where, count: number])[];
  readonly excluded: readonly (readonly [...Where, excludedAs: ExcludingReason, count: number])[];
  readonly approved: readonly (readonly [...Where, count: number])[];
  readonly closed: readonly (readonly [...Where, furthest: MilestoneBeforeApproval, closedBy: ClosedBy, closedReason: CloseReason, count: number])[];
  readonly open: readonly (readonly [...Where, enquiryOn: LocalDate, furthest: MilestoneBeforeApproval, count: number])[];
  readonly times: readonly (readonly [...Where, ending: JourneyEnding, days: readonly number[], counts: readonly number[]])[];
  readonly answered: readonly (readonly [...Where, withinStandard: boolean, workingMinutes: readonly number[], counts: readonly number[]])[];
  /** Due times in seconds since 1970. */
  readonly unanswered: readonly (readonly [...Where, dueAtSeconds: number, count: number])[];
  readonly approvals: readonly (readonly [...Where, turnaroundDays: number, withinSixMonths: boolean, processingDays: number | null, withinEightMonths: boolean | null, heldDays: number, count: number])[];
}

type Where = readonly [month: string, authority: string];

/** The facts that these counts are as at a date and at a cut that all of them lie before. */
export function factsOfStandings(counts: StandingCounts, asAt: LocalDate, { dueBefore }: Pick<Cut, 'dueBefore'>): CountedFacts {
  const missed = ([, , dueAtSeconds]: StandingCounts['unanswered'][number]): boolean => dueAtSeconds * 1_000 < dueBefore.getTime();
  return {
    contacts: counts.contacts.map(([month, authority, count]) => ({ authority, month, count })),
    excluded: counts.excluded.map(([month, authority, excludedAs, count]) => ({ authority, month, excludedAs, count })),
    enquiries: [
      ...counts.approved.map(([month, authority, count]) => ({ authority, month, furthest: 'approved' as const, standing: 'approved' as const, count })),
      ...counts.closed.map(([month, authority, furthest, closedBy, closedReason, count]) => ({ authority, month, furthest, standing: 'closed' as const, closedBy, closedReason, count })),
      ...counts.open.map(([month, authority, enquiryOn, furthest, count]) => ({ authority, month, furthest, standing: 'open' as const, pastSixMonths: addMonthsClamped(enquiryOn, 6) < asAt, count })),
    ],
    times: [
      ...counts.times.flatMap(([month, authority, ending, days, many]) => days.map((day, index) => ({ authority, month, days: day, ending, count: many[index] ?? 0 }))),
      ...counts.open.map(([month, authority, enquiryOn, , count]) => ({ authority, month, days: daysBetween(enquiryOn, asAt), ending: 'censored' as const, count })),
    ],
    approvals: counts.approvals.map(([month, authority, turnaroundDays, withinSixMonths, processingDays, withinEightMonths, heldDays, count]) => ({
      authority,
      month,
      turnaroundDays,
      withinSixMonths,
      processing: processingDays === null || withinEightMonths === null ? null : { days: processingDays, withinEightMonths },
      heldDays,
      count,
    })),
    responses: [
      ...counts.answered.flatMap(([month, authority, withinStandard, minutes, many]) => minutes.map((workingMinutes, index) => ({ authority, month, withinStandard, workingMinutes, count: many[index] ?? 0 }))),
      ...counts.unanswered.filter(missed).map(([month, authority, , count]) => ({ authority, month, withinStandard: false, workingMinutes: null, count })),
    ],
  };
}

/** The next moment at which the facts of these counts change though nothing happens: a due time passes. Null when none is ahead. */
export function nextDueAt({ unanswered }: StandingCounts, { dueBefore }: Pick<Cut, 'dueBefore'>): Date | null {
  let next = Infinity;
  for (const [, , dueAtSeconds] of unanswered) if (dueAtSeconds * 1_000 >= dueBefore.getTime()) next = Math.min(next, dueAtSeconds * 1_000);
  return Number.isFinite(next) ? new Date(next) : null;
}
