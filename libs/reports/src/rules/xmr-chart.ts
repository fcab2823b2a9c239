/** The expected range of two normal observations in standard deviations (d₂ for n = 2). */
const RANGE_OF_TWO = 1.128;
/** The upper limit of a range of two over the average one (D₄ for n = 2). */
const RANGE_LIMIT = 3.267;

/** Why a point is told from noise. */
export const SIGNALS = ['beyond_limits', 'two_of_three', 'run', 'trend'] as const;
export type Signal = (typeof SIGNALS)[number];

/** One value of a series with its distance from the one before, and what it completes or belongs to. */
export interface XmrPoint {
  /** Null for a gap: a month without a figure. */
  readonly value: number | null;
  /** Null for the first, for a gap and after one. */
  readonly movingRange: number | null;
  readonly signals: readonly Signal[];
}

/** A series with what chance alone would let it do. */
export interface XmrChart {
  readonly mean: number;
  readonly averageMovingRange: number;
  /** One standard deviation, from the average moving range. */
  readonly sigma: number;
  /** The mean three standard deviations either way, no farther than what can be. */
  readonly lower: number;
  readonly upper: number;
  readonly movingRangeUpper: number;
  readonly points: readonly XmrPoint[];
}

/** What values can be at all: counts and days are never below 0, shares never above 1. */
export interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

const RUN = 9;
const TREND = 6;

/**
 * The chart of individual values and moving ranges (XmR) of a series in the order of time: the limits are the mean
 * and three standard deviations, these being the average moving range over 1.128 (Shewhart; NIST/SEMATECH
 * e-Handbook, 6.3.2.2). Tests 1, 2, 3 and 5 of Nelson 1984 (Journal of Quality Technology 16, 237–239) mark what is
 * hardly chance: a point beyond the limits; nine in a row on one side of the mean; six in a row rising or falling;
 * two of three beyond two standard deviations on one side. A gap keeps its place in time: nothing is measured across it
 * and no row goes on over it. Null without two values side by side.
 */
export function xmrChart(values: readonly (number | null)[], { least = -Infinity, most = Infinity }: Bounds = {}): XmrChart | null {
  const known = values.filter((value) => value !== null);
  const steps = values.map((value, index) => difference(value, values[index - 1] ?? null));
  const ranges = steps.map((step) => (step === null ? null : Math.abs(step)));
  const measured = ranges.filter((range) => range !== null);
  if (measured.length === 0) return null;
  const mean = average(known);
  const averageMovingRange = average(measured);
  const sigma = averageMovingRange / RANGE_OF_TWO;
  const marked = signalsOf(values, steps, mean, sigma);
  return {
    mean,
    averageMovingRange,
    sigma,
    lower: Math.max(least, mean - 3 * sigma),
    upper: Math.min(most, mean + 3 * sigma),
    movingRangeUpper: RANGE_LIMIT * averageMovingRange,
    points: values.map((value, index) => ({ value, movingRange: ranges[index] ?? null, signals: SIGNALS.filter((signal) => marked[signal].has(index)) })),
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function difference(value: number | null, before: number | null): number | null {
  return value === null || before === null ? null : value - before;
}

/** The indexes of the points that each test marks: every point of a run or a trend, and of two of three the outer ones. */
function signalsOf(values: readonly (number | null)[], steps: readonly (number | null)[], mean: number, sigma: number): Readonly<Record<Signal, ReadonlySet<number>>> {
  // Half of the last digit that a sum of decimals may be wrong by.
  const slack = 1e-9 * Math.max(1, Math.abs(mean), sigma);
  const distance = values.map((value) => (value === null ? 0 : value - mean));
  const beyond = new Set(distance.flatMap((away, index) => (Math.abs(away) > 3 * sigma + slack ? [index] : [])));
  const [twoOfThree, run, trend] = [new Set<number>(), new Set<number>(), new Set<number>()];
  for (const side of [1, -1]) {
    const isOuter = distance.map((away) => away * side > 2 * sigma + slack);
    for (let last = 1; last < values.length; last += 1) {
      if (values[last - 1] === null) continue;
      const window = [last - 2, last - 1, last].filter((index) => isOuter[index] === true);
      if (window.length >= 2) window.forEach((index) => twoOfThree.add(index));
    }
    markStreaks(distance.map((away) => away * side > slack), RUN, 0, run);
    markStreaks(steps.map((step) => step !== null && step * side > slack), TREND - 1, 1, trend);
  }
  return { beyond_limits: beyond, two_of_three: twoOfThree, run, trend };
}

/** Marks every streak of `true` that is at least so long, and so many points before it. */
function markStreaks(holds: readonly boolean[], length: number, before: number, marked: Set<number>): void {
  let start = 0;
  for (let index = 0; index <= holds.length; index += 1) {
    if (holds[index] === true) continue;
    if (index - start >= length) for (let member = start - before; member < index; member += 1) marked.add(member);
    start = index + 1;
  }
}
