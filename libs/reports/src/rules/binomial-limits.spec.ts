import fc from 'fast-check';
import { binomialLimits, binomialTails } from './binomial-limits';

/** The count that a limit is interpolated up to, and how far it stays below it. */
const countsBelow = (base: number, share: number, probability: number): number => binomialLimits(base, share, [probability])[0]! * base;

describe('the exact binomial limits', () => {
  // Cumulative binomial probabilities as printed tables have them (Montgomery, Runger and Hubele 2011, appendix table II):
  // with n = 20 and p = 0.10, P(X ≤ 4) = 0.9568 and P(X ≤ 5) = 0.9887; n = 10 and p = 0.5, P(X ≤ 1) = 0.0107 and P(X ≤ 2) = 0.0547.
  it('lie where the printed table says, and between its counts in proportion', () => {
    expect(countsBelow(20, 0.1, 0.975)).toBeCloseTo(5 - (0.9887 - 0.975) / (0.9887 - 0.9568), 2);
    expect(countsBelow(10, 0.5, 0.025)).toBeCloseTo(2 - (0.0547 - 0.025) / (0.0547 - 0.0107), 2);
  });

  it('meet the normal ones in large bases', () => {
    const [low, high] = binomialLimits(1_000_000, 0.3, [0.025, 0.975]);
    const width = 1.959963984540054 * Math.sqrt((0.3 * 0.7) / 1_000_000);
    expect(low).toBeCloseTo(0.3 - width, 5);
    expect(high).toBeCloseTo(0.3 + width, 5);
  });

  it('are null without a base, and the share itself where chance has no part', () => {
    expect(binomialLimits(0, 0.5, [0.025])).toEqual([null]);
    expect(binomialLimits(7, 0, [0.025, 0.975])).toEqual([0, 0]);
    expect(binomialLimits(7, 1, [0.025, 0.975])).toEqual([1, 1]);
  });

  it('stay in order within 0 and 1', () => {
    const cases = fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }));
    fc.assert(
      fc.property(cases, ([base, share]) => {
        const limits = binomialLimits(base, share, [0.001, 0.025, 0.975, 0.999]).map((limit) => limit!);
        expect([...limits].sort((one, other) => one - other)).toEqual(limits);
        expect(limits[0]).toBeGreaterThanOrEqual(0);
        expect(limits[3]).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('how often chance alone brings so few or so many', () => {
  it('is what the printed table says', () => {
    expect(binomialTails(20, 0.1, 4)).toEqual({ atMost: expect.closeTo(0.9568, 4), atLeast: expect.closeTo(1 - 0.867, 4) });
    expect(binomialTails(10, 0.5, 1)).toEqual({ atMost: expect.closeTo(0.0107, 4), atLeast: expect.closeTo(0.999, 4) });
  });

  it('is the chance of each one having it, where all of them do, however near the limit is', () => {
    expect(binomialTails(30, 0.95, 30).atLeast).toBeCloseTo(0.95 ** 30, 12);
    expect(binomialTails(3, 0.6, 3).atLeast).toBeCloseTo(0.216, 12);
    expect(binomialTails(7, 1, 7)).toEqual({ atMost: 1, atLeast: 1 });
    expect(binomialTails(7, 0, 1)).toEqual({ atMost: 1, atLeast: 0 });
  });

  it('mirrors for those who do not have the property, and counts the count itself on both sides', () => {
    const cases = fc.tuple(fc.integer({ min: 1, max: 2_000 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.nat(2_000));
    fc.assert(
      fc.property(cases, ([base, share, some]) => {
        const having = Math.min(some, base);
        const [of, without] = [binomialTails(base, share, having), binomialTails(base, 1 - share, base - having)];
        expect(of.atLeast).toBeCloseTo(without.atMost, 9);
        expect(of.atMost + of.atLeast).toBeGreaterThanOrEqual(1 - 1e-9);
      }),
    );
  });
});
