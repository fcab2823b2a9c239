import { momentAt, localDate } from '@app/kernel';
import { attemptsInWords, dueInWords, momentNearby, phoneInWords, spanInWords, workingTimeInWords } from './in-words';

const at = (date: string, minutes: number): Date => momentAt(localDate(date), minutes);
const now = at('2026-11-18', 10 * 60);

describe('due times in words', () => {
  it.each([
    [at('2026-11-18', 9 * 60 + 48), '12 minutes overdue', 'overdue'],
    [at('2026-11-18', 7 * 60), '3 hours overdue', 'overdue'],
    [at('2026-11-16', 9 * 60), '2 days overdue', 'overdue'],
    [at('2026-11-18', 16 * 60), 'due 4pm', 'soon'],
    [at('2026-11-19', 17 * 60), 'due tomorrow', 'later'],
    [at('2026-11-24', 17 * 60), 'due Tuesday', 'later'],
    [at('2026-11-25', 17 * 60), 'due 25 Nov 2026', 'later'],
  ])('say how near they are', (dueAt, text, state) => {
    expect(dueInWords(dueAt, now)).toMatchObject({ text, state });
  });

  it('are in time in the due minute itself, and late in the next', () => {
    const dueAt = at('2026-11-18', 17 * 60);
    expect(dueInWords(dueAt, new Date(dueAt.getTime() + 59_000)).state).toBe('soon');
    expect(dueInWords(dueAt, new Date(dueAt.getTime() + 60_000)).text).toBe('1 minute overdue');
  });

  it('carry the exact moment', () => {
    expect(dueInWords(at('2026-11-18', 16 * 60), now).moment).toBe('Wednesday 18 November 2026 at 4pm');
  });
});

test('past moments are as near as they are', () => {
  expect(momentNearby(at('2026-11-18', 9 * 60 + 5), now)).toBe('today 9:05am');
  expect(momentNearby(at('2026-11-17', 16 * 60), now)).toBe('yesterday 4pm');
  expect(momentNearby(at('2026-11-16', 10 * 60), now)).toBe('Monday 10am');
  expect(momentNearby(at('2026-11-11', 10 * 60), now)).toBe('11 Nov 2026');
});

test('spans are rounded down to a unit in which the number is small', () => {
  expect([1, 59, 60, 119, 1439, 1440, 100_000, 150 * 1440, 900 * 1440].map(spanInWords)).toEqual(['1 minute', '59 minutes', '1 hour', '1 hour', '23 hours', '1 day', '69 days', '4 months', '2 years']);
  expect([0, 45, 60, 195].map(workingTimeInWords)).toEqual(['0 minutes', '45 minutes', '1 hour', '3 hours 15 minutes']);
});

test('attempts are counted in words as long as there are few', () => {
  expect([0, 1, 2, 12].map(attemptsInWords)).toEqual(['no attempts', 'one attempt', 'two attempts', '12 attempts']);
});

test('telephone numbers are written as people write them', () => {
  expect(phoneInWords('+441154960123')).toBe('0115 496 0123');
  expect(phoneInWords(null)).toBeNull();
});
