import { dateOfDayNumber, dayNumberOf, millisecondsPerDay, parseLocalDate, type LocalDate } from './local-date';
import { momentOfLocal, offsetAt } from './london-offset';
import { ok, refused, type Result } from './result';

const millisecondsPerMinute = 60_000;
export const minutesPerDay = 1440;

/** The local date in Europe/London of a moment. Throws a RangeError for an invalid Date. */
export function localDateOf(moment: Date): LocalDate {
  return dateOfDayNumber(Math.floor(localTimeOf(moment) / millisecondsPerDay));
}

/** How many minutes of its local day the London clock shows at a moment: 0 to 1439, seconds cut. On a day of clock change this is what the clock shows, not what has passed. */
export function minutesOfLocalDay(moment: Date): number {
  const local = localTimeOf(moment);
  return Math.floor((local - Math.floor(local / millisecondsPerDay) * millisecondsPerDay) / millisecondsPerMinute);
}

/**
 * The moment at which the London clock shows so many minutes of a date (whole, 0 to 1440, the last being the next midnight).
 * A time that the clocks skip in spring moves forward by an hour; one that comes twice in autumn is the first.
 */
export function momentAt(date: LocalDate, minutesOfDay: number): Date {
  if (!Number.isInteger(minutesOfDay) || minutesOfDay < 0 || minutesOfDay > minutesPerDay) {
    throw new RangeError(`Not a minute of the day: ${String(minutesOfDay)}`);
  }
  return new Date(momentOfLocal(dayNumberOf(date) * millisecondsPerDay + minutesOfDay * millisecondsPerMinute).time);
}

/** The first moment of a local day. */
export function startOfLocalDay(date: LocalDate): Date {
  return momentAt(date, 0);
}

/** The end of a local day, exclusive: the first moment of the next one. */
export function endOfLocalDay(date: LocalDate): Date {
  return momentAt(date, minutesPerDay);
}

/** The moment with its seconds cut off. Moments are cut so before they are compared with a due time. */
export function toMinute(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / millisecondsPerMinute) * millisecondsPerMinute);
}

export type MomentRefusal = 'not_a_moment' | 'date_only' | 'skipped_by_clock_change';

const writtenMoment =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:(Z)|([+-])(\d{2})(?::?([0-5]\d))?)?$/;
const furthestOffsetMinutes = 14 * 60;

/**
 * Reads '2024-05-02T10:15' as local time in Europe/London, or with an offset ('Z', '+01:00') as what it says; seconds and fractions
 * are optional, fractions below a millisecond are cut. A local time that comes twice in autumn means the first.
 * Refuses a date without a time (`date_only`), a local time that the clocks skip in spring, and anything else that is no moment.
 */
export function parseLocalMoment(text: string): Result<Date, MomentRefusal> {
  const parts = writtenMoment.exec(text);
  if (!parts) return refused(parseLocalDate(text) ? 'date_only' : 'not_a_moment');
  const [, day = '', hours = '', minutes = '', seconds = '0', fraction = '', zulu, sign, offsetHours = '0', offsetMinutes = '0'] = parts;
  const date = parseLocalDate(day);
  if (!date) return refused('not_a_moment');
  const local =
    dayNumberOf(date) * millisecondsPerDay +
    (Number(hours) * 60 + Number(minutes)) * millisecondsPerMinute +
    Number(seconds) * 1000 +
    Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (zulu || sign) {
    const offset = Number(offsetHours) * 60 + Number(offsetMinutes);
    if (offset > furthestOffsetMinutes) return refused('not_a_moment');
    const time = local - (sign === '-' ? -offset : offset) * millisecondsPerMinute;
    return hasLocalDate(time) ? ok(new Date(time)) : refused('not_a_moment');
  }
  const { time, skipped } = momentOfLocal(local);
  return skipped ? refused('skipped_by_clock_change') : ok(new Date(time));
}

function hasLocalDate(time: number): boolean {
  const year = new Date(time + offsetAt(time)).getUTCFullYear();
  return year >= 1 && year <= 9999;
}

function localTimeOf(moment: Date): number {
  const time = moment.getTime();
  return time + offsetAt(time);
}
