/** How a figure comes about, which decides how many it takes before chance behaves as the chart of its values expects. */
export type FigureNature = 'count' | 'ratio' | 'share' | 'days' | 'middle' | 'tail';

/** A value of a month or week, and how many it is a share of or was measured in. */
export interface BasedValue {
  readonly value: number;
  readonly base: number;
}

/** Counts, and the rarer of the two sides of a share, have to come to so many in a month or week on average. */
const FEWEST_COUNTED = 4;
/**
 * So many have to be measured: few for the days to an approval, which lie about as far below their middle as above it; more for
 * the median of hours to an answer, which are skewed; most for the 90th percentile of those.
 */
const FEWEST_MEASURED = { days: 6, middle: 30, tail: 60 } as const;

/**
 * Whether so many stand behind each value that a chart of individual values and moving ranges tells change from chance.
 * With fewer, values take few levels and lie crooked about their mean: of unchanged series with a third of an approval
 * a week, nineteen of twenty charts would mark some.
 */
export function enoughToTell(nature: FigureNature, spans: readonly BasedValue[]): boolean {
  return timesTheFewest(nature, spans) >= 1;
}

/** From so many times the fewest on, unchanged series are marked hardly more often than those of normal values. */
const AS_GOOD_AS_NORMAL = 2;

/**
 * Of a hundred charts as long as this one, of series in which nothing changes, how many mark something by chance alone: where
 * many stand behind each value about so many, else up to so many, since few are as good as the fewest. Between eight and
 * sixty values what simulated series give lies along a straight line (see the spec).
 */
export function markedByChance(nature: FigureNature, spans: readonly BasedValue[]): { readonly of100: number; readonly few: boolean } {
  const few = timesTheFewest(nature, spans) < AS_GOOD_AS_NORMAL;
  return { of100: Math.round(few ? 0.95 * spans.length - 3 : 0.62 * spans.length - 1), few };
}

/** How many times the fewest stand behind each value. */
function timesTheFewest(nature: FigureNature, spans: readonly BasedValue[]): number {
  if (spans.length === 0) return 0;
  if (nature === 'days' || nature === 'middle' || nature === 'tail') return middleOf(spans.map(({ base }) => base)) / FEWEST_MEASURED[nature];
  const counted = sum(spans.map(({ value, base }) => (nature === 'count' ? value : value * base)));
  const rarer = nature === 'share' ? Math.min(counted, sum(spans.map(({ base }) => base)) - counted) : counted;
  return rarer / spans.length / FEWEST_COUNTED;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function middleOf(numbers: readonly number[]): number {
  const inOrder = [...numbers].sort((one, other) => one - other);
  return inOrder[Math.floor(inOrder.length / 2)] ?? 0;
}
