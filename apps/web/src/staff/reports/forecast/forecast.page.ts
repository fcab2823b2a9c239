import { addDays, dateInWords, daysBetween, type LocalDate, minDate, momentInWords, shortDateInWords } from '@app/kernel';
import { MILESTONE_MEANINGS, MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import type { BackTest, KeptForecast, KpiMonth, Levers, WhatIf, YearForecast } from '@app/reports';
import { count, countOf, percent } from '../../../platform/words';
import { outlook } from '../charts/outlook';
import { ranges } from '../charts/ranges';
import { decimal, table } from '../sections/cells';
import { monthName, monthsBegun } from '../sections/months';

/** What the page of a forecast is made of. */
export interface ForecastPageFacts {
  readonly forecast: YearForecast;
  /** When it was kept, or null when it was made just now. */
  readonly madeAt: Date | null;
  /** The months of the forecast's year, as at its date. */
  readonly months: readonly KpiMonth[];
  readonly earlier: readonly KeptForecast[];
  /** Approvals that a year came to, by its first day; only years that are over. */
  readonly came: ReadonlyMap<LocalDate, number>;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Approvals of the whole year: those so far and those to come. */
function ofTheYear({ approvedSoFar, toCome }: YearForecast): { readonly median: number; readonly within80: Range; readonly within95: Range } {
  const shifted = ({ low, high }: Range): Range => ({ low: low + approvedSoFar, high: high + approvedSoFar });
  return { median: approvedSoFar + toCome.median, within80: shifted(toCome.within80), within95: shifted(toCome.within95) };
}

const range = ({ low, high }: Range): string => `${count(low)} to ${count(high)}`;

/** What the year will come to if nothing changes, what would change it, and how earlier forecasts did. */
export function forecastPage({ forecast, madeAt, months, earlier, came }: ForecastPageFacts) {
  const { year, asAt, approvedSoFar, toCome, open, enquiriesToCome, target } = forecast;
  const whole = ofTheYear(forecast);
  const by = shortDateInWords(year.to);
  const title = `If nothing changes, about ${householdsApproved(Math.round(whole.median))} in ${year.label}${verdict(whole, approvedSoFar, target)}`;
  return {
    about: `As at the end of ${dateInWords(asAt)}${madeAt === null ? ', made now' : `, made on ${momentInWords(madeAt)}`}.`,
    year: year.label,
    title,
    description: `The line is what has come so far. Within the dark wedge, between the unbroken lines, the year ends 80 times of 100; within the light one, between the dashed lines, 95 times of 100. On average ${decimal(toCome.fromOpen)} more are approved by ${by} of the ${countOf(open, 'family', 'families')} on the way now, and ${decimal(Math.max(0, toCome.mean - toCome.fromOpen))} of about ${countOf(Math.round(enquiriesToCome), 'enquiry', 'enquiries')} still to come.`,
    drawing: outlook({
      label: `${title}. ${count(approvedSoFar)} so far; 80 times of 100 from ${range(whole.within80)}, 95 times of 100 from ${range(whole.within95)}${target === null ? '' : `; the target is ${count(target)}`}.`,
      soFar: soFar(months, forecast), days: daysBetween(year.from, year.to) + 1, ...whole, target,
      ticks: months.map(({ period }) => ({ day: daysBetween(year.from, period.from), name: monthName(period) })),
    }),
    table: table(`Approvals in ${year.label}`, ['Approvals', 'Households', '80 times of 100', '95 times of 100'], [
      ['So far', count(approvedSoFar), '', ''],
      ['Still to come', count(Math.round(toCome.median)), range(toCome.within80), range(toCome.within95)],
      ['By the end of the year', count(Math.round(whole.median)), range(whole.within80), range(whole.within95)],
      ...(target === null ? [] : [['Target as stated', count(target), '', '']]),
    ]),
    lost: lostMost(months),
    pushes: pushesOf(forecast, by),
    levers: forecast.levers === null || target === null ? null : leversInWords(forecast.levers, forecast, by),
    target: target === null ? null : count(target),
    years: yearsOf(earlier, came),
  };
}

function householdsApproved(households: number): string {
  return `${countOf(households, 'household is', 'households are')} approved`;
}

/** Where most of the year's enquirers were lost so far; null when none was. */
function lostMost(months: readonly KpiMonth[]): string | null {
  const lost = MILESTONES_BEFORE_APPROVAL.map((milestone) => ({ where: MILESTONE_MEANINGS[milestone].dropOut ?? '', closed: months.reduce((sum, { block }) => sum + block.dropOut.byStage[milestone], 0) }));
  const all = lost.reduce((sum, { closed }) => sum + closed, 0);
  const most = lost.reduce((first, next) => (next.closed > first.closed ? next : first), { where: '', closed: 0 });
  return all === 0 ? null : `Of ${countOf(all, 'enquirer', 'enquirers')} of the year who ${all === 1 ? 'was' : 'were'} lost so far, most were lost ${most.where}: ${count(most.closed)}.`;
}

function verdict({ within80, within95 }: ReturnType<typeof ofTheYear>, approvedSoFar: number, target: number | null): string {
  if (target === null) return '';
  const aim = `the target of ${count(target)}`;
  if (approvedSoFar >= target) return `: ${aim} is reached`;
  if (within95.low >= target) return `: ${aim} is as good as reached`;
  if (within80.low >= target) return `: ${aim} is very likely reached`;
  if (within95.high < target) return `: ${aim} is out of reach on this course`;
  if (within80.high < target) return `: ${aim} is unlikely to be reached`;
  return `: ${aim} may be reached or missed`;
}

/** The count at the end of each month that has begun, and at the as-at date. */
function soFar(months: readonly KpiMonth[], { year, asAt }: YearForecast): { readonly day: number; readonly count: number }[] {
  let sum = 0;
  return monthsBegun(months, asAt).map(({ period, block }) => {
    sum += block.turnaround.approvals;
    return { day: daysBetween(year.from, addDays(minDate(period.to, asAt), 1)), count: sum };
  });
}

const PUSH_NAMES: Readonly<Record<keyof WhatIf, string>> = { volume: 'A tenth more enquiries from now on', lost: 'A tenth fewer lost at every stage', speed: 'Every step a tenth quicker' };

function pushesOf({ pushes }: YearForecast, by: string) {
  const listed = (Object.keys(PUSH_NAMES) as (keyof WhatIf)[]).map((push) => ({ push, brings: pushes[push] })).sort((one, other) => other.brings - one.brings);
  const [best] = listed;
  return {
    title: best === undefined || best.brings < 0.05 ? `A tenth more of anything brings next to nothing by ${by}` : `${PUSH_NAMES[best.push]} would bring most by ${by}: about ${decimal(best.brings)} more approvals`,
    table: table(`What a tenth would bring by ${by}`, ['Push', 'More approvals'], listed.map(({ push, brings }) => [PUSH_NAMES[push], decimal(Math.max(0, brings))])),
  };
}

/** What each lever alone would have to be. */
function leversInWords({ volume, lost, speed }: Levers, { enquiriesToCome }: YearForecast, by: string): string[] {
  if (volume === 1 && lost === 1 && speed === 1) return ['Nothing has to change: as many approvals are to be expected as it is.'];
  return [
    volume === null ? `Enquiries: even four times as many would not do it, because few of them can be approved by ${by}.` : `Enquiries: ${decimal(volume)} times as many from now on, ${count(Math.ceil(volume * enquiriesToCome))} instead of ${count(Math.round(enquiriesToCome))} by ${by}.`,
    lost === null ? `Conversion: not even if nobody were lost any more, because the rest of the way takes longer than until ${by}.` : `Conversion: of every 100 families who are now lost on the way, ${count(Math.ceil((1 - lost) * 100))} would have to go on instead (${percent(1 - lost, 0)} fewer lost at every stage).`,
    speed === null ? 'Speed: even four times as quick would not do it; too few are on the way.' : `Speed: every step would have to take ${percent(1 - 1 / speed, 0)} less time than now.`,
  ];
}

/** The first forecast of each month, by the year that it was of, beside what the year came to. */
function yearsOf(earlier: readonly KeptForecast[], came: ReadonlyMap<LocalDate, number>) {
  const froms = [...new Set(earlier.map(({ forecast }) => forecast.year.from))];
  return froms.map((from, index) => {
    const made = [...earlier].filter(({ forecast }) => forecast.year.from === from).reverse();
    const result = came.get(from) ?? null;
    const label = made[0]?.forecast.year.label ?? '';
    const rows = made.map(({ asAt, forecast }) => ({ name: shortDateInWords(asAt).replace(/ \d{4}$/, ''), on: shortDateInWords(asAt), month: monthName({ from: asAt, to: asAt }, true).replace(/ \d{4}$/, ''), middle: Math.round(ofTheYear(forecast).median), ...ofTheYear(forecast), soFar: forecast.approvedSoFar }));
    const held = rows.filter(({ within95 }) => result !== null && within95.low <= result && result <= within95.high).length;
    const target = made.at(-1)?.forecast.target ?? null;
    const level = result !== null ? { value: result, name: `came to ${count(result)}` } : target !== null ? { value: target, name: `target ${count(target)}` } : null;
    const title = result === null ? `${label} is not over: ${movement(rows)}${target === null ? '' : againstTarget(rows, target)}` : `${label} came to ${countOf(result, 'approval', 'approvals')}: ${count(held)} of ${countOf(rows.length, 'forecast', 'forecasts')} held that within their 95% range`;
    return {
      id: `forecasts-${String(index + 1)}`,
      title,
      drawing: ranges({ label: `${title}. ${rows.map(({ name, within95, middle }) => `${name}: ${count(middle)}, 95 times of 100 from ${range(within95)}`).join('; ')}.`, rows: rows.map((row) => ({ ...row, words: `${count(row.middle)} (${range(row.within95)})` })), ...(level === null ? {} : { level }) }),
      table: table(
        `Forecasts of ${label}`,
        ['As at', 'Approved by then', 'Forecast for the year', '80 times of 100', '95 times of 100', 'What then came', 'Held'],
        rows.map(({ on, soFar: then, middle, within80, within95 }) => [on, count(then), count(middle), range(within80), range(within95), result === null ? 'not over' : count(result), heldInWords(result, within80, within95)]),
      ),
    };
  });
}

/** How the forecasts of a year moved: from the first to the last, and by way of the one farthest beyond both. */
function movement(rows: readonly { readonly month: string; readonly middle: number }[]): string {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return 'nothing was forecast yet';
  if (rows.length === 1) return `its first forecast, in ${first.month}, is ${count(first.middle)}`;
  const beyond = ({ middle }: { readonly middle: number }): number => Math.max(middle - Math.max(first.middle, last.middle), Math.min(first.middle, last.middle) - middle);
  const turn = rows.reduce((farthest, row) => (beyond(row) > beyond(farthest) ? row : farthest));
  const went = (from: number, to: number): string => (to > from ? 'rose' : 'fell');
  if (beyond(turn) > 0) return `its forecast ${went(first.middle, turn.middle)} from ${count(first.middle)} in ${first.month} to ${count(turn.middle)} in ${turn.month}, and was ${count(last.middle)} in ${last.month}`;
  return first.middle === last.middle ? `its forecast has been ${count(first.middle)} since ${first.month}` : `its forecast ${went(first.middle, last.middle)} from ${count(first.middle)} in ${first.month} to ${count(last.middle)} in ${last.month}`;
}

function againstTarget(rows: readonly { readonly within95: Range }[], target: number): string {
  const outside = rows.filter(({ within95 }) => target < within95.low || target > within95.high).length;
  return `; the target of ${count(target)} lay outside the 95% range in ${count(outside)} of ${count(rows.length)}`;
}

function heldInWords(result: number | null, within80: Range, within95: Range): string {
  if (result === null) return '–';
  if (within80.low <= result && result <= within80.high) return 'yes';
  return within95.low <= result && result <= within95.high ? 'within 95 of 100' : 'no';
}

/** How forecasts did on hubs whose end is known. */
export function triedInWords({ hubs, held95, held80, medianError }: BackTest): string {
  const timesOf100 = (share: number): string => decimal(share * 100);
  return `Tried on ${count(hubs)} made-up hubs whose end is known, the 95% range held it ${timesOf100(held95)} times of 100, the 80% range ${timesOf100(held80)}, and half of the forecasts were within ${percent(medianError)} of it. Ranges end at whole households, so that they hold more often than they say where few are approved.`;
}
