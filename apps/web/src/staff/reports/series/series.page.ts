import { shortDateInWords } from '@app/kernel';
import { type KpiBlock, type KpiMonth, type Signal, SIGNALS, xmrChart } from '@app/reports';
import { count, countOf, listInWords, percent } from '../../../platform/words';
import { controlChart } from '../charts/control-chart';
import { decimal, table, wholeDays } from '../sections/cells';
import { monthName } from '../sections/months';

/** A figure that a month or week has by itself. */
interface Measure {
  readonly name: string;
  readonly value: (block: KpiBlock) => number | null;
  readonly inWords: (value: number | null) => string;
  readonly most?: number;
  /** Of those who enquired then: it goes on growing while some of them are on their way. */
  readonly grows?: true;
}

const rounded = (value: number | null): string => (value === null ? '–' : count(Math.round(value)));
const whole = (value: number | null): string => percent(value, 0);

const MEASURES: Readonly<Record<string, Measure>> = {
  enquiries: { name: 'Enquiries', value: ({ enquiries }) => enquiries, inWords: rounded },
  contacts: { name: 'Contacts', value: ({ contacts }) => contacts, inWords: rounded },
  approvals: { name: 'Approvals', value: ({ turnaround }) => turnaround.approvals, inWords: rounded },
  answered: { name: 'Answered in time', value: ({ firstResponse }) => firstResponse.rate, inWords: whole, most: 1 },
  share: { name: 'Approvals for each enquiry', value: ({ conversion }) => conversion.period.rate, inWords: (value) => percent(value) },
  hours: { name: 'Working hours to the first response (median)', value: ({ firstResponse }) => firstResponse.medianWorkingHours, inWords: decimal },
  slow_hours: { name: 'Working hours to the first response (nine of ten within)', value: ({ firstResponse }) => firstResponse.p90WorkingHours, inWords: decimal },
  turnaround: { name: 'Days from enquiry to approval (median)', value: ({ turnaround }) => turnaround.medianDays, inWords: wholeDays },
  slow_turnaround: { name: 'Days from enquiry to approval (nine of ten within)', value: ({ turnaround }) => turnaround.p90Days, inWords: wholeDays },
  six_months: { name: 'Approved within six months', value: ({ turnaround }) => turnaround.rate, inWords: whole, most: 1 },
  processing: { name: 'Days from application to approval (median)', value: ({ processing }) => processing.medianDays, inWords: wholeDays },
  eight_months: { name: 'Approved within eight months of the application', value: ({ processing }) => processing.rate, inWords: whole, most: 1 },
  applied: { name: 'Applied so far, of those who enquired then', value: ({ funnel, enquiries }) => (enquiries === 0 ? null : funnel.application / enquiries), inWords: whole, most: 1, grows: true },
  approved: { name: 'Approved so far, of those who enquired then', value: ({ conversion }) => conversion.cohort.rate, inWords: whole, most: 1, grows: true },
  lost: { name: 'Closed so far, of those who enquired then', value: ({ dropOut }) => dropOut.rate, inWords: whole, most: 1, grows: true },
};

/** The figures to choose from. */
export const MEASURE_CHOICES = Object.entries(MEASURES).map(([value, { name }]) => ({ value, text: name }));
/** The figure that an address asks for; the first when it asks for none that there is. */
export function measureAsked(asked: unknown): string {
  return typeof asked === 'string' && Object.hasOwn(MEASURES, asked) ? asked : 'enquiries';
}

const SIGNAL_WORDS: Readonly<Record<Signal, string>> = {
  beyond_limits: 'beyond the limits',
  two_of_three: 'two of three near a limit',
  run: 'nine or more on one side of the mean',
  trend: 'six or more rising or falling',
};

/** How long the parts of a series are. */
export type SeriesUnit = 'month' | 'week';

/** A part of the series in words: "Apr", or "April 2026"; "6 Apr", or "week of 6 Apr 2026". */
function spanName(unit: SeriesUnit, period: KpiMonth['period'], long = false): string {
  if (unit === 'month') return monthName(period, long);
  const monday = shortDateInWords(period.from);
  return long ? `week of ${monday}` : monday.replace(/ \d{4}$/, '');
}

/** With fewer parts than this the limits say more about those than about the hub. */
const FEWEST = 8;

/** One figure month by month, or week by week, between the limits of chance. Those without a base are left out. */
export function seriesPage(asked: string, spans: readonly KpiMonth[], unit: SeriesUnit) {
  const measure = MEASURES[asked];
  if (measure === undefined) throw new Error(`There is no measure ${asked}.`);
  const { name, value, inWords, most = Infinity, grows = false } = measure;
  const known = spans.flatMap(({ period, block }) => {
    const found = value(block);
    return found === null ? [] : [{ period, value: found }];
  });
  const chart = known.length < FEWEST ? null : xmrChart(known.map((span) => span.value), { least: 0, most });
  if (chart === null) return { name, grows, tooFew: known.length, chart: null };
  const points = known.flatMap(({ period }, index) => {
    const point = chart.points[index];
    return point === undefined ? [] : [{ ...point, period }];
  });
  const told = points.filter(({ signals }) => signals.length > 0);
  const title = told.length === 0 ? `${name}: nothing that chance alone does not explain` : `${name}: ${countOf(told.length, `${unit} stands`, `${unit}s stand`)} out from chance`;
  return {
    name,
    grows,
    tooFew: null,
    chart: {
      title,
      description: told.length === 0 ? `Every ${unit} lies within what chance alone allows, and none follows a pattern.` : `${SIGNALS.flatMap((signal) => spansTold(unit, signal, points)).join('; ')}.`.replace(/^./, (first) => first.toUpperCase()),
      drawing: controlChart({
        label: `${title}. Mean ${inWords(chart.mean)}, limits ${inWords(chart.lower)} to ${inWords(chart.upper)}.`,
        points: points.map(({ value: found, signals, period }) => ({ name: spanName(unit, period), value: found, words: signals.includes('beyond_limits') ? inWords(found) : '', standsOut: signals.length > 0 })),
        mean: chart.mean, lower: chart.lower, upper: chart.upper, inWords,
      }),
      table: table(
        `${name} by ${unit}; mean ${inWords(chart.mean)}, limits ${inWords(chart.lower)} to ${inWords(chart.upper)}`,
        [unit === 'month' ? 'Month' : 'Week', 'Value', 'Change', 'Stands out because'],
        points.map(({ period, value: found, movingRange, signals }) => [capital(spanName(unit, period, true)), inWords(found), movingRange === null ? '–' : inWords(movingRange), signals.map((signal) => SIGNAL_WORDS[signal]).join(', ') || '–']),
      ),
    },
  };
}

/** What a test found, with the months or weeks that it found it in: at most three by name, more by their number. */
function spansTold(unit: SeriesUnit, signal: Signal, points: readonly (Pick<KpiMonth, 'period'> & { readonly signals: readonly Signal[] })[]): string[] {
  const found = points.filter(({ signals }) => signals.includes(signal));
  if (found.length === 0) return [];
  return [`${SIGNAL_WORDS[signal]}: ${found.length <= 3 ? listInWords(found.map(({ period }) => spanName(unit, period, true))) : countOf(found.length, unit, `${unit}s`)}`];
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
