import fc from 'fast-check';
import { xmrChart } from './xmr-chart';
import type { Signal } from './xmr-chart';

const marked = (values: readonly (number | null)[], signal: Signal): number[] => xmrChart(values)!.points.flatMap(({ signals }, index) => (signals.includes(signal) ? [index] : []));

describe('the chart of individual values and moving ranges', () => {
  it('has the limits of the textbook for the flow rates of the handbook', () => {
    // NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: ten flow rates with their limits.
    const chart = xmrChart([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])!;
    expect(chart.mean).toBeCloseTo(50.81, 10);
    expect(chart.averageMovingRange).toBeCloseTo(1.8778, 4);
    expect(chart.upper).toBeCloseTo(55.8041, 3);
    expect(chart.lower).toBeCloseTo(45.8159, 3);
    expect(chart.points.flatMap(({ signals }) => signals)).toEqual([]);
    expect(chart.points[1]!.movingRange).toBeCloseTo(2, 10);
    expect(chart.movingRangeUpper).toBeCloseTo(6.1348, 3);
  });

  it('has no limit where nothing can be', () => {
    const chart = xmrChart([1, 9, 0, 8, 2], { least: 0, most: 10 })!;
    expect([chart.lower, chart.upper]).toEqual([0, 10]);
  });

  it('needs two values', () => {
    expect(xmrChart([3])).toBeNull();
    expect(xmrChart([3, 3])).toMatchObject({ lower: 3, upper: 3 });
  });

  it('marks a point beyond the limits, and no other', () => {
    expect(marked([10, 11, 10, 9, 10, 11, 10, 30, 10, 9, 10, 11, 10, 9, 10], 'beyond_limits')).toEqual([7]);
  });

  it('marks nine in a row on one side of the mean, but not eight', () => {
    const zigzag = [1, 2, 1, 2, 1, 2, 1, 2, 1];
    const shifted = zigzag.map((value) => value + 5);
    expect(marked([...zigzag, ...shifted], 'run')).toHaveLength(18);
    expect(marked([...zigzag.slice(1), ...shifted.slice(1)], 'run')).toEqual([]);
  });

  it('marks six in a row that rise or fall, but not five', () => {
    expect(marked([5, 4, 3, 4, 5, 6, 7, 8, 7, 8], 'trend')).toEqual([2, 3, 4, 5, 6, 7]);
    expect(marked([5, 4, 3, 4, 5, 6, 7, 6, 7, 6], 'trend')).toEqual([]);
    expect(marked([8, 7, 6, 5, 4, 3, 4], 'trend')).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('marks two of three beyond two standard deviations on the same side', () => {
    const calm = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10];
    expect(marked([...calm, 13.9, 10, 13.9, ...calm], 'two_of_three')).toEqual([16, 18]);
    expect(marked([...calm, 13.9, 10, 6.1, ...calm], 'two_of_three')).toEqual([]);
  });

  it('keeps the place of a month without a value, and measures nothing across it', () => {
    const chart = xmrChart([4, 6, null, 20, 21])!;
    expect(chart.mean).toBe(12.75);
    expect(chart.averageMovingRange).toBe(1.5);
    expect(chart.points.map(({ value, movingRange }) => [value, movingRange])).toEqual([[4, null], [6, 2], [null, null], [20, null], [21, 1]]);
    expect(xmrChart([1, null, 2, null, 3])).toBeNull();
  });

  it('lets no row go on over a gap', () => {
    const zigzag = [1, 2, 1, 2, 1, 2, 1, 2, 1];
    const shifted = zigzag.map((value) => value + 5);
    expect(marked([...zigzag, ...shifted.slice(0, 5), null, ...shifted.slice(5)], 'run')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(marked([5, 4, 3, 4, 5, null, 6, 7, 8, 7, 8], 'trend')).toEqual([]);
    const calm = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10];
    expect(marked([...calm, 13.9, null, 13.9, ...calm], 'two_of_three')).toEqual([]);
  });

  it('says the same of a series that is moved and stretched', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 40 }), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 }), (values, by, times) => {
        const [one, other] = [xmrChart(values)!, xmrChart(values.map((value) => value * times + by))!];
        expect(other.upper).toBeCloseTo(one.upper * times + by, 6);
        expect(other.points.map(({ signals }) => signals)).toEqual(one.points.map(({ signals }) => signals));
      }),
    );
  });
});
