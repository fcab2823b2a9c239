import fc from 'fast-check';
import { mean, quantiles } from './quantile';

/** Type 7 by its definition, on the sorted single values. */
function typeSeven(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const position = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}

describe('the quantiles of a counted distribution', () => {
  it('interpolate linearly between order statistics', () => {
    const counted = [1, 2, 3, 4].map((value) => ({ value, count: 1 }));
    expect(quantiles(counted, [0, 0.25, 0.5, 0.9, 1])).toEqual([1, 1.75, 2.5, expect.closeTo(3.7, 12), 4]);
  });

  it('are those of the single values, however the values are grouped', () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (single, fraction) => {
        const [found] = quantiles(single.map((value) => ({ value, count: 1 })), [fraction]);
        expect(found).toBeCloseTo(typeSeven(single, fraction), 10);
      }),
      { numRuns: 500 },
    );
  });

  it('are null without a base, and ignore values that were never counted', () => {
    expect(quantiles([], [0.5, 0.9])).toEqual([null, null]);
    expect(quantiles([{ value: 7, count: 0 }], [0.5])).toEqual([null]);
    expect(quantiles([{ value: 7, count: 0 }, { value: 3, count: 2 }], [1])).toEqual([3]);
  });
});

describe('the mean of a counted distribution', () => {
  it('weighs each value by its count, and is null without a base', () => {
    expect(mean([{ value: 1, count: 3 }, { value: 5, count: 1 }])).toBe(2);
    expect(mean([])).toBeNull();
  });
});
