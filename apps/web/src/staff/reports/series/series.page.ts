import { type KpiBlock, type KpiMonth, type Signal, SIGNALS, xmrChart } from '@app/reports';
import { count, countOf, listInWords, percent } from '../../../platform/words';
import { controlChart } from '../charts/control-chart';
import { decimal, table, wholeDays } from '../sections/cells';
import { monthName } from '../sections/months';

/** A figure that a month has by itself, and that does not grow any more once the month is over. */
interface Measure {
  readonly name: string;
  readonly value: (block: KpiBlock) => number | null;
  readonly inWords: (value: number | null) => string;
  readonly most?: number;
}

const rounded = (value: number | null): string => (value === null ? '–' : count(Math.round(value)));
const whole = (value: number | null): string => percent(value, 0);

const MEASURES: Readonly<Record<string, Measure>> = {
  enquiries: { name: 'Enquiries', value: ({ enquiries }) => enquiries, inWords: rounded },
  contacts: { name: 'Contacts', value: ({ contacts }) => contacts, inWords: rounded },
  approvals: { name: 'Approvals', value: ({ turnaround }) => turnaround.approvals, inWords: rounded },
  answered: { name: 'Answered in time', value: ({ firstResponse }) => firstResponse.rate, inWords: whole, most: 1 },
  hours: { name: 'Working hours to the first response (median)', value: ({ firstResponse }) => firstResponse.medianWorkingHours, inWords: decimal },
  turnaround: { name: 'Days from enquiry to approval (median)', value: ({ turnaround }) => turnaround.medianDays, inWords: wholeDays },
  six_months: { name: 'Approved within six months', value: ({ turnaround }) => turnaround.rate, inWords: whole, most: 1 },
  processing: { name: 'Days from application to approval (median)', value: ({ processing }) => processing.medianDays, inWords: wholeDays },
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

/** With fewer months than this the limits say more about those months than about the hub. */
const FEWEST_MONTHS = 8;

/** One figure month by month between the limits of chance. Months without a base are left out. */
export function seriesPage(asked: string, months: readonly KpiMonth[]) {
  const measure = MEASURES[asked];
  if (measure === undefined) throw new Error(`There is no measure ${asked}.`);
  const { name, value, inWords, most = Infinity } = measure;
  const known = months.flatMap(({ period, block }) => {
    const found = value(block);
    return found === null ? [] : [{ period, value: found }];
  });
  const chart = known.length < FEWEST_MONTHS ? null : xmrChart(known.map((month) => month.value), { least: 0, most });
  if (chart === null) return { name, tooFew: known.length, chart: null };
  const points = known.flatMap(({ period }, index) => {
    const point = chart.points[index];
    return point === undefined ? [] : [{ ...point, period }];
  });
  const told = points.filter(({ signals }) => signals.length > 0);
  const title = told.length === 0 ? `${name}: nothing that chance alone does not explain` : `${name}: ${countOf(told.length, 'month stands', 'months stand')} out from chance`;
  return {
    name,
    tooFew: null,
    chart: {
      title,
      description: told.length === 0 ? 'Every month lies within what chance alone allows, and none follows a pattern.' : `${SIGNALS.flatMap((signal) => monthsTold(signal, points)).join('; ')}.`.replace(/^./, (first) => first.toUpperCase()),
      drawing: controlChart({
        label: `${title}. Mean ${inWords(chart.mean)}, limits ${inWords(chart.lower)} to ${inWords(chart.upper)}.`,
        points: points.map(({ value: found, signals, period }) => ({ name: monthName(period), value: found, words: signals.includes('beyond_limits') ? inWords(found) : '', standsOut: signals.length > 0 })),
        mean: chart.mean, lower: chart.lower, upper: chart.upper, inWords,
      }),
      table: table(
        `${name} by month; mean ${inWords(chart.mean)}, limits ${inWords(chart.lower)} to ${inWords(chart.upper)}`,
        ['Month', 'Value', 'Change', 'Stands out because'],
        points.map(({ period, value: found, movingRange, signals }) => [monthName(period, true), inWords(found), movingRange === null ? '–' : inWords(movingRange), signals.map((signal) => SIGNAL_WORDS[signal]).join(', ') || '–']),
      ),
    },
  };
}

/** What a test found, with the months that it found it in: at most three by name, more by their number. */
function monthsTold(signal: Signal, points: readonly (Pick<KpiMonth, 'period'> & { readonly signals: readonly Signal[] })[]): string[] {
  const found = points.filter(({ signals }) => signals.includes(signal));
  if (found.length === 0) return [];
  return [`${SIGNAL_WORDS[signal]}: ${found.length <= 3 ? listInWords(found.map(({ period }) => monthName(period, true))) : countOf(found.length, 'month', 'months')}`];
}
