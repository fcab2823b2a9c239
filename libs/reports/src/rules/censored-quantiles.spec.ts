import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { censoredQuantiles, type StayTime } from './censored-quantiles';

const stay = (days: number, left: boolean, count = 1): StayTime => ({ days, left, count });
const daysOf = (quantiles: ReturnType<typeof censoredQuantiles>): (number | null)[] => quantiles.map((quantile) => (quantile !== null && 'days' in quantile ? quantile.days : null));

describe('quantiles of times that are not all known', () => {
  // Seven subjects of R's survival package (tests/quantile.R), whose curve is (6/7), (6/7)(3/5), (6/7)(3/5)(1/2): its flats are asked for on purpose.
  it('are those of R, in the middle of a flat and at its end too', () => {
    const subjects = [stay(9, true), stay(1, true), stay(1, false), stay(6, true, 2), stay(8, false), stay(10, false)];
    const staying = [13 / 14, 6 / 7, 2 / 3, 0.5, 9 / 35, 0.1];
    expect(daysOf(censoredQuantiles(subjects, staying.map((share) => 1 - share)))).toEqual([1, 3.5, 6, 9, 9.5, null]);
  });

  // Medians that R's survfit prints for the leukaemia data of Embury and others 1977.
  it.each([['Maintained', 31], ['Nonmaintained', 23]])('have R’s median of the group %s', (group, median) => {
    const rows = readFileSync(join(__dirname, 'reference/aml.csv'), 'utf8').trim().split('\n').slice(1).map((row) => row.split(','));
    const subjects = rows.filter((row) => row[2] === group).map(([time, status]) => stay(Number(time), status === '1'));
    expect(subjects.length).toBeGreaterThan(10);
    expect(daysOf(censoredQuantiles(subjects, [0.5]))).toEqual([median]);
  });

  it('say how long was watched where too few have left', () => {
    expect(censoredQuantiles([stay(3, true), stay(40, false, 9)], [0.05, 0.25])).toEqual([{ days: 3 }, { moreThanDays: 40 }]);
    expect(censoredQuantiles([], [0.5])).toEqual([null]);
  });

  it('are the middle of the values when everybody has left', () => {
    expect(daysOf(censoredQuantiles([1, 2, 3, 4].map((days) => stay(days, true)), [0.5]))).toEqual([2.5]);
  });
});
