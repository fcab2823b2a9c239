import type { ApprovalCount } from './counted-facts';

/** How many of the approved households had been on hold, and for how many days on average. */
export interface DaysOnHold {
  readonly households: number;
  /** Over those that had been on hold; null when none had. */
  readonly meanDays: number | null;
}

/** What stands beside the turnaround, which holds are never subtracted from. */
export function daysOnHold(approvals: readonly ApprovalCount[]): DaysOnHold {
  const held = approvals.filter(({ heldDays }) => heldDays > 0);
  const households = held.reduce((sum, { count }) => sum + count, 0);
  const days = held.reduce((sum, { heldDays, count }) => sum + heldDays * count, 0);
  return { households, meanDays: households === 0 ? null : days / households };
}
