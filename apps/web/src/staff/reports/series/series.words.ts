import { shortDateInWords } from '@app/kernel';
import { type KpiMonth, type Signal, SIGNALS, type XmrChart, type XmrPoint } from '@app/reports';
import { countOf, listInWords } from '../../../platform/words';
import { monthName } from '../sections/months';
import type { SeriesFigure } from './series.figures';

/** How long the parts of a series are. */
export const SERIES_UNITS = ['month', 'quarter', 'week'] as const;
export type SeriesUnit = (typeof SERIES_UNITS)[number];

/** A point of the chart with the month or week that it is of. */
export interface SeriesPoint extends XmrPoint, Pick<KpiMonth, 'period'> {}

export const SIGNAL_WORDS: Readonly<Record<Signal, string>> = {
  beyond_limits: 'beyond the limits',
  two_of_three: 'two of three near a limit',
  run: 'nine or more in a row on one side of the mean',
  trend: 'six or more in a row rising or falling',
};

/** A part of the series in words: "Apr", or "April 2026"; "Apr–Jun", or "April to June 2026"; "6 Apr", or "week of 6 Apr 2026". */
export function spanName(unit: SeriesUnit, period: KpiMonth['period'], long = false): string {
  if (unit === 'month') return monthName(period, long);
  if (unit === 'quarter') {
    const [first, last] = [monthName(period, long), monthName({ ...period, from: period.to }, long)];
    return long ? `${first.replace(/ \d{4}$/, '')} to ${last}` : `${first}–${last}`;
  }
  const monday = shortDateInWords(period.from);
  return long ? `week of ${monday}` : monday.replace(/ \d{4}$/, '');
}

/** What the chart shows, in a few words: the newest of what is most surely no chance. */
export function findingOf(unit: SeriesUnit, { kind }: Pick<SeriesFigure, 'kind'>, points: readonly SeriesPoint[], { mean }: Pick<XmrChart, 'mean'>, inWords: (value: number) => string): string {
  const values = points.map(({ value }) => value);
  const signal = SIGNALS.find((one) => one !== 'two_of_three' && points.some(({ signals }) => signals.includes(one))) ?? (points.some(({ signals }) => signals.length > 0) ? 'two_of_three' : null);
  if (signal === null) return 'nothing more than chance';
  const found = points.flatMap(({ signals }, index) => (signals.includes(signal) ? [index] : []));
  const last = found.at(-1) ?? 0;
  const value = values[last] ?? mean;
  const name = (index: number): string => spanNamed(unit, points[index]);
  if (signal === 'beyond_limits') {
    const others = found.length - 1;
    const way = value > mean ? (kind === 'count' ? 'more' : 'higher') : kind === 'count' ? 'fewer' : 'lower';
    return `${inWords(value)} in ${unit === 'week' ? 'the ' : ''}${name(last)}, ${way} than chance explains${others === 0 ? '' : `, and ${countOf(others, `other ${unit}`, `other ${unit}s`)} beyond the limits`}`;
  }
  if (signal === 'two_of_three') return `${listInWords(found.slice(-2).map(name))} both near the ${value > mean ? 'upper' : 'lower'} limit, hardly by chance`;
  const start = signal === 'run' ? streakFrom(last, (index) => points[index]?.signals.includes('run') === true && ((values[index] ?? mean) > mean) === value > mean) : trendFrom(last, values);
  const long = `${String(last - start + 1)} ${unit}s in a row`;
  return signal === 'run' ? `${long} ${value > mean ? 'above' : 'below'} the mean, from ${unit === 'week' ? 'the ' : ''}${name(start)}` : `${value > (values[last - 1] ?? value) ? 'rising' : 'falling'} over ${long}, from ${unit === 'week' ? 'the ' : ''}${name(start)}`;
}

function spanNamed(unit: SeriesUnit, point: SeriesPoint | undefined): string {
  return point === undefined ? '' : spanName(unit, point.period, true);
}

/** The first index of the row that ends with the last one. */
function streakFrom(last: number, holds: (index: number) => boolean): number {
  let start = last;
  while (start > 0 && holds(start - 1)) start -= 1;
  return start;
}

function trendFrom(last: number, values: readonly (number | null)[]): number {
  const step = (index: number): number => ((values[index] ?? null) === null || (values[index - 1] ?? null) === null ? 0 : Math.sign((values[index] ?? 0) - (values[index - 1] ?? 0)));
  let start = last;
  while (start > 0 && step(start) === step(last)) start -= 1;
  return start;
}

/** What each test found, with the months or weeks that it found it in: at most three by name, more by their number. */
export function signalsTold(unit: SeriesUnit, points: readonly SeriesPoint[]): string {
  const told = SIGNALS.flatMap((signal) => {
    const found = points.filter(({ signals }) => signals.includes(signal));
    if (found.length === 0) return [];
    return [`${SIGNAL_WORDS[signal]}: ${found.length <= 3 ? listInWords(found.map(({ period }) => spanName(unit, period, true))) : countOf(found.length, unit, `${unit}s`)}`];
  });
  return told.length === 0 ? `Every ${unit} lies within what chance alone allows, and none follows a pattern.` : `${capital(told.join('; '))}.`;
}

/** With its first letter as at the start of a sentence. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
