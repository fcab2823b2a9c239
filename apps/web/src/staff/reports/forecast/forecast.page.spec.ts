import { localDate } from '@app/kernel';
import type { YearForecast } from '@app/reports';
import { forecastPage } from './forecast.page';

/** A hub in November that expects 10 to 30 more approvals. */
const FORECAST: YearForecast = {
  year: { from: localDate('2026-04-01'), to: localDate('2027-03-31'), label: '2026–27' },
  asAt: localDate('2026-11-18'),
  authority: null,
  approvedSoFar: 80,
  toCome: { mean: 20, median: 20, within80: { low: 15, high: 25 }, within95: { low: 10, high: 30 }, fromOpen: 12 },
  open: 90,
  enquiriesToCome: 200,
  target: null,
  levers: null,
  pushes: { volume: 1, lost: 1, speed: 1 },
};

describe('the title of a forecast', () => {
  it.each([
    [80, 'is reached'],
    [90, 'is as good as reached'],
    [95, 'is very likely reached'],
    [100, 'may be reached or missed'],
    [106, 'is unlikely to be reached'],
    [111, 'is out of reach on this course'],
  ])('says of a target of %i, with 80 so far, that it %s', (target, said) => {
    const { title } = forecastPage({ forecast: { ...FORECAST, target }, madeAt: null, months: [], earlier: [], came: new Map() });
    expect(title).toBe(`If nothing changes, about 100 households are approved in 2026–27: the target of ${String(target)} ${said}`);
  });
});
