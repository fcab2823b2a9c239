import type { CensoredQuantile } from '@app/reports';
import { scaleLinear } from 'd3-scale';
import { type Drawing, drawing, type Mark, words } from './scene';

/** After how many days a quarter, half and three quarters have left a stage, and the same in words ("within 13 days"). */
export interface StageTimes {
  readonly name: string;
  readonly quartiles: readonly (CensoredQuantile | null)[];
  readonly left: readonly string[];
}

/** "a quarter left within 7 days, half within 13 days, three quarters not within 74 days so far". */
export function leavingInWords([quarter = '', half = '', most = '']: readonly string[]): string {
  return `a quarter left ${quarter}, half ${half}, three quarters ${most}`;
}

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
    const marks: Mark[] = x.ticks(narrow ? 4 : 8).flatMap((tick): Mark[] => [{ kind: 'line', x1: x(tick), x2: x(tick), y1: TOP, y2: bottom, of: 'grid' }, words(x(tick), bottom + 18, tick === 0 ? 'days' : String(tick), tick === 0 ? 'start' : 'middle', 'axis')]);
    rows.forEach((row, index) => marks.push(...rowMarks(row, TOP + index * ROW, x, narrow, left)));
    return { width, height: bottom + 26, marks };
  });
}

const daysOf = (value: CensoredQuantile): number => ('days' in value ? value.days : value.moreThanDays);

function rowMarks({ name, quartiles: [quarter = null, half = null, most = null], left: inWords }: StageTimes, top: number, x: (days: number) => number, narrow: boolean, left: number): Mark[] {
  const middle = top + 34;
  const named = narrow ? [words(left, top + 20, `${name}: half ${inWords[1] ?? ''}`, 'start', 'strong')] : [words(left - 14, middle + 5, name, 'end'), words(left + 2, top + 20, leavingInWords(inWords), 'start', 'strong')];
  if (quarter === null || most === null) return named;
  const [from, until] = [x(daysOf(quarter)), x(daysOf(most))];
  return [
    ...named,
    { kind: 'rect', x: from, y: middle - BAR / 2, width: Math.max(2, until - from), height: BAR, of: 'likely' },
    ...('days' in most ? [] : [{ kind: 'path' as const, d: `M${(until + 2).toFixed(1)},${String(middle - 9)}l12,9l-12,9Z`, of: 'likely' }]),
    ...(half !== null && 'days' in half ? [{ kind: 'circle' as const, x: x(half.days), y: middle, radius: 4, of: 'middle' }] : []),
  ];
}
