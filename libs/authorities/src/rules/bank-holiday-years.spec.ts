import { addWorkingDays, BeyondCalendarError, expectedBankHolidays, localDate, type LocalDate } from '@app/kernel';
import { publishedUntil, workingCalendarOf } from './bank-holiday-years';

const yearsOf = (...years: readonly number[]): LocalDate[] => years.flatMap((year) => [...expectedBankHolidays(year)]);

describe('the years whose bank holidays are published', () => {
  it('count as they were published, also where a usual day was moved', () => {
    const moved = workingCalendarOf([...yearsOf(2026).filter((date) => date !== '2026-05-04'), localDate('2026-05-08')]);
    expect(addWorkingDays(moved, localDate('2026-05-01'), 1)).toBe('2026-05-04');
    expect(addWorkingDays(moved, localDate('2026-05-07'), 1)).toBe('2026-05-11');
  });

  it('are followed by years that have the usual bank holidays', () => {
    expect(addWorkingDays(workingCalendarOf(yearsOf(2027, 2028)), localDate('2028-12-29'), 1)).toBe('2029-01-02');
    expect(addWorkingDays(workingCalendarOf(yearsOf(2027, 2028)), localDate('2029-12-24'), 1)).toBe('2029-12-27');
  });

  it('leave no gap without bank holidays', () => {
    expect(addWorkingDays(workingCalendarOf(yearsOf(2028, 2030)), localDate('2029-12-24'), 1)).toBe('2029-12-27');
  });

  it('are not guessed before the first', () => {
    expect(() => addWorkingDays(workingCalendarOf(yearsOf(2028)), localDate('2027-12-01'), 1)).toThrow(BeyondCalendarError);
    expect(addWorkingDays(workingCalendarOf([]), localDate('2026-12-24'), 1)).toBe('2026-12-29');
  });

  it('reach as far as they go without a gap, and are ending a year before', () => {
    const published = yearsOf(2026, 2027, 2028, 2030);
    expect(publishedUntil(published, localDate('2026-11-21'))).toEqual({ until: '2028-12-31', isEnding: false });
    expect(publishedUntil(published, localDate('2027-12-30'))).toMatchObject({ isEnding: false });
    expect(publishedUntil(published, localDate('2027-12-31'))).toEqual({ until: '2028-12-31', isEnding: true });
    expect(publishedUntil(published, localDate('2029-01-01'))).toEqual({ until: null, isEnding: true });
    expect(publishedUntil(published, localDate('2030-01-01'))).toEqual({ until: '2030-12-31', isEnding: true });
  });
});
