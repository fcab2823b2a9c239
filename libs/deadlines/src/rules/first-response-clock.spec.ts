import { addDays, BeyondCalendarError, isOpen, localDate, localDateOf, momentAt, nextOpenDay, openingOn, toMinute, type OpeningCalendar } from '@app/kernel';
import fc from 'fast-check';
import { london, nineToFive, weekdays } from './england.fixture';
import { firstResponseClock, isWithinStandard, workingMinutesToFirstResponse } from './first-response-clock';

const hub = nineToFive();
const clock = (receivedAt: string, calendar: OpeningCalendar = hub, limitWorkingDays = 1): { startsAt: Date; dueAt: Date } =>
  firstResponseClock({ receivedAt: london(receivedAt), calendar, limitWorkingDays });

describe('the clock of a first response', () => {
  it.each([
    ['on a Monday morning', '2026-11-23 10:00', '2026-11-23 10:00', '2026-11-24 17:00'],
    ['on a Friday evening', '2026-11-20 18:00', '2026-11-23 09:00', '2026-11-24 17:00'],
    ['on a Sunday', '2026-11-22 12:00', '2026-11-23 09:00', '2026-11-24 17:00'],
    ['on a Friday in opening hours', '2026-11-20 16:59', '2026-11-20 16:59', '2026-11-23 17:00'],
    ['at closing time to the minute', '2026-11-20 17:00', '2026-11-23 09:00', '2026-11-24 17:00'],
    ['at opening time to the minute', '2026-11-23 09:00', '2026-11-23 09:00', '2026-11-24 17:00'],
    ['a minute before opening', '2026-11-23 08:59', '2026-11-23 09:00', '2026-11-24 17:00'],
    ['at midnight', '2026-11-24 00:00', '2026-11-24 09:00', '2026-11-25 17:00'],
    ['on the Thursday before Easter', '2026-04-02 10:00', '2026-04-02 10:00', '2026-04-07 17:00'],
    ['on Good Friday', '2026-04-03 10:00', '2026-04-07 09:00', '2026-04-08 17:00'],
    ['on Christmas Eve', '2026-12-24 10:00', '2026-12-24 10:00', '2026-12-29 17:00'],
    ['on Christmas Eve after closing', '2026-12-24 17:01', '2026-12-29 09:00', '2026-12-30 17:00'],
    ['on the substitute day of Boxing Day', '2026-12-28 11:00', '2026-12-29 09:00', '2026-12-30 17:00'],
    ['on New Year’s Eve', '2026-12-31 16:00', '2026-12-31 16:00', '2027-01-04 17:00'],
    ['on New Year’s Day', '2027-01-01 09:30', '2027-01-04 09:00', '2027-01-05 17:00'],
    ['when New Year’s Day has a substitute', '2027-12-31 16:00', '2027-12-31 16:00', '2028-01-04 17:00'],
    ['before the clocks go forward', '2026-03-27 16:00', '2026-03-27 16:00', '2026-03-30 17:00'],
    ['in the night in which the clocks go forward', '2026-03-29 02:30', '2026-03-30 09:00', '2026-03-31 17:00'],
    ['before the clocks go back', '2026-10-23 16:00', '2026-10-23 16:00', '2026-10-26 17:00'],
    ['in the hour that comes twice', '2026-10-25 01:30', '2026-10-26 09:00', '2026-10-27 17:00'],
  ])('of an enquiry received %s starts and is due right', (_, receivedAt, startsAt, dueAt) => {
    expect(clock(receivedAt)).toEqual({ startsAt: london(startsAt), dueAt: london(dueAt) });
  });

  it('is due at 17:00 London time on both sides of a clock change', () => {
    expect(clock('2026-03-27 16:00').dueAt).toEqual(new Date('2026-03-30T16:00:00Z'));
    expect(clock('2026-10-23 16:00').dueAt).toEqual(new Date('2026-10-26T17:00:00Z'));
  });

  it('cuts the seconds of the moment of receipt', () => {
    const receivedAt = new Date(london('2026-11-20 16:59').getTime() + 59_999);
    expect(firstResponseClock({ receivedAt, calendar: hub, limitWorkingDays: 1 }).startsAt).toEqual(london('2026-11-20 16:59'));
  });

  it('leaves out closure days, before the start as well as before the due day', () => {
    const shutdown = nineToFive(['2026-12-29', '2026-12-30', '2026-12-31']);
    expect(clock('2026-12-24 10:00', shutdown)).toEqual({ startsAt: london('2026-12-24 10:00'), dueAt: london('2027-01-04 17:00') });
    expect(clock('2026-12-29 10:00', shutdown)).toEqual({ startsAt: london('2027-01-04 09:00'), dueAt: london('2027-01-05 17:00') });
  });

  it('is due at the closing time of its due day when the hours change in between', () => {
    const longer = nineToFive([], weekdays(8, 20, '2026-12-01'));
    expect(clock('2026-11-30 17:30', longer)).toEqual({ startsAt: london('2026-12-01 08:00'), dueAt: london('2026-12-02 20:00') });
    expect(clock('2026-11-30 16:00', longer)).toEqual({ startsAt: london('2026-11-30 16:00'), dueAt: london('2026-12-01 20:00') });
  });

  it('counts every day on which the hub opens, a Saturday too', () => {
    const saturdays = { ...weekdays(9, 17, '2026-11-01'), week: { ...weekdays(9, 17).week, 6: { opensAtMinute: 600, closesAtMinute: 780 } } };
    expect(clock('2026-11-20 12:00', nineToFive([], saturdays)).dueAt).toEqual(london('2026-11-21 13:00'));
  });

  it('follows a limit of more working days', () => {
    expect(clock('2026-04-02 10:00', hub, 2).dueAt).toEqual(london('2026-04-08 17:00'));
    expect(clock('2026-12-21 10:00', hub, 10).dueAt).toEqual(london('2027-01-07 17:00'));
  });

  it('refuses a limit that is none, and to guess beyond the calendar', () => {
    for (const limit of [0, -1, 1.5, Number.NaN]) expect(() => clock('2026-11-23 10:00', hub, limit)).toThrow(RangeError);
    expect(() => clock('2028-12-29 10:00')).toThrow(BeyondCalendarError);
  });

  it('always starts open, never before receipt, and is due at closing on the next open day', () => {
    const uneven = nineToFive(['2024-06-07', '2025-12-24'], weekdays(8, 18, '2025-01-01'), weekdays(10, 15, '2025-06-11'));
    const minutes = fc.integer({ min: 0, max: 3 * 365 * 1440 });
    fc.assert(
      fc.property(fc.constantFrom(hub, uneven), minutes, fc.integer({ min: 1, max: 12 }), (calendar, minute, limitWorkingDays) => {
        const receivedAt = momentAt(addDays(localDate('2024-01-01'), Math.floor(minute / 1440)), minute % 1440);
        const { startsAt, dueAt } = firstResponseClock({ receivedAt, calendar, limitWorkingDays });
        expect(isOpen(calendar, startsAt)).toBe(true);
        expect(startsAt >= toMinute(receivedAt)).toBe(true);
        if (isOpen(calendar, receivedAt)) expect(startsAt).toEqual(receivedAt);
        let due = localDateOf(startsAt);
        for (let day = 0; day < limitWorkingDays; day += 1) due = nextOpenDay(calendar, due);
        expect(dueAt).toEqual(openingOn(calendar, due)?.closesAt);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the measure of a first response', () => {
  const took = (receivedAt: string, answeredAt: string): number =>
    workingMinutesToFirstResponse({ startsAt: clock(receivedAt).startsAt, firstResponseAt: london(answeredAt), calendar: hub });

  it('is the opening time since the clock started', () => {
    expect(took('2026-11-23 10:00', '2026-11-23 12:30')).toBe(150);
    expect(took('2026-11-20 16:00', '2026-11-23 09:30')).toBe(90);
    expect(took('2026-04-02 16:00', '2026-04-07 10:00')).toBe(120);
    expect(took('2026-11-23 10:00', '2026-11-30 10:00')).toBe(5 * 480);
  });

  it('is nothing for an answer before the clock starts, or out of hours before it ticks', () => {
    expect(took('2026-11-20 18:00', '2026-11-20 19:00')).toBe(0);
    expect(took('2026-11-21 12:00', '2026-11-23 09:00')).toBe(0);
    expect(took('2026-11-20 16:00', '2026-11-20 16:00')).toBe(0);
  });

  it('does not grow while the hub is closed', () => {
    expect(took('2026-11-20 16:00', '2026-11-20 20:00')).toBe(60);
    expect(took('2026-11-20 16:00', '2026-11-22 20:00')).toBe(60);
  });

  it('is within the standard up to the last second of the due minute', () => {
    const dueAt = london('2026-11-24 17:00');
    expect(isWithinStandard(dueAt, london('2026-11-24 16:59'))).toBe(true);
    expect(isWithinStandard(dueAt, new Date(dueAt.getTime() + 59_999))).toBe(true);
    expect(isWithinStandard(dueAt, new Date(dueAt.getTime() + 60_000))).toBe(false);
  });
});
