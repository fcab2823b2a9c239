import { Z_95 } from './normal-quantile';
import type { Interval } from './normal-quantile';

/**
 * The 95 % score interval of a proportion (Wilson 1927), without continuity correction. Null without a base.
 * It never leaves 0 to 1, and stays informative when none or all of the base have the property.
 */
export function wilsonInterval(having: number, base: number): Interval | null {
  if (base === 0) return null;
  const share = having / base;
  const zSquared = Z_95 * Z_95;
  const centre = share + zSquared / (2 * base);
  const halfWidth = Z_95 * Math.sqrt((share * (1 - share)) / base + zSquared / (4 * base * base));
  const scale = 1 + zSquared / base;
  return {
    low: having === 0 ? 0 : (centre - halfWidth) / scale,
    high: having === base ? 1 : (centre + halfWidth) / scale,
  };
}
