import { localDateOf } from '@app/kernel';
import { forecastNights } from './forecast-nights';

describe('the nights on which the demonstration keeps forecasts', () => {
  it('are the first of each month since half a year after it began, up to now', () => {
    const nights = forecastNights(new Date('2026-11-21T20:00:00Z'));
    expect(nights.map(({ at }) => localDateOf(at))).toEqual(['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'].map((month) => `${month}-02`));
    expect(forecastNights(new Date('2026-11-02T00:30:00Z')).map(({ at }) => localDateOf(at)).at(-1)).toBe('2026-10-02');
  });

  it('keep the councils’ forecasts of the last three months', () => {
    const of = forecastNights(new Date('2026-11-21T20:00:00Z')).filter(({ ofCouncils }) => ofCouncils);
    expect(of.map(({ at }) => localDateOf(at))).toEqual(['2026-09-02', '2026-10-02', '2026-11-02']);
  });
});
