import { addDays, type LocalDate } from '@app/kernel';
import { enoughToTell, type KpiMonth, type Signal, SIGNALS, type XmrChart, xmrChart } from '@app/reports';
import { countOf } from '../../../platform/words';
import { controlChart, type PointShape } from '../charts/control-chart';
import { table } from '../sections/cells';
import type { SeriesFigure } from './series.figures';
import { capital, findingOf, type SeriesPoint, type SeriesUnit, signalsTold, SIGNAL_WORDS, spanName } from './series.words';

const SHAPES: Readonly<Record<Signal, PointShape>> = { beyond_limits: 'square', two_of_three: 'cross', run: 'diamond', trend: 'triangle' };

/** With fewer parts than this the limits say more about those than about the hub. */
const FEWEST = 8;
/** Decimals of the lines, which lie between the values. */
const DECIMALS = 1;
const MOST_DECIMALS = 4;

/** One figure month by month, or week by week, between the limits of chance where there is enough to tell. */
export function seriesPage(figure: SeriesFigure, given: readonly KpiMonth[], unit: SeriesUnit, asAt: LocalDate) {
  const { name, kind, changesYet } = figure;
  const { spans, notes } = spansOf(figure, given, unit, asAt);
  const based = spans.flatMap(({ block }) => {
    const value = figure.of(block);
    return value === null ? [] : [{ value, base: figure.base(block) }];
  });
  const chart = based.length < FEWEST ? null : xmrChart(spans.map(({ block }) => figure.of(block)), { least: 0, ...(figure.nature === 'share' ? { most: 1 } : {}) });
  if (chart === null) return { name, notes, changesYet, judged: false, tooFew: based.length, chart: null };
  const judged = !changesYet && enoughToTell(figure.nature, based);
  const points: readonly SeriesPoint[] = spans.flatMap(({ period }, index) => {
    const point = chart.points[index];
    return point === undefined ? [] : [{ ...point, period, signals: judged ? point.signals : [] }];
  });
  const inWords = writtenAs(kind, decimalsFor(kind, chart));
  const title = `${name}: ${changesYet ? 'still changing, so none is marked' : judged ? findingOf(unit, figure, points, chart, inWords) : `too few each ${unit} to tell change from chance`}`;
  const lines = judged ? `mean ${inWords(chart.mean)}, limits ${inWords(chart.lower)} to ${inWords(chart.upper)}` : `mean ${inWords(chart.mean)}`;
  return {
    name,
    notes,
    changesYet,
    judged,
    tooFew: null,
    chart: {
      title,
      description: changesYet ? '' : judged ? signalsTold(unit, points) : `So few each ${unit} go up and down a lot without any reason: ${unit === 'week' ? 'look by month' : 'compare whole years in the report instead'}.`,
      drawing: controlChart({
        label: `${title}. ${capital(lines)}.`,
        points: points.map(({ value, signals, period }) => {
          const [signal] = signals;
          return { name: spanName(unit, period), year: period.from.slice(0, 4), value, words: value !== null && signal === 'beyond_limits' ? inWords(value) : '', shape: signal === undefined ? null : SHAPES[signal] };
        }),
        mean: chart.mean,
        limits: judged ? chart : null,
        shapes: SIGNALS.filter((signal) => points.some(({ signals: [first] }) => first === signal)).map((signal) => ({ shape: SHAPES[signal], means: SIGNAL_WORDS[signal] })),
        inWords,
        tickInWords: writtenAs(kind, kind === 'share' ? 0 : 1),
      }),
      table: table(
        `${name} by ${unit}; ${lines}${judged ? `; a change of more than ${changeInWords(kind, chart.movingRangeUpper, inWords)} comes by chance one time in a hundred` : ''}`,
        [unit === 'month' ? 'Month' : 'Week', name, kind === 'share' ? 'Change in percentage points' : 'Change', ...(judged ? ['Stands out because'] : [])],
        points.map((point, index) => [capital(spanName(unit, point.period, true)), point.value === null ? '–' : inWords(point.value), changeOf(point, points[index - 1]), ...(judged ? [point.signals.map((signal) => SIGNAL_WORDS[signal]).join(', ') || '–'] : [])]),
      ),
    },
  };

  function changeOf({ value, movingRange }: SeriesPoint, before: SeriesPoint | undefined): string {
    if (value === null || movingRange === null || chart === null) return '–';
    const sign = movingRange === 0 ? '' : value > (before?.value ?? value) ? '+' : '−';
    return `${sign}${changeInWords(kind, movingRange, inWords)}${judged && movingRange > chart.movingRangeUpper ? ' (more than chance)' : ''}`;
  }
}

/** The months or weeks that can have the figure, and what is said of those left out or blank. */
function spansOf({ of, restsOnApprovals, followedDays, needs }: SeriesFigure, given: readonly KpiMonth[], unit: SeriesUnit, asAt: LocalDate): { readonly spans: readonly KpiMonth[]; readonly notes: readonly string[] } {
  const firstApproval = given.findIndex(({ block }) => block.turnaround.approvals > 0);
  const since = restsOnApprovals && firstApproval > 0 ? given.slice(firstApproval) : given;
  const spans = followedDays === null ? since : since.filter(({ period }) => addDays(period.to, followedDays) <= asAt);
  const [before, young, blank] = [given.length - since.length, since.length - spans.length, spans.filter(({ block }) => of(block) === null).length];
  const inWords = (number: number): string => countOf(number, unit, `${unit}s`);
  return {
    spans,
    notes: [
      ...(before > 0 ? [`This begins with the first approval: ${inWords(before)} before it ${before === 1 ? 'is' : 'are'} left out.`] : []),
      ...(young > 0 ? [`${inWords(young)} whose enquirers cannot yet be followed for ${String(followedDays)} days ${young === 1 ? 'is' : 'are'} left out.`] : []),
      ...(blank > 0 ? [`${inWords(blank)} without ${needs} ${blank === 1 ? 'is' : 'are'} left blank.`] : []),
    ],
  };
}

type Kind = SeriesFigure['kind'];

/** Shares with all of their decimals, other figures without those that are nought. */
function writtenAs(kind: Kind, decimals: number): (value: number) => string {
  const format = new Intl.NumberFormat('en-GB', { minimumFractionDigits: kind === 'share' ? decimals : 0, maximumFractionDigits: decimals });
  return (value) => (kind === 'share' ? `${format.format(value * 100)}%` : format.format(value));
}

/** As many decimals as it takes for no value beyond a limit to be written as the limit is. */
function decimalsFor(kind: Kind, { points, lower, upper }: XmrChart): number {
  const beyond = points.flatMap(({ value, signals }) => (value !== null && signals.includes('beyond_limits') ? [value] : []));
  let decimals = DECIMALS;
  const looksInside = (): boolean => beyond.some((value) => [lower, upper].map(writtenAs(kind, decimals)).includes(writtenAs(kind, decimals)(value)));
  while (decimals < MOST_DECIMALS && looksInside()) decimals += 1;
  return decimals;
}

/** Between two shares lie percentage points, not per cent. */
function changeInWords(kind: Kind, value: number, inWords: (value: number) => string): string {
  return kind === 'share' ? inWords(value).replace('%', '') : inWords(value);
}
