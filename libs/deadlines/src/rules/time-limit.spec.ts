import { addDays, BeyondCalendarError, localDate, localDateOf, momentAt, startOfLocalDay } from '@app/kernel';
import fc from 'fast-check';
import { england, london } from './england.fixture';
import { dueMoment, dueOn, isDatedInTime, isInTime, isPastDue, limitInForce, type TimeLimit } from './time-limit';

const limit = (id: string, holdsFrom: string, more: Partial<TimeLimit> = {}): TimeLimit => ({
  id,
  rule: 'home_visit',
  amount: 10,
  unit: 'working_days',
  holdsFrom: localDate(holdsFrom),
  authority: null,
  ...more,
});

describe('the time limit in force', () => {
  const limits = [
    limit('hub 2026', '2026-04-01', { amount: 8 }),
    limit('hub 2020', '2020-01-01'),
    limit('derby 2025', '2025-01-01', { authority: 'derby', amount: 7 }),
    limit('derby 2027', '2027-01-01', { authority: 'derby', amount: 6 }),
    limit('turnaround', '2020-01-01', { rule: 'turnaround', amount: 6, unit: 'months' }),
  ];
  const inForce = (on: string, authority: string | null, rule: TimeLimit['rule'] = 'home_visit'): string | undefined =>
    limitInForce(limits, rule, localDate(on), authority)?.id;

  it('is the latest row that holds by then', () => {
    expect(inForce('2026-03-31', null)).toBe('hub 2020');
    expect(inForce('2026-04-01', null)).toBe('hub 2026');
    expect(inForce('2026-04-01', 'nottingham')).toBe('hub 2026');
  });

  it('is the authority’s own where it has one, even when the hub’s is newer', () => {
    expect(inForce('2024-12-31', 'derby')).toBe('hub 2020');
    expect(inForce('2025-01-01', 'derby')).toBe('derby 2025');
    expect(inForce('2026-06-01', 'derby')).toBe('derby 2025');
    expect(inForce('2027-01-01', 'derby')).toBe('derby 2027');
  });

  it('never is another rule’s or another authority’s', () => {
    expect(inForce('2026-06-01', 'derby', 'turnaround')).toBe('turnaround');
    expect(inForce('2026-06-01', null)).toBe('hub 2026');
    expect(inForce('2026-06-01', 'derby', 'first_response')).toBeUndefined();
  });

  it('is none before the first row', () => {
    expect(limitInForce(limits, 'home_visit', localDate('2019-12-31'), 'derby')).toBeNull();
    expect(limitInForce([], 'home_visit', localDate('2026-01-01'), null)).toBeNull();
  });

  it('does not depend on the order of the rows', () => {
    expect(limitInForce([...limits].reverse(), 'home_visit', localDate('2026-06-01'), 'derby')?.id).toBe('derby 2025');
  });
});

describe('a due date', () => {
  const due = (amount: number, unit: TimeLimit['unit'], startOn: string): string => dueOn({ amount, unit }, localDate(startOn), england);

  it('counts working days from the day after, over Easter, Christmas and New Year', () => {
    expect(due(10, 'working_days', '2026-04-02')).toBe('2026-04-20');
    expect(due(10, 'working_days', '2026-12-21')).toBe('2027-01-07');
    expect(due(1, 'working_days', '2027-12-31')).toBe('2028-01-04');
    expect(due(10, 'working_days', '2026-11-21')).toBe('2026-12-04');
  });

  it('counts calendar days without minding weekends', () => {
    expect(due(28, 'calendar_days', '2026-12-01')).toBe('2026-12-29');
    expect(due(28, 'calendar_days', '2028-02-10')).toBe('2028-03-09');
  });

  it('counts months to the same day, clamped to the end of a shorter one', () => {
    expect(due(6, 'months', '2026-08-31')).toBe('2027-02-28');
    expect(due(6, 'months', '2027-08-31')).toBe('2028-02-29');
    expect(due(8, 'months', '2026-05-15')).toBe('2027-01-15');
  });

  it('needs the calendar only for working days', () => {
    expect(due(6, 'months', '2028-11-30')).toBe('2029-05-30');
    expect(() => due(10, 'working_days', '2028-12-20')).toThrow(BeyondCalendarError);
  });

  it.each([0, -1, 0.5, Number.NaN])('refuses a limit of %s', (amount) => {
    for (const unit of ['working_days', 'calendar_days', 'months'] as const) expect(() => due(amount, unit, '2026-01-01')).toThrow(RangeError);
  });
});

describe('a due moment', () => {
  it('of a clock that runs by dates is the end of its due day in London, in summer, in winter and on days of clock change', () => {
    expect(dueMoment(localDate('2026-07-01'))).toEqual(new Date('2026-07-01T23:00:00Z'));
    for (const date of ['2026-01-15', '2026-03-29', '2026-07-01', '2026-10-25', '2026-12-31']) {
      expect(dueMoment(localDate(date))).toEqual(startOfLocalDay(addDays(localDate(date), 1)));
      expect(localDateOf(new Date(dueMoment(localDate(date)).getTime() - 1))).toBe(date);
    }
  });

  it('counts whatever is dated on the due day as in time, and the next day as late', () => {
    const due = localDate('2026-10-25');
    for (const minutes of [0, 90, 720, 1439]) expect(isInTime('home_visit', dueMoment(due), momentAt(due, minutes))).toBe(true);
    expect(isInTime('home_visit', dueMoment(due), new Date('2026-10-25T23:59:59.999Z'))).toBe(true);
    expect(isInTime('home_visit', dueMoment(due), startOfLocalDay(addDays(due, 1)))).toBe(false);
    expect(isDatedInTime(due, due)).toBe(true);
    expect(isDatedInTime(due, addDays(due, -1))).toBe(true);
    expect(isDatedInTime(due, addDays(due, 1))).toBe(false);
  });

  it('says the same of a moment and of its date', () => {
    const due = localDate('2026-03-29');
    fc.assert(
      fc.property(fc.date({ min: new Date('2026-03-27T00:00Z'), max: new Date('2026-04-01T00:00Z'), noInvalidDate: true }), (moment) => {
        for (const rule of ['home_visit', 'turnaround'] as const) {
          expect(isInTime(rule, dueMoment(due), moment)).toBe(isDatedInTime(due, localDateOf(moment)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('of a first response has passed only when its minute is over', () => {
    const dueAt = london('2026-11-24 17:00');
    expect(isPastDue('first_response', dueAt, london('2026-11-24 17:00'))).toBe(false);
    expect(isPastDue('first_response', dueAt, new Date(dueAt.getTime() + 59_999))).toBe(false);
    expect(isPastDue('first_response', dueAt, london('2026-11-24 17:01'))).toBe(true);
  });
});
