import { addDays, type LocalDate } from '@app/kernel';
import { enoughToTell, type KpiMonth, markedByChance, type Signal, SIGNALS, type XmrChart, xmrChart } from '@app/reports';
import { count, countOf } from '../../../platform/words';
import { controlChart, type PointShape } from '../charts/control-chart';
import { table } from '../sections/cells';
import type { SeriesFigure } from './series.figures';
import { capital, findingOf, type SeriesPoint, type SeriesUnit, signalsTold, SIGNAL_WORDS, spanName } from './series.words';

const SHAPES: Readonly<Record<Signal, PointShape>> = { beyond_limits: 'square', two_of_three: 'cross', run: 'diamond', trend: 'triangle' };

/** With fewer parts than this the limits say more about those than about the hub. */
const FEWEST = 8;
const MONTHS_OF_A_QUARTER = 3;
/** Decimals of the lines, which lie between the values. */
const DECIMALS = 1;
const MOST_DECIMALS = 4;

/** One figure month by month, quarter by quarter or week by week, between the limits of chance where there is enough to tell. */
export function seriesPage(figure: SeriesFigure, given: readonly KpiMonth[], unit: SeriesUnit, asAt: LocalDate) {
  const { name, kind, changesYet } = figure;
  const { spans, notes } = spansOf(figure, given, unit, asAt);
  const based = spans.flatMap(({ block }) => {
    const value = figure.of(block);
    return value === null ? [] : [{ value, base: figure.base(block) }];
  });
  const chart = based.length < FEWEST ? null : xmrChart(spans.map(({ block }) => figure.of(block)), { least: 0, ...(figure.nature === 'share' ? { most: 1 } : {}) });
  if (chart === null) return { name, notes, changesYet: null, judged: false, byChance: null, tooFew: based.length, chart: null };
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
    changesYet: changesYet ? onTheirWay(unit, spans) : null,
    judged,
    byChance: judged ? byChanceInWords(unit, markedByChance(figure.nature, based), based.length) : null,
    tooFew: null,
    chart: {
      title,
      description: changesYet ? '' : judged ? signalsTold(unit, points) : `So few each ${unit} go up and down a lot without any reason: ${lookInstead(unit, given.length)}.`,
      drawing: controlChart({
        label: `${title}. ${capital(lines)}.`,
        points: points.map(({ value, signals, period }) => {
          const [signal] = signals;
          return { name: spanName(unit, period), year: period.from.slice(0, 4), value, words: value !== null && signal === 'beyond_limits' ? inWords(value) : '', shape: signal === undefined ? null : SHAPES[signal] };
        }),
        mean: chart.mean,
        limits: judged ? chart : null,
        shapes: SIGNALS.filter((signal) => points.some(({ signals: [first] }) => first === signal)).map((signal) => ({ shape: SHAPES[signal], means: SIGNAL_WORDS[signal] })),
        counts: kind === 'count',
        inWords,
        tickInWords: writtenAs(kind, kind === 'share' ? 0 : 1),
      }),
      table: table(
        `${name} by ${unit}; ${lines}${judged ? `; a change of more than ${changeInWords(kind, chart.movingRangeUpper, inWords)} comes by chance one time in a hundred` : ''}`,
        [capital(unit), name, kind === 'share' ? 'Change in percentage points' : 'Change', ...(judged ? ['Stands out because'] : []), ...(changesYet ? ['Enquirers still on their way'] : [])],
        points.map((point, index) => [
          capital(spanName(unit, point.period, true)), point.value === null ? '–' : inWords(point.value), changeOf(point, points[index - 1]),
          ...(judged ? [point.signals.map((signal) => SIGNAL_WORDS[signal]).join(', ') || '–'] : []), ...(changesYet ? [count(spans[index]?.block.openNow.total)] : []),
        ]),
      ),
    },
  };

  function changeOf({ value, movingRange }: SeriesPoint, before: SeriesPoint | undefined): string {
    if (value === null || movingRange === null || chart === null) return '–';
    const sign = movingRange === 0 ? '' : value > (before?.value ?? value) ? '+' : '−';
    return `${sign}${changeInWords(kind, movingRange, inWords)}${judged && movingRange > chart.movingRangeUpper ? ' (more than chance)' : ''}`;
  }
}

/** How many of those who enquired in these parts have not come to an end, so that their figures are not yet what they will become. */
function onTheirWay(unit: SeriesUnit, spans: readonly KpiMonth[]): string {
  const [open, enquiries] = [sumOf(spans, ({ openNow }) => openNow.total), sumOf(spans, (block) => block.enquiries)];
  if (open === 0) return `Nobody who enquired then is on the way any more. A reopening can still change this, so that no ${unit} is called unusual.`;
  return `This goes on changing: of the ${countOf(enquiries, 'family', 'families')} who enquired in these ${unit}s ${countOf(open, 'is', 'are')} still on the way. The last ${unit}s are not yet what they will become, so that no ${unit} is called unusual; the figures below the chart tell how many are still on the way from each.`;
}

function sumOf(spans: readonly KpiMonth[], of: (block: KpiMonth['block']) => number): number {
  return spans.reduce((sum, { block }) => sum + of(block), 0);
}

/** Where more stand behind each part; by quarter only where the months make enough of them. */
function lookInstead(unit: SeriesUnit, spans: number): string {
  if (unit === 'week') return 'look by month';
  return unit === 'month' && spans >= MONTHS_OF_A_QUARTER * FEWEST ? 'look by quarter' : 'compare whole years in the report instead';
}

/** How often a chart like this one marks what is nothing but chance. */
function byChanceInWords(unit: SeriesUnit, { of100, few }: ReturnType<typeof markedByChance>, spans: number): string {
  const charts = `Of 100 charts of ${countOf(spans, unit, `${unit}s`)} in which nothing changed,`;
  return few ? `${charts} up to ${String(of100)} would show a mark by chance alone, more than usual, because few stand behind each ${unit}.` : `${charts} about ${String(of100)} would show a mark by chance alone.`;
}

/** The months, quarters or weeks that can have the figure, and what is said of those left out or blank. */
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
