import { addDays, localDate, localDateOf, momentAt, nextOpenDay, openingOn, workingMinutesBetween, type OpeningCalendar } from '@app/kernel';
import fc from 'fast-check';
import { alertLadder, ladders, rungs } from './alert-ladder';
import { london, nineToFive, weekdays } from './england.fixture';
import { firstResponseClock } from './first-response-clock';
import { timeLimitRules } from './time-limit';

const hub = nineToFive();
const ladder = (startsAt: string, dueAt: string, calendar: OpeningCalendar = hub): Record<string, Date> =>
  Object.fromEntries(
    alertLadder({ rule: 'first_response', startsAt: london(startsAt), dueAt: london(dueAt), calendar }).map((rung) => [rung.rung, rung.dueAt]),
  );

describe('the ladder of alerts of a first response', () => {
  it('warns four working hours before, tells the breach at the due time and escalates a working day later', () => {
    expect(ladder('2026-11-23 10:00', '2026-11-24 17:00')).toEqual({
      warning: london('2026-11-24 13:00'),
      breach: london('2026-11-24 17:00'),
      escalation: london('2026-11-25 17:00'),
    });
  });

  it.each([
    ['Easter', '2026-04-01 10:00', '2026-04-02 17:00', '2026-04-07 17:00'],
    ['Christmas', '2026-12-23 10:00', '2026-12-24 17:00', '2026-12-29 17:00'],
    ['New Year', '2026-12-30 10:00', '2026-12-31 17:00', '2027-01-04 17:00'],
    ['the clocks going forward', '2026-03-26 10:00', '2026-03-27 17:00', '2026-03-30 17:00'],
    ['the clocks going back', '2026-10-22 10:00', '2026-10-23 17:00', '2026-10-26 17:00'],
  ])('escalates on the next open day over %s', (_, startsAt, dueAt, escalation) => {
    expect(ladder(startsAt, dueAt)['escalation']).toEqual(london(escalation));
    expect(ladder(startsAt, dueAt)['warning']).toEqual(london(`${dueAt.slice(0, 10)} 13:00`));
  });

  it('leaves out closure days and takes the closing time of the day it lands on', () => {
    expect(ladder('2026-12-23 10:00', '2026-12-24 17:00', nineToFive(['2026-12-29']))['escalation']).toEqual(london('2026-12-30 17:00'));
    expect(ladder('2026-11-27 10:00', '2026-11-30 17:00', nineToFive([], weekdays(8, 20, '2026-12-01')))['escalation']).toEqual(london('2026-12-01 20:00'));
  });

  it('warns on the day before when the hub has short days', () => {
    const short = nineToFive([], weekdays(10, 13, '2026-11-01'));
    expect(ladder('2026-11-23 10:00', '2026-11-24 13:00', short)['warning']).toEqual(london('2026-11-23 12:00'));
  });

  it('never warns before the clock starts', () => {
    const shortest = nineToFive([], weekdays(10, 11, '2026-11-01'));
    expect(ladder('2026-11-23 10:30', '2026-11-24 11:00', shortest)['warning']).toEqual(london('2026-11-23 10:30'));
  });

  it('rises: every rung at or after the one before it, whatever the calendar', () => {
    const uneven = nineToFive(['2024-06-07', '2025-12-24'], weekdays(8, 18, '2025-01-01'), weekdays(10, 12, '2025-06-11'));
    fc.assert(
      fc.property(fc.constantFrom(hub, uneven), fc.integer({ min: 0, max: 3 * 365 * 1440 }), (calendar, minute) => {
        const receivedAt = momentAt(addDays(localDate('2024-01-01'), Math.floor(minute / 1440)), minute % 1440);
        const clock = firstResponseClock({ receivedAt, calendar, limitWorkingDays: 1 });
        const [warning, breach, escalation] = alertLadder({ rule: 'first_response', ...clock, calendar });
        expect(warning!.dueAt >= clock.startsAt && warning!.dueAt < clock.dueAt).toBe(true);
        if (warning!.dueAt > clock.startsAt) expect(workingMinutesBetween(calendar, warning!.dueAt, clock.dueAt)).toBe(240);
        expect(breach!.dueAt).toEqual(clock.dueAt);
        expect(escalation!.dueAt).toEqual(openingOn(calendar, nextOpenDay(calendar, localDateOf(clock.dueAt)))?.closesAt);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the table of ladders', () => {
  it('has one for every rule, each rung at most once and in order', () => {
    for (const rule of timeLimitRules) {
      const order = ladders[rule].map(({ rung }) => rungs.indexOf(rung));
      expect(order).toEqual([...new Set(order)].sort());
    }
  });

  it('alerts nobody for a rule without steps', () => {
    expect(alertLadder({ rule: 'turnaround', startsAt: london('2026-01-05 10:00'), dueAt: london('2026-07-05 23:59'), calendar: hub })).toEqual([]);
  });
});
