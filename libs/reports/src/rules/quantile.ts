/** One value of a distribution and how many times it was counted. */
export interface ValueCount {
  readonly value: number;
  readonly count: number;
}

/** A counted distribution: its values ascending, each once, with how many lie at or below it. */
interface CumulativeDistribution {
  readonly values: readonly number[];
  readonly upTo: readonly number[];
  readonly size: number;
}

function cumulate(distribution: Iterable<ValueCount>): CumulativeDistribution {
  const counts = new Map<number, number>();
  for (const { value, count } of distribution) counts.set(value, (counts.get(value) ?? 0) + count);
  const ascending = [...counts].filter(([, count]) => count > 0).sort(([left], [right]) => left - right);
  let size = 0;
  const upTo = ascending.map(([, count]) => (size += count));
  return { values: ascending.map(([value]) => value), upTo, size };
}

/** The order statistic with this index, counted from 0. */
function orderStatistic({ values, upTo }: CumulativeDistribution, index: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) > index) high = middle;
    else low = middle + 1;
  }
  return values[low] ?? NaN;
}

/**
 * The quantiles of a counted distribution, interpolated linearly between order statistics (type 7 of Hyndman
 * and Fan 1996: R's default, PostgreSQL's `percentile_cont`). Null for each when nothing was counted.
 */
export function quantiles(distribution: Iterable<ValueCount>, fractions: readonly number[]): (number | null)[] {
  const cumulative = cumulate(distribution);
  if (cumulative.size === 0) return fractions.map(() => null);
  return fractions.map((fraction) => {
    const position = (cumulative.size - 1) * fraction;
    const below = Math.floor(position);
    const lower = orderStatistic(cumulative, below);
    const upper = orderStatistic(cumulative, Math.min(below + 1, cumulative.size - 1));
    return lower + (upper - lower) * (position - below);
  });
}

/** The mean of a counted distribution, null when nothing was counted. */
export function mean(distribution: Iterable<ValueCount>): number | null {
  let sum = 0;
  let size = 0;
  for (const { value, count } of distribution) {
    sum += value * count;
    size += count;
  }
  return size === 0 ? null : sum / size;
}
