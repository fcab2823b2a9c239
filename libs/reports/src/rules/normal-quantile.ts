/** The standard normal quantile of 0.975: the width in standard errors of each side of every 95 % interval. */
export const Z_95 = 1.959963984540054;

/** An interval of fractions, the lower limit first. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
