import { MovableClock, SystemClock } from './clock';

describe('the clock', () => {
  it('stands still until it is moved', () => {
    const clock = new MovableClock(new Date('2026-04-07T09:00:00Z'));
    expect(clock.now()).toEqual(new Date('2026-04-07T09:00:00Z'));
    clock.advance(90_000);
    expect(clock.now()).toEqual(new Date('2026-04-07T09:01:30Z'));
    clock.set(new Date('2025-01-01T00:00:00Z'));
    expect(clock.now()).toEqual(new Date('2025-01-01T00:00:00Z'));
  });

  it('cannot be changed through what it gave or was given', () => {
    const start = new Date('2026-04-07T09:00:00Z');
    const clock = new MovableClock(start);
    start.setFullYear(1990);
    clock.now().setFullYear(1990);
    expect(clock.now()).toEqual(new Date('2026-04-07T09:00:00Z'));
  });

  it('refuses to be advanced backwards, and moments that are none', () => {
    const clock = new MovableClock(new Date(0));
    expect(() => { clock.advance(-1); }).toThrow(RangeError);
    expect(() => { clock.advance(Number.NaN); }).toThrow(RangeError);
    expect(() => { clock.set(new Date(Number.NaN)); }).toThrow(RangeError);
    expect(() => new MovableClock(new Date(Number.NaN))).toThrow(RangeError);
  });

  it('of the machine runs with the machine', () => {
    const before = Date.now();
    const now = new SystemClock().now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
