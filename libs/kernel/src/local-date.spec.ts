import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  addMonthsClamped,
  dateOfDayNumber,
  dayNumberOf,
  daysBetween,
  financialYearOf,
  isoWeekday,
  localDate,
  maxDate,
  minDate,
  parseLocalDate,
} from './local-date';

const anyDate = fc.integer({ min: dayNumberOf(localDate('0002-01-01')), max: dayNumberOf(localDate('9990-12-31')) }).map(dateOfDayNumber);

describe('local dates', () => {
  it.each(['2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01', '9999-12-31'])('reads %s', (text) => {
    expect(parseLocalDate(text)).toBe(text);
  });

  it.each([
    '2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '0000-01-01', '2026-1-1', '26-01-01', '01/02/2026', '2026-01-01T00:00', ' 2026-01-01',
    '2026-01-01\n', '20260101', '+002026-01-01', '٢٠٢٦-٠١-٠١', '',
  ])('refuses %j', (text) => {
    expect(parseLocalDate(text)).toBeNull();
    expect(() => localDate(text)).toThrow(RangeError);
  });

  it('agrees with Temporal about days, months, weekdays and distances', () => {
    fc.assert(
      fc.property(anyDate, anyDate, fc.integer({ min: -3000, max: 3000 }), (date, other, n) => {
        const there = Temporal.PlainDate.from(date);
        expect(isoWeekday(date)).toBe(there.dayOfWeek);
        expect(daysBetween(date, other)).toBe(there.until(other, { largestUnit: 'day' }).days);
        if (date > '0020' && date < '9900') {
          expect(addDays(date, n)).toBe(there.add({ days: n }).toString());
        }
        if (date > '0300' && date < '9700') expect(addMonthsClamped(date, n)).toBe(there.add({ months: n }).toString());
      }),
      { numRuns: 3000 },
    );
  });

  it('reads back every date that it writes', () => {
    fc.assert(fc.property(anyDate, (date) => { expect(parseLocalDate(date)).toBe(date); }));
  });

  it('clamps a month later to the end of a shorter month', () => {
    expect(addMonthsClamped(localDate('2024-08-31'), 6)).toBe('2025-02-28');
    expect(addMonthsClamped(localDate('2023-08-31'), 6)).toBe('2024-02-29');
    expect(addMonthsClamped(localDate('2024-08-29'), 6)).toBe('2025-02-28');
    expect(addMonthsClamped(localDate('2026-03-31'), -1)).toBe('2026-02-28');
    expect(addMonthsClamped(localDate('2026-12-15'), 1)).toBe('2027-01-15');
    expect(addMonthsClamped(localDate('2026-01-15'), -1)).toBe('2025-12-15');
  });

  it('finds the least and the greatest date', () => {
    const [a, b, c] = [localDate('2026-03-01'), localDate('2025-12-31'), localDate('2026-11-02')];
    expect(minDate(a, b, c)).toBe(b);
    expect(maxDate(a, b, c)).toBe(c);
    expect(minDate(a)).toBe(a);
  });

  it('puts a date into its financial year, April to March', () => {
    expect(financialYearOf(localDate('2026-03-31'))).toEqual({ from: '2025-04-01', to: '2026-03-31', label: '2025–26' });
    expect(financialYearOf(localDate('2026-04-01'))).toEqual({ from: '2026-04-01', to: '2027-03-31', label: '2026–27' });
    expect(financialYearOf(localDate('1999-04-01')).label).toBe('1999–00');
  });

  it('refuses to leave the calendar, and parts of days', () => {
    expect(() => addDays(localDate('9999-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(localDate('0001-01-01'), -1)).toThrow(RangeError);
    expect(() => addMonthsClamped(localDate('9999-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(localDate('2026-01-01'), 0.5)).toThrow(RangeError);
  });
});
