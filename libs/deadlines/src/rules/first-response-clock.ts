import {
  localDateOf,
  nextOpenDay,
  nextOpening,
  openingOn,
  toMinute,
  workingMinutesBetween,
  type OpeningCalendar,
} from '@app/kernel';
import { isInTime } from './time-limit';

/**
 * When the clock of a first response starts and when it is due. It starts when the enquiry is received (seconds cut), or at the next
 * opening when the hub is closed then; it is due at closing time on the n-th open day after the day on which it started.
 * Received Monday 10:00 with one working day: due Tuesday 17:00. Received Friday 18:00 or Sunday: starts Monday 09:00, due Tuesday 17:00.
 * Throws BeyondCalendarError where the calendar ends, and a RangeError for a limit that is no whole number of at least 1.
 */
export function firstResponseClock(received: {
  readonly receivedAt: Date;
  readonly calendar: OpeningCalendar;
  readonly limitWorkingDays: number;
}): { readonly startsAt: Date; readonly dueAt: Date } {
  const { calendar, limitWorkingDays } = received;
  if (!Number.isInteger(limitWorkingDays) || limitWorkingDays < 1) {
    throw new RangeError(`Not a number of working days: ${String(limitWorkingDays)}`);
  }
  const startsAt = nextOpening(calendar, toMinute(received.receivedAt));
  return { startsAt, dueAt: closingTimeAfter(calendar, startsAt, limitWorkingDays) };
}

/** Closing time on the n-th open day after the local day of a moment. Throws BeyondCalendarError. */
export function closingTimeAfter(calendar: OpeningCalendar, moment: Date, openDays: number): Date {
  let date = localDateOf(moment);
  for (let left = openDays; left > 0; left -= 1) date = nextOpenDay(calendar, date);
  const opening = openingOn(calendar, date);
  if (!opening) throw new RangeError(`The hub does not open on ${date}`);
  return opening.closesAt;
}

/** Opening minutes between the start of the clock and the first response, both cut to the minute; a response before the start took 0. */
export function workingMinutesToFirstResponse(answered: {
  readonly startsAt: Date;
  readonly firstResponseAt: Date;
  readonly calendar: OpeningCalendar;
}): number {
  return workingMinutesBetween(answered.calendar, answered.startsAt, answered.firstResponseAt);
}

/** Whether an answer meets the standard: at or before the due time to the minute. */
export function isWithinStandard(dueAt: Date, answeredAt: Date): boolean {
  return isInTime('first_response', dueAt, answeredAt);
}
