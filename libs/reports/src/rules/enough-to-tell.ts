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
 * a week, nineteen of twenty charts would mark some. The limits were chosen by simulating unchanged series; the spec tries
 * numbers somewhat above them, which are marked little more often than normal ones. Right at them it is more often: with the
 * days of six approvals a month about one chart of five in two years, where it is one of seven of normal values.
 */
export function enoughToTell(nature: FigureNature, spans: readonly BasedValue[]): boolean {
  if (spans.length === 0) return false;
  if (nature === 'days' || nature === 'middle' || nature === 'tail') return middleOf(spans.map(({ base }) => base)) >= FEWEST_MEASURED[nature];
  const counted = sum(spans.map(({ value, base }) => (nature === 'count' ? value : value * base)));
  const rarer = nature === 'share' ? Math.min(counted, sum(spans.map(({ base }) => base)) - counted) : counted;
  return rarer / spans.length >= FEWEST_COUNTED;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function middleOf(numbers: readonly number[]): number {
  const inOrder = [...numbers].sort((one, other) => one - other);
  return inOrder[Math.floor(inOrder.length / 2)] ?? 0;
}
