import { addDays, isoWeekday, type IsoWeekday, type LocalDate } from './local-date';
import { localDateOf, momentAt, toMinute } from './local-moment';
import { BeyondCalendarError, isBankHoliday, type WorkingCalendar } from './working-days';

const millisecondsPerMinute = 60_000;

/** Minutes of the local day, 0 to 1440; the hub is open from the first and closed from the second. */
export interface HoursOfDay {
  readonly opensAtMinute: number;
  readonly closesAtMinute: number;
}

/** The week's opening hours from a date on, until a later row takes over. */
export interface OpeningHours {
  readonly holdsFrom: LocalDate;
  readonly week: Readonly<Record<IsoWeekday, HoursOfDay | null>>;
}

/** When the hub is open: its hours of the week, not on bank holidays, nor on the days that it closes besides. */
export interface OpeningCalendar {
  readonly calendar: WorkingCalendar;
  readonly closureDays: ReadonlySet<LocalDate>;
  readonly hours: readonly OpeningHours[];
}

/** One day's opening, as moments. */
export interface Opening {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/** When the hub opens and closes on a date, or null when it stays closed. Throws BeyondCalendarError outside the loaded calendar and before the first opening hours. */
export function openingOn(calendar: OpeningCalendar, date: LocalDate): Opening | null {
  const hours = hoursOn(calendar, date);
  return hours && { opensAt: momentAt(date, hours.opensAtMinute), closesAt: momentAt(date, hours.closesAtMinute) };
}

/** Whether the hub is open at a moment, seconds cut; at closing time to the minute it is closed. */
export function isOpen(calendar: OpeningCalendar, moment: Date): boolean {
  const opening = openingOn(calendar, localDateOf(moment));
  if (!opening) return false;
  const minute = toMinute(moment);
  return minute >= opening.opensAt && minute < opening.closesAt;
}

/** The moment itself when the hub is open then, else its next opening. Throws BeyondCalendarError. */
export function nextOpening(calendar: OpeningCalendar, moment: Date): Date {
  const date = localDateOf(moment);
  const today = openingOn(calendar, date);
  const minute = toMinute(moment);
  if (today && minute < today.closesAt) return minute < today.opensAt ? today.opensAt : moment;
  return firstOpeningAfter(calendar, date, 1).opening.opensAt;
}

/** The first date strictly after this one on which the hub opens. Throws BeyondCalendarError. */
export function nextOpenDay(calendar: OpeningCalendar, date: LocalDate): LocalDate {
  let at = addDays(date, 1);
  while (!hoursOn(calendar, at)) at = addDays(at, 1);
  return at;
}

/** Minutes of opening from one moment to another, both cut to the minute; 0 when `to` is not after `from`. Throws BeyondCalendarError. */
export function workingMinutesBetween(calendar: OpeningCalendar, from: Date, to: Date): number {
  const start = toMinute(from).getTime();
  const end = toMinute(to).getTime();
  if (end <= start) return 0;
  const last = localDateOf(to);
  let total = 0;
  for (let date = localDateOf(from); date <= last; date = addDays(date, 1)) {
    const opening = openingOn(calendar, date);
    if (!opening) continue;
    const openFrom = Math.max(start, opening.opensAt.getTime());
    const openUntil = Math.min(end, opening.closesAt.getTime());
    if (openUntil > openFrom) total += openUntil - openFrom;
  }
  return total / millisecondsPerMinute;
}

/** The first moment by which so many minutes of opening have passed since a moment (cut to the minute): a whole day from opening ends at closing time. */
export function addWorkingMinutes(calendar: OpeningCalendar, moment: Date, minutes: number): Date {
  requireMinutes(minutes);
  let at = toMinute(moment).getTime();
  let left = minutes * millisecondsPerMinute;
  let date = localDateOf(moment);
  let opening = openingOn(calendar, date);
  while (left > 0) {
    if (opening) {
      const openFrom = Math.max(at, opening.opensAt.getTime());
      const room = opening.closesAt.getTime() - openFrom;
      if (room >= left) return new Date(openFrom + left);
      if (room > 0) left -= room;
    }
    ({ date, opening } = firstOpeningAfter(calendar, date, 1));
    at = opening.opensAt.getTime();
  }
  return new Date(at);
}

/** The last moment from which so many minutes of opening lead up to a moment (cut to the minute): a whole day before closing time is opening time. */
export function subtractWorkingMinutes(calendar: OpeningCalendar, moment: Date, minutes: number): Date {
  requireMinutes(minutes);
  let at = toMinute(moment).getTime();
  let left = minutes * millisecondsPerMinute;
  let date = localDateOf(moment);
  let opening = openingOn(calendar, date);
  while (left > 0) {
    if (opening) {
      const openUntil = Math.min(at, opening.closesAt.getTime());
      const room = openUntil - opening.opensAt.getTime();
      if (room >= left) return new Date(openUntil - left);
      if (room > 0) left -= room;
    }
    ({ date, opening } = firstOpeningAfter(calendar, date, -1));
    at = opening.closesAt.getTime();
  }
  return new Date(at);
}

function firstOpeningAfter(calendar: OpeningCalendar, date: LocalDate, step: 1 | -1): { date: LocalDate; opening: Opening } {
  for (let at = addDays(date, step); ; at = addDays(at, step)) {
    const opening = openingOn(calendar, at);
    if (opening) return { date: at, opening };
  }
}

function hoursOn(calendar: OpeningCalendar, date: LocalDate): HoursOfDay | null {
  if (isBankHoliday(calendar.calendar, date) || calendar.closureDays.has(date)) return null;
  let inForce: OpeningHours | undefined;
  for (const row of calendar.hours) {
    if (row.holdsFrom <= date && (!inForce || row.holdsFrom > inForce.holdsFrom)) inForce = row;
  }
  if (!inForce) throw new BeyondCalendarError(date, 'no opening hours hold on that day');
  const hours = inForce.week[isoWeekday(date)];
  return hours && hours.closesAtMinute > hours.opensAtMinute ? hours : null;
}

function requireMinutes(minutes: number): void {
  if (!Number.isInteger(minutes) || minutes < 0) throw new RangeError(`Not a number of minutes: ${String(minutes)}`);
}
