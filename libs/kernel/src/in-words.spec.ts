import { dateInWords, momentInWords, shortDateInWords, timeInWords } from './in-words';
import { localDate } from './local-date';
import { momentAt } from './local-moment';

const day = localDate('2026-04-07');
const clock = (hours: number, minutes = 0): string => timeInWords(momentAt(day, hours * 60 + minutes));

describe('dates and times in words', () => {
  it('writes a date in full and in short', () => {
    expect(dateInWords(day)).toBe('Tuesday 7 April 2026');
    expect(shortDateInWords(day)).toBe('7 Apr 2026');
    expect(dateInWords(localDate('2028-02-29'))).toBe('Tuesday 29 February 2028');
    expect(shortDateInWords(localDate('2026-09-30'))).toBe('30 Sep 2026');
  });

  it('writes times as the style guide of GOV.UK does', () => {
    expect(clock(16, 5)).toBe('4:05pm');
    expect(clock(9)).toBe('9am');
    expect(clock(12)).toBe('midday');
    expect(clock(12, 30)).toBe('12:30pm');
    expect(clock(0)).toBe('midnight');
    expect(clock(0, 1)).toBe('12:01am');
    expect(clock(11, 59)).toBe('11:59am');
    expect(clock(23, 59)).toBe('11:59pm');
  });

  it('shows London time, in summer as in winter', () => {
    expect(momentInWords(new Date('2026-04-07T15:05:59Z'))).toBe('Tuesday 7 April 2026 at 4:05pm');
    expect(momentInWords(new Date('2026-12-31T17:00:00Z'))).toBe('Thursday 31 December 2026 at 5pm');
    expect(momentInWords(new Date('2026-06-30T23:00:00Z'))).toBe('Wednesday 1 July 2026 at midnight');
  });
});
