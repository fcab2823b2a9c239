import { chiSquaredTail } from './chi-squared';

describe('the upper tail of the chi-squared distribution', () => {
  // The percentage points that every printed table has (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4).
  it.each([
    [3.841, 1, 0.05],
    [6.635, 1, 0.01],
    [5.991, 2, 0.05],
    [11.345, 3, 0.01],
    [18.307, 10, 0.05],
    [124.342, 100, 0.05],
    [77.929, 100, 0.95],
  ])('at %f with %i degrees of freedom is %f', (value, degreesOfFreedom, tail) => {
    expect(chiSquaredTail(value, degreesOfFreedom)).toBeCloseTo(tail, 4);
  });

  it('is exp(−x/2) with two degrees of freedom', () => {
    for (const value of [0.01, 1, 3.9, 4.1, 30, 200]) expect(chiSquaredTail(value, 2) / Math.exp(-value / 2)).toBeCloseTo(1, 12);
  });

  it('is certain at 0 and below', () => {
    expect(chiSquaredTail(0, 3)).toBe(1);
  });
});
