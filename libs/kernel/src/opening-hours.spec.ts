import fc from 'fast-check';
import { nineToFive, weekdays } from './england.fixture';
import { addDays, localDate } from './local-date';
import { momentAt, toMinute } from './local-moment';
import {
  addWorkingMinutes,
  isOpen,
  nextOpenDay,
  nextOpening,
  openingOn,
  subtractWorkingMinutes,
  workingMinutesBetween,
  type OpeningCalendar,
} from './opening-hours';
import { BeyondCalendarError } from './working-days';

const hub = nineToFive();
const at = (date: string, time: string): Date => {
  const [hours, minutes] = time.split(':').map(Number);
  return momentAt(localDate(date), hours! * 60 + minutes!);
};
const minute = 60_000;

// A quarter with Easter, a clock change, a closure day, longer hours from May, and one Saturday opening a week from June.
const uneven: OpeningCalendar = nineToFive(['2026-04-08'], weekdays(8, 18, '2026-05-01'), {
  ...weekdays(10, 16, '2026-06-01'),
  week: { ...weekdays(10, 16).week, 3: null, 6: { opensAtMinute: 600, closesAtMinute: 725 } },
});
// Opens through the nights of both clock changes.
const roundTheClock: OpeningCalendar = {
  ...hub,
  hours: [{ ...weekdays(0, 24), week: { ...weekdays(0, 24).week, 6: { opensAtMinute: 0, closesAtMinute: 1440 }, 7: { opensAtMinute: 0, closesAtMinute: 1440 } } }],
};

describe('opening hours', () => {
  it('give a working day its opening and closing moments, in London time', () => {
    expect(openingOn(hub, localDate('2026-07-01'))).toEqual({ opensAt: new Date('2026-07-01T08:00:00Z'), closesAt: new Date('2026-07-01T16:00:00Z') });
    expect(openingOn(hub, localDate('2026-12-01'))).toEqual({ opensAt: new Date('2026-12-01T09:00:00Z'), closesAt: new Date('2026-12-01T17:00:00Z') });
  });

  it('stay closed at weekends, on bank holidays and on closure days', () => {
    const closing = nineToFive(['2026-12-29']);
    for (const date of ['2026-11-21', '2026-11-22', '2026-12-25', '2026-12-28', '2026-12-29']) expect(openingOn(closing, localDate(date))).toBeNull();
    expect(nextOpenDay(closing, localDate('2026-12-24'))).toBe('2026-12-30');
    expect(nextOpenDay(closing, localDate('2026-12-30'))).toBe('2026-12-31');
  });

  it('are closed at closing time to the minute, and open at opening time', () => {
    expect(isOpen(hub, at('2026-11-20', '08:59'))).toBe(false);
    expect(isOpen(hub, at('2026-11-20', '09:00'))).toBe(true);
    expect(isOpen(hub, new Date(at('2026-11-20', '17:00').getTime() - 1))).toBe(true);
    expect(isOpen(hub, at('2026-11-20', '17:00'))).toBe(false);
    expect(isOpen(hub, at('2026-11-21', '12:00'))).toBe(false);
  });

  it('give the moment itself when open, else the next opening', () => {
    const received = new Date(at('2026-11-20', '10:00').getTime() + 30_500);
    expect(nextOpening(hub, received)).toEqual(received);
    expect(nextOpening(hub, at('2026-11-20', '07:00'))).toEqual(at('2026-11-20', '09:00'));
    expect(nextOpening(hub, at('2026-11-20', '17:00'))).toEqual(at('2026-11-23', '09:00'));
    expect(nextOpening(hub, at('2026-04-02', '18:00'))).toEqual(at('2026-04-07', '09:00'));
    expect(nextOpening(hub, at('2026-12-24', '17:00'))).toEqual(at('2026-12-29', '09:00'));
  });

  it('hold from a date on, whatever the order of the rows', () => {
    const rows = [weekdays(8, 20, '2027-01-01'), weekdays(9, 17), weekdays(10, 16, '2026-06-01')];
    const changing: OpeningCalendar = { ...hub, hours: rows };
    expect(openingOn(changing, localDate('2026-05-29'))?.opensAt).toEqual(at('2026-05-29', '09:00'));
    expect(openingOn(changing, localDate('2026-06-01'))?.opensAt).toEqual(at('2026-06-01', '10:00'));
    expect(openingOn(changing, localDate('2027-01-04'))?.closesAt).toEqual(at('2027-01-04', '20:00'));
  });

  it('count the minutes of opening between two moments', () => {
    expect(workingMinutesBetween(hub, at('2026-11-20', '16:30'), at('2026-11-23', '09:45'))).toBe(75);
    expect(workingMinutesBetween(hub, at('2026-11-20', '17:00'), at('2026-11-23', '09:00'))).toBe(0);
    expect(workingMinutesBetween(hub, at('2026-04-02', '09:00'), at('2026-04-07', '17:00'))).toBe(960);
    expect(workingMinutesBetween(hub, at('2026-11-20', '12:00'), at('2026-11-20', '11:00'))).toBe(0);
    expect(workingMinutesBetween(hub, new Date(at('2026-11-20', '10:00').getTime() + 59_000), new Date(at('2026-11-20', '10:01').getTime() + 1_000))).toBe(1);
  });

  it('count what passes, not what the clock shows, through the nights of clock change', () => {
    expect(workingMinutesBetween(roundTheClock, at('2026-03-29', '00:00'), at('2026-03-30', '00:00'))).toBe(23 * 60);
    expect(workingMinutesBetween(roundTheClock, at('2026-10-25', '00:00'), at('2026-10-26', '00:00'))).toBe(25 * 60);
  });

  it('are not moved by a clock change at the weekend', () => {
    expect(workingMinutesBetween(hub, at('2026-03-27', '12:00'), at('2026-03-30', '12:00'))).toBe(480);
    expect(workingMinutesBetween(hub, at('2026-10-23', '12:00'), at('2026-10-26', '12:00'))).toBe(480);
  });

  it('subtract working minutes: four hours before a closing time, over a night and over Christmas', () => {
    expect(subtractWorkingMinutes(hub, at('2026-11-24', '17:00'), 240)).toEqual(at('2026-11-24', '13:00'));
    expect(subtractWorkingMinutes(hub, at('2026-11-24', '10:00'), 240)).toEqual(at('2026-11-23', '14:00'));
    expect(subtractWorkingMinutes(hub, at('2026-12-29', '10:00'), 240)).toEqual(at('2026-12-24', '14:00'));
    expect(subtractWorkingMinutes(hub, at('2026-11-24', '17:00'), 480)).toEqual(at('2026-11-24', '09:00'));
    expect(subtractWorkingMinutes(hub, at('2026-11-22', '12:00'), 1)).toEqual(at('2026-11-20', '16:59'));
    expect(subtractWorkingMinutes(hub, at('2026-11-22', '12:00'), 0)).toEqual(at('2026-11-22', '12:00'));
  });

  it('add working minutes: a whole day from opening ends at closing time', () => {
    expect(addWorkingMinutes(hub, at('2026-11-23', '09:00'), 480)).toEqual(at('2026-11-23', '17:00'));
    expect(addWorkingMinutes(hub, at('2026-11-20', '16:00'), 61)).toEqual(at('2026-11-23', '09:01'));
    expect(addWorkingMinutes(hub, at('2026-11-21', '16:00'), 1)).toEqual(at('2026-11-23', '09:01'));
  });

  const moments = fc
    .tuple(fc.integer({ min: 0, max: 110 }), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 59 }))
    .map(([day, minutes, seconds]) => new Date(momentAt(addDays(localDate('2026-03-20'), day), minutes).getTime() + seconds * 1000));

  it('agree with a count minute by minute, whatever the hours', () => {
    fc.assert(
      fc.property(fc.constantFrom(hub, uneven, roundTheClock), moments, fc.integer({ min: 0, max: 5000 }), (calendar, from, length) => {
        const to = new Date(from.getTime() + length * minute);
        let count = 0;
        for (let time = toMinute(from).getTime(); time < toMinute(to).getTime(); time += minute) if (isOpen(calendar, new Date(time))) count += 1;
        expect(workingMinutesBetween(calendar, from, to)).toBe(count);
      }),
      { numRuns: 100 },
    );
  });

  it('come back from adding and subtracting, and never land in a closed minute', () => {
    fc.assert(
      fc.property(fc.constantFrom(hub, uneven, roundTheClock), moments, fc.integer({ min: 1, max: 5000 }), (calendar, moment, minutes) => {
        const later = addWorkingMinutes(calendar, moment, minutes);
        expect(workingMinutesBetween(calendar, moment, later)).toBe(minutes);
        expect(isOpen(calendar, new Date(later.getTime() - minute))).toBe(true);
        const earlier = subtractWorkingMinutes(calendar, moment, minutes);
        expect(workingMinutesBetween(calendar, earlier, moment)).toBe(minutes);
        expect(isOpen(calendar, earlier)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('split at any moment: the parts add up', () => {
    fc.assert(
      fc.property(fc.constantFrom(hub, uneven, roundTheClock), moments, moments, moments, (calendar, ...three) => {
        const [a, b, c] = three.sort((x, y) => x.getTime() - y.getTime());
        expect(workingMinutesBetween(calendar, a, b) + workingMinutesBetween(calendar, b, c)).toBe(workingMinutesBetween(calendar, a, c));
      }),
      { numRuns: 1000 },
    );
  });

  it('open next at or after any moment, at the first open minute', () => {
    fc.assert(
      fc.property(fc.constantFrom(hub, uneven, roundTheClock), moments, (calendar, moment) => {
        const opening = nextOpening(calendar, moment);
        expect(opening.getTime()).toBeGreaterThanOrEqual(moment.getTime());
        expect(isOpen(calendar, opening)).toBe(true);
        expect(workingMinutesBetween(calendar, moment, opening)).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuse to guess beyond the calendar and before the first hours', () => {
    const late = { ...hub, hours: [weekdays(9, 17, '2024-01-01')] };
    expect(() => openingOn(late, localDate('2023-12-29'))).toThrow(BeyondCalendarError);
    expect(() => nextOpening(hub, at('2028-12-29', '17:00'))).toThrow(BeyondCalendarError);
    expect(() => addWorkingMinutes(hub, at('2028-12-29', '16:00'), 61)).toThrow(BeyondCalendarError);
    expect(() => subtractWorkingMinutes(late, at('2024-01-02', '09:30'), 31)).toThrow(BeyondCalendarError);
    expect(() => subtractWorkingMinutes(hub, at('2026-01-05', '12:00'), -1)).toThrow(RangeError);
    expect(() => addWorkingMinutes(hub, at('2026-01-05', '12:00'), 0.5)).toThrow(RangeError);
  });

  it('end in a refusal, not in an endless search, when the hub never opens', () => {
    const never = { ...hub, hours: [{ ...weekdays(9, 17), week: { 1: null, 2: null, 3: null, 4: null, 5: null, 6: null, 7: null } }] };
    expect(() => nextOpening(never, at('2026-01-05', '12:00'))).toThrow(BeyondCalendarError);
  });
});
