import type { CensoredQuantile } from '@app/reports';
import { scaleLinear } from 'd3-scale';
import { decimal } from '../sections/cells';
import { type Drawing, drawing, type Mark, words } from './scene';

/** After how many days a quarter, half and three quarters have left a stage. */
export interface StageTimes {
  readonly name: string;
  readonly quartiles: readonly (CensoredQuantile | null)[];
}

const SHARES = ['a quarter', 'half', 'three quarters'];

/** "a quarter left within 7 days, half within 13 days, fewer than three quarters within 74 days so far". */
export function leavingInWords(quartiles: StageTimes['quartiles'], shares: readonly string[] = SHARES): string {
  const parts: string[] = [];
  for (const [index, value] of quartiles.entries()) {
    const left = parts.length === 0 ? ' left' : '';
    if (value !== null && 'moreThanDays' in value) {
      parts.push(`fewer than ${shares[index] ?? ''}${left} within ${inDays(value.moreThanDays)} so far`);
      break;
    }
    if (value !== null) parts.push(`${shares[index] ?? ''}${left} within ${inDays(value.days)}`);
  }
  return parts.join(', ');
}

const inDays = (days: number): string => `${decimal(days)} ${days === 1 ? 'day' : 'days'}`;

const ROW = 50;
const TOP = 8;
const BAR = 14;

/** How long the middle half stay in each stage, one below the other: a bar that is open where it has not ended yet. */
export function stageTimes({ label, rows }: { readonly label: string; readonly rows: readonly StageTimes[] }): Drawing {
  return drawing(label, (width, narrow) => {
    const [left, right] = [narrow ? 8 : 150, width - 24];
    const longest = Math.max(1, ...rows.flatMap(({ quartiles }) => quartiles.map((value) => (value === null ? 0 : daysOf(value)))));
    const x = scaleLinear([0, longest], [left, right]).nice(5);
    const bottom = TOP + rows.length * ROW;
    const marks: Mark[] = x.ticks(narrow ? 4 : 8).filter(Number.isInteger).flatMap((tick): Mark[] => [{ kind: 'line', x1: x(tick), x2: x(tick), y1: TOP, y2: bottom, of: 'grid' }, words(x(tick), bottom + 18, tick === 0 ? 'days' : String(tick), tick === 0 ? 'start' : 'middle', 'axis')]);
    rows.forEach((row, index) => marks.push(...rowMarks(row, TOP + index * ROW, x, narrow, left)));
    return { width, height: bottom + 26, marks };
  });
}

const daysOf = (value: CensoredQuantile): number => ('days' in value ? value.days : value.moreThanDays);

function rowMarks({ name, quartiles }: StageTimes, top: number, x: (days: number) => number, narrow: boolean, left: number): Mark[] {
  const middle = top + 34;
  const [quarter = null, half = null, most = null] = quartiles;
  const named = narrow ? [words(left, top + 20, `${name}: ${leavingInWords([half], ['half'])}`, 'start', 'strong')] : [words(left - 14, middle + 5, name, 'end'), words(left + 2, top + 20, leavingInWords(quartiles), 'start')];
  if (quarter === null || most === null) return named;
  const [from, until] = [x(daysOf(quarter)), x(daysOf(most))];
  return [
    ...named,
    { kind: 'rect', x: from, y: middle - BAR / 2, width: Math.max(2, until - from), height: BAR, of: 'likely' },
    ...('days' in most ? [] : [{ kind: 'path' as const, d: `M${(until + 2).toFixed(1)},${String(middle - 9)}l12,9l-12,9Z`, of: 'likely' }]),
    ...(half !== null && 'days' in half ? [{ kind: 'circle' as const, x: x(half.days), y: middle, radius: 4, of: 'middle' }] : []),
  ];
}
