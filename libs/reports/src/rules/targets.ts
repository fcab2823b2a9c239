import { daysBetween } from '@app/kernel';
import type { LocalDate } from '@app/kernel';
import type { Period } from './report-request';

/** The targets of a financial year as whoever set them stated them, each on its own; null where none is stated. */
export interface StatedTargets {
  readonly enquiries: number | null;
  /** Approvals in the year for each enquiry in the year: a fraction. */
  readonly approvalRate: number | null;
  readonly approvals: number | null;
  /** The approvals of a year against which the increase is stated. */
  readonly baselineApprovals: number | null;
  /** By how much the approvals are to exceed the baseline: a fraction of it. */
  readonly increaseOnBaseline: number | null;
  /** From the enquiry to the approval. */
  readonly turnaroundMonths: number | null;
}

/** A target that follows from two others, beside the one that is stated. */
export interface ImpliedTarget {
  readonly target: 'approvals' | 'approvalRate' | 'increaseOnBaseline';
  readonly from: readonly [keyof StatedTargets, keyof StatedTargets];
  readonly implied: number;
  readonly stated: number | null;
  /** Stated less implied; null where nothing is stated. */
  readonly difference: number | null;
}

/**
 * What the stated targets imply about each other. Targets that were set together need not agree (the hub's
 * own do not); the report shows the difference and mends nothing.
 */
export function impliedTargets(stated: StatedTargets): ImpliedTarget[] {
  const { enquiries, approvalRate, approvals, baselineApprovals, increaseOnBaseline } = stated;
  const implied: ImpliedTarget[] = [];
  const add = (target: ImpliedTarget['target'], from: ImpliedTarget['from'], value: number): void => {
    const beside = stated[target];
    implied.push({ target, from, implied: value, stated: beside, difference: beside === null ? null : beside - value });
  };
  if (enquiries !== null && approvalRate !== null) {
    add('approvals', ['enquiries', 'approvalRate'], enquiries * approvalRate);
  }
  if (baselineApprovals !== null && increaseOnBaseline !== null) {
    add('approvals', ['baselineApprovals', 'increaseOnBaseline'], baselineApprovals * (1 + increaseOnBaseline));
  }
  if (approvals !== null && enquiries !== null && enquiries > 0) {
    add('approvalRate', ['approvals', 'enquiries'], approvals / enquiries);
  }
  if (approvals !== null && baselineApprovals !== null && baselineApprovals > 0) {
    add('increaseOnBaseline', ['approvals', 'baselineApprovals'], approvals / baselineApprovals - 1);
  }
  return implied;
}

/** The share of the days of a year that have passed by the end of a day, from 0 to 1. */
export function shareOfYearPassed(year: Period, day: LocalDate): number {
  const days = daysBetween(year.from, year.to) + 1;
  const passed = daysBetween(year.from, day) + 1;
  return Math.min(Math.max(passed, 0), days) / days;
}

/** How far a count has come towards its target of the year, against the days that have passed. */
export interface Progress {
  readonly target: number;
  readonly toDate: number;
  /** The share of the target that is reached; null for a target of 0. */
  readonly shareReached: number | null;
  /** The share of the year's days that have passed. */
  readonly shareOfYear: number;
  /** What an even pace would have given by then. */
  readonly evenPace: number;
  /** To date less the even pace: below 0 is behind. */
  readonly ahead: number;
}

/** The last day whose events a count of a period as at a date holds: what came after either is not in it. */
export function countedUntil(period: Period, asAt: LocalDate): LocalDate {
  return asAt < period.to ? asAt : period.to;
}

/** The progress of a count of the year, such as its enquiries or its approvals, that holds what happened until a day. */
export function progress(target: number, toDate: number, year: Period, until: LocalDate): Progress {
  const shareOfYear = shareOfYearPassed(year, until);
  const evenPace = target * shareOfYear;
  return {
    target,
    toDate,
    shareReached: target === 0 ? null : toDate / target,
    shareOfYear,
    evenPace,
    ahead: toDate - evenPace,
  };
}
