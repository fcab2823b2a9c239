import { addDays, isoWeekday, type LocalDate } from './local-date';

/** The bank holidays of England, by date. */
export type BankHolidays = ReadonlySet<LocalDate>;

/** The days on which England works: Monday to Friday less its bank holidays, as far as those are known. */
export interface WorkingCalendar {
  readonly bankHolidays: BankHolidays;
  /** First and last date for which the bank holidays are known, both included. */
  readonly loadedFrom: LocalDate;
  readonly loadedUntil: LocalDate;
}

/** Thrown where a computation needs a day that the calendar does not know: a due date is refused rather than guessed. */
export class BeyondCalendarError extends Error {
  constructor(
    readonly date: LocalDate,
    readonly because = 'the bank holidays are not loaded that far',
  ) {
    super(`${date} cannot be computed with: ${because}`);
    this.name = 'BeyondCalendarError';
  }
}

/** Whether a date is a working day in England. Throws BeyondCalendarError for a date outside the calendar. */
export function isWorkingDay(calendar: WorkingCalendar, date: LocalDate): boolean {
  return !isBankHoliday(calendar, date) && isoWeekday(date) <= 5;
}

/** Whether a date is a bank holiday. Throws BeyondCalendarError for a date outside the calendar. */
export function isBankHoliday(calendar: WorkingCalendar, date: LocalDate): boolean {
  if (date < calendar.loadedFrom || date > calendar.loadedUntil) throw new BeyondCalendarError(date);
  return calendar.bankHolidays.has(date);
}

/**
 * The n-th working day after a date; the day after the start is day 1 at the earliest, whatever day the start is.
 * Negative n counts back from the day before. n = 0 is the date itself. Throws BeyondCalendarError.
 */
export function addWorkingDays(calendar: WorkingCalendar, date: LocalDate, n: number): LocalDate {
  if (!Number.isInteger(n)) throw new RangeError(`Not a number of working days: ${String(n)}`);
  const step = n < 0 ? -1 : 1;
  let at = date;
  for (let left = Math.abs(n); left > 0; ) {
    at = addDays(at, step);
    if (isWorkingDay(calendar, at)) left -= 1;
  }
  return at;
}

/**
 * Working days after `from`, up to and including `to`: what `addWorkingDays` has to add to come from one working day to the other.
 * Negative when `to` is the earlier one. Throws BeyondCalendarError.
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: LocalDate, to: LocalDate): number {
  const step = to < from ? -1 : 1;
  let count = 0;
  for (let at = from; at !== to; ) {
    at = addDays(at, step);
    if (isWorkingDay(calendar, at)) count += step;
  }
  return count;
}
