import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { england, holidays } from './england.fixture';
import { addDays, daysBetween, isoWeekday, localDate, type LocalDate } from './local-date';
import { addWorkingDays, BeyondCalendarError, isBankHoliday, isWorkingDay, workingDaysBetween } from './working-days';

const vectors = readFileSync(join(__dirname, 'vectors/working-days.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));

const anyDate = fc.integer({ min: 0, max: daysBetween(localDate('2016-06-01'), localDate('2028-06-01')) }).map((n) => addDays(localDate('2016-06-01'), n));

describe('working days in England', () => {
  it.each(vectors)('%s and %s working days is %s', (start, days, due) => {
    expect(addWorkingDays(england, localDate(start), Number(days))).toBe(due);
  });

  it('skips the Easter weekend that a count of holidays as calendar days gets wrong', () => {
    // Thursday 2 April 2026 + 1 is Tuesday 7, not Saturday 4.
    expect(addWorkingDays(england, localDate('2026-04-02'), 1)).toBe('2026-04-07');
    expect(workingDaysBetween(england, localDate('2026-04-02'), localDate('2026-04-07'))).toBe(1);
  });

  it('knows one-off and moved bank holidays', () => {
    for (const date of ['2020-05-08', '2022-06-02', '2022-06-03', '2022-09-19', '2023-05-08', '2026-12-28', '2028-01-03']) {
      expect(isBankHoliday(england, localDate(date))).toBe(true);
      expect(isWorkingDay(england, localDate(date))).toBe(false);
    }
    expect(isWorkingDay(england, localDate('2020-05-04'))).toBe(true);
  });

  it('starts to count on the day after, whatever day the start is', () => {
    const monday = localDate('2026-06-15');
    for (const start of ['2026-06-12', '2026-06-13', '2026-06-14']) expect(addWorkingDays(england, localDate(start), 1)).toBe(monday);
  });

  it('leaves a date as it is when nothing is added, even a Sunday', () => {
    expect(addWorkingDays(england, localDate('2026-06-14'), 0)).toBe('2026-06-14');
  });

  it('agrees with a day by day count for any start and any number', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 60 }), (start, n) => {
        const due = addWorkingDays(england, start, n);
        const after: LocalDate[] = [];
        for (let date = addDays(start, 1); date <= due; date = addDays(date, 1)) after.push(date);
        const working = after.filter((date) => isoWeekday(date) < 6 && !holidays.some((holiday) => holiday.date === date));
        expect(working).toHaveLength(n);
        expect(working[n - 1]).toBe(due);
        expect(workingDaysBetween(england, start, due)).toBe(n);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts backwards to where it came from', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 60 }), (start, n) => {
        const before = addWorkingDays(england, start, -n);
        expect(isWorkingDay(england, before)).toBe(true);
        expect(workingDaysBetween(england, start, before)).toBe(-n);
        if (isWorkingDay(england, start)) expect(addWorkingDays(england, before, n)).toBe(start);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses to compute beyond the loaded calendar, in both directions', () => {
    expect(() => addWorkingDays(england, localDate('2028-12-29'), 1)).toThrow(BeyondCalendarError);
    expect(() => addWorkingDays(england, localDate('2016-01-04'), -1)).toThrow(BeyondCalendarError);
    expect(() => isWorkingDay(england, localDate('2029-01-01'))).toThrow('2029-01-01');
    expect(() => isWorkingDay(england, localDate('2029-01-06'))).toThrow(BeyondCalendarError);
    expect(() => workingDaysBetween(england, localDate('2028-12-01'), localDate('2029-02-01'))).toThrow(BeyondCalendarError);
    expect(isWorkingDay(england, localDate('2028-12-31'))).toBe(false);
    expect(isBankHoliday(england, localDate('2016-01-01'))).toBe(true);
  });

  it('refuses half a day', () => {
    expect(() => addWorkingDays(england, localDate('2026-06-14'), 1.5)).toThrow(RangeError);
  });
});
