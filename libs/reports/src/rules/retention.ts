import { aalenJohansen, type TimeCount } from './aalen-johansen';

/** How leaving fostering is counted: by who ended the approval. */
export const LEAVING_CAUSES = ['resignation', 'termination'] as const;
export type LeavingCause = (typeof LEAVING_CAUSES)[number];

/** Days after the start at which retention is told: now, half a year, one, two and three years. */
export const RETENTION_DAYS = [0, 182, 365, 730, 1095] as const;

/** The share that has left fostering by a day, with its 95 % interval, and how many households are still followed then. */
export interface LeavingAt {
  readonly day: number;
  readonly atRisk: number;
  readonly left: number;
  /** Null where nothing has happened yet, or nobody is left. */
  readonly low: number | null;
  readonly high: number | null;
  readonly byCause: Readonly<Record<LeavingCause, { readonly share: number; readonly low: number | null; readonly high: number | null }>>;
}

/** Households of one side: how many there are, how many have left, and the shares that have left by each day. */
export interface Retention {
  readonly households: number;
  readonly leavers: number;
  /** The longest time that anybody was followed: nothing is known of later days. */
  readonly longestDays: number;
  readonly at: readonly LeavingAt[];
}

/**
 * The cumulative incidence of leaving fostering (Aalen and Johansen, with resignation and termination competing), from
 * times in days. All households together are one minus Kaplan and Meier's estimate. Days after the longest time are left out.
 */
export function retention(counts: readonly TimeCount<LeavingCause>[], days: readonly number[] = RETENTION_DAYS): Retention {
  const longestDays = counts.reduce((most, { time }) => Math.max(most, time), 0);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return {
    households: total,
    leavers: counts.reduce((sum, { ending, count }) => sum + (ending === 'censored' ? 0 : count), 0),
    longestDays,
    at: aalenJohansen(counts, LEAVING_CAUSES, total === 0 ? [] : days.filter((day) => day <= longestDays)).map(({ time, atRisk, eventFree, byCause }) => ({
      day: time,
      atRisk,
      left: 1 - eventFree.estimate,
      low: eventFree.high === null ? null : 1 - eventFree.high,
      high: eventFree.low === null ? null : 1 - eventFree.low,
      byCause: {
        resignation: { share: byCause.resignation.estimate, low: byCause.resignation.low, high: byCause.resignation.high },
        termination: { share: byCause.termination.estimate, low: byCause.termination.low, high: byCause.termination.high },
      },
    })),
  };
}
