import fc from 'fast-check';
import { wilsonInterval } from './wilson';

describe('the Wilson interval', () => {
  it.each([
    [102, 660, 0.129, 0.1841],
    [143, 1774, 0.0688, 0.0942],
    [0, 10, 0, 0.2775],
  ])('of %i in %i is %f to %f', (having, base, low, high) => {
    const interval = wilsonInterval(having, base)!;
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('is null without a base', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  it('holds the share, stays within 0 and 1, and mirrors for those who do not have the property', () => {
    const counts = fc.integer({ min: 1, max: 1_000_000 }).chain((base) => fc.tuple(fc.integer({ min: 0, max: base }), fc.constant(base)));
    fc.assert(
      fc.property(counts, ([having, base]) => {
        const { low, high } = wilsonInterval(having, base)!;
        const mirrored = wilsonInterval(base - having, base)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(having / base);
        expect(high).toBeGreaterThanOrEqual(having / base);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeCloseTo(1 - mirrored.high, 12);
      }),
    );
  });
});
