import type { TimeLimit } from '@app/deadlines';
import { localDate } from '@app/kernel';
import { standardsInWords } from './standards-in-words';

const limit = (rule: TimeLimit['rule'], amount: number, unit: TimeLimit['unit'], holdsFrom = '2016-01-01', authority: string | null = null): TimeLimit => ({
  id: `${rule}-${holdsFrom}`, rule, amount, unit, holdsFrom: localDate(holdsFrom), authority,
});
const atTheStart = [limit('first_response', 1, 'working_days'), limit('home_visit', 10, 'working_days'), limit('turnaround', 6, 'months')];

test('the standards of today are promised in words', () => {
  expect(standardsInWords(atTheStart, localDate('2026-11-21'))).toEqual({
    firstResponse: 'By the end of the next working day',
    homeVisit: 'Within 10 working days',
    turnaround: '6 months',
  });
});

test('a standard that is still to come is not promised yet, and one council’s own is not promised for all', () => {
  const limits = [...atTheStart, limit('first_response', 2, 'working_days', '2026-12-01'), limit('home_visit', 1, 'calendar_days', '2026-01-01', 'derby')];
  expect(standardsInWords(limits, localDate('2026-11-30'))).toMatchObject({ firstResponse: 'By the end of the next working day', homeVisit: 'Within 10 working days' });
  expect(standardsInWords(limits, localDate('2026-12-01'))).toMatchObject({ firstResponse: 'Within 2 working days' });
});

test('without a limit nothing is promised', () => {
  expect(() => standardsInWords([], localDate('2026-11-21'))).toThrow('No time limit for first_response');
});
