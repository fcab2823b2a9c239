import { localDate, momentAt } from '@app/kernel';
import { cutOf, monthsOf, reportRequest } from './report-request';

const NOW = new Date('2026-11-21T16:30:40Z');
const YEAR = { from: localDate('2024-04-01'), to: localDate('2025-03-31') };
const AUTHORITIES = ['derby', 'unrouted'];

describe('what a report is asked for', () => {
  it('is as at today, as known now, and of every authority unless it says otherwise', () => {
    expect(reportRequest(YEAR, NOW, AUTHORITIES)).toEqual({
      ok: true,
      value: { period: YEAR, asAt: '2026-11-21', knownAt: null, authority: null },
    });
  });

  it.each([
    ['a period that ends before it starts', { from: YEAR.to, to: YEAR.from }, 'period_ends_before_it_starts'],
    ['an as-at date in the future', { ...YEAR, asAt: localDate('2026-11-22') }, 'as_at_in_the_future'],
    ['a known-at moment in the future', { ...YEAR, knownAt: new Date('2026-11-21T16:31:00Z') }, 'known_at_in_the_future'],
    ['an authority that there is not', { ...YEAR, authority: 'leicester' }, 'unknown_authority'],
  ])('may not be %s', (_, asked, refusal) => {
    expect(reportRequest(asked, NOW, AUTHORITIES)).toEqual({ ok: false, refusal });
  });

  it('may be a single day, today, and the unrouted', () => {
    const today = localDate('2026-11-21');
    expect(reportRequest({ from: today, to: today, asAt: today, knownAt: NOW, authority: 'unrouted' }, NOW, AUTHORITIES).ok).toBe(true);
  });

  it('takes its today from London, not from Greenwich', () => {
    const pastMidnightInSummer = new Date('2026-07-01T23:10:00Z');
    expect(reportRequest({ ...YEAR, asAt: localDate('2026-07-02') }, pastMidnightInSummer, AUTHORITIES).ok).toBe(true);
  });
});

describe('the cut', () => {
  it('is the end of a past day in London', () => {
    const end = new Date('2026-07-01T23:00:00Z');
    expect(cutOf(localDate('2026-07-01'), NOW)).toEqual({ eventsBefore: end, dueBefore: end });
  });

  it('is now on the day itself: what happened in this minute counts, what is due in it is not yet missed', () => {
    expect(cutOf(localDate('2026-11-21'), NOW)).toEqual({
      eventsBefore: new Date('2026-11-21T16:31:00Z'),
      dueBefore: new Date('2026-11-21T16:30:00Z'),
    });
  });

  it('is the end of the day again from midnight on', () => {
    const midnight = momentAt(localDate('2026-11-22'), 0);
    expect(cutOf(localDate('2026-11-21'), midnight).eventsBefore).toEqual(midnight);
  });
});

describe('the months of a period', () => {
  it('are its calendar months', () => {
    const months = monthsOf(YEAR);
    expect(months).toHaveLength(12);
    expect(months[0]).toEqual({ from: '2024-04-01', to: '2024-04-30' });
    expect(months[10]).toEqual({ from: '2025-02-01', to: '2025-02-28' });
  });

  it('are cut off where the period starts and ends', () => {
    expect(monthsOf({ from: localDate('2024-01-31'), to: localDate('2024-03-01') })).toEqual([
      { from: '2024-01-31', to: '2024-01-31' },
      { from: '2024-02-01', to: '2024-02-29' },
      { from: '2024-03-01', to: '2024-03-01' },
    ]);
  });
});
