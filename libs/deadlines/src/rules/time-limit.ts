import {
  addDays,
  addMonthsClamped,
  addWorkingDays,
  endOfLocalDay,
  toMinute,
  type LocalDate,
  type WorkingCalendar,
} from '@app/kernel';

/** What the hub has promised a family, or the law has set, a time for. */
export const timeLimitRules = [
  'first_response',
  'home_visit',
  'turnaround',
  'follow_up',
  'stage_1_outcome',
  'recommendation',
  'decision',
  'told_orally',
  'told_in_writing',
  'representations',
  'irm_papers',
  'panel_papers',
  'first_review',
  'yearly_review',
] as const;
export type TimeLimitRule = (typeof timeLimitRules)[number];

export const timeLimitUnits = ['working_days', 'calendar_days', 'months'] as const;
export type TimeLimitUnit = (typeof timeLimitUnits)[number];

/** One dated row: from a date on, this rule allows so much time, for the hub or for one authority. */
export interface TimeLimit {
  readonly id: string;
  readonly rule: TimeLimitRule;
  readonly amount: number;
  readonly unit: TimeLimitUnit;
  readonly holdsFrom: LocalDate;
  /** Null for the hub's own limit, which holds wherever an authority has none. */
  readonly authority: string | null;
}

/**
 * The limit that holds on a date: the authority's own latest row by then, else the hub's latest, else null.
 * A clock asks for the date on which it starts and keeps the answer; later rows do not move it.
 */
export function limitInForce(
  limits: readonly TimeLimit[],
  rule: TimeLimitRule,
  on: LocalDate,
  authority: string | null,
): TimeLimit | null {
  let best: TimeLimit | null = null;
  for (const limit of limits) {
    if (limit.rule !== rule || limit.holdsFrom > on) continue;
    if (limit.authority !== null && limit.authority !== authority) continue;
    if (best === null || beats(limit, best)) best = limit;
  }
  return best;
}

function beats(limit: TimeLimit, other: TimeLimit): boolean {
  if ((limit.authority === null) !== (other.authority === null)) return limit.authority !== null;
  return limit.holdsFrom > other.holdsFrom;
}

/**
 * The last date that is in time for a clock that started on a date: the n-th working day after it, or so many days or months later
 * (31 August and six months: 28 or 29 February). Throws BeyondCalendarError when the working days are not known that far,
 * and a RangeError for an amount that is no whole number of at least 1.
 */
export function dueOn(limit: Pick<TimeLimit, 'amount' | 'unit'>, startOn: LocalDate, calendar: WorkingCalendar): LocalDate {
  if (!Number.isInteger(limit.amount) || limit.amount < 1) throw new RangeError(`Not a time limit: ${String(limit.amount)} ${limit.unit}`);
  switch (limit.unit) {
    case 'working_days':
      return addWorkingDays(calendar, startOn, limit.amount);
    case 'calendar_days':
      return addDays(startOn, limit.amount);
    case 'months':
      return addMonthsClamped(startOn, limit.amount);
  }
}

/** Whether the due minute itself is still in time: so it is where a clock is due at an hour, not where it is due with its day. */
const dueMinuteIsInTime = (rule: TimeLimitRule): boolean => rule === 'first_response';

/**
 * A clock that runs by dates is due when its due day ends in London: the start of the next day, the first moment that is late.
 * An event dated on the due day is in time. Show the due date, not the local date of this moment, which is a day later.
 */
export function dueMoment(due: LocalDate): Date {
  return endOfLocalDay(due);
}

/**
 * Whether something happened in time. For a first response seconds are cut and the due minute is in time;
 * for a rule in days the due moment is the first that is late.
 */
export function isInTime(rule: TimeLimitRule, dueAt: Date, happenedAt: Date): boolean {
  const minute = toMinute(happenedAt);
  return dueMinuteIsInTime(rule) ? minute <= toMinute(dueAt) : minute < dueAt;
}

/** The same for an event that is known by its date only, against the due date. */
export function isDatedInTime(due: LocalDate, happenedOn: LocalDate): boolean {
  return happenedOn <= due;
}

/** Whether the due time has passed at a moment: nothing that happens from now on can be in time. */
export function isPastDue(rule: TimeLimitRule, dueAt: Date, now: Date): boolean {
  return !isInTime(rule, dueAt, now);
}
