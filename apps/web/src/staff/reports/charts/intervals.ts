import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { type Drawing, drawing, type Mark, words } from './scene';

/** A share with the interval that it may lie in; null where there is no base. */
export interface IntervalRow {
  readonly name: string;
  readonly words: string;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** So little to go by that its interval would leave no room to compare the others: the scale does not go by it. */
  readonly few?: boolean;
}

export interface Intervals {
  readonly label: string;
  readonly rows: readonly IntervalRow[];
  /** A line across all rows, such as the hub's own share. */
  readonly level?: { readonly value: number; readonly name: string };
}

const ROW = 46;
const TOP = 26;

/** Shares as dots with their 95 % intervals as lines, so that a small number is not taken for a certain one. */
export function intervals({ label, rows, level }: Intervals): Drawing {
  return drawing(label, (width, narrow) => {
    const left = narrow ? 14 : 180;
    const right = width - (narrow ? 20 : 130);
    const sure = rows.some(({ few }) => few !== true) ? rows.filter(({ few }) => few !== true) : rows;
    const greatest = Math.min(1, Math.max(0.05, level?.value ?? 0, ...sure.map(({ high, share }) => high ?? share ?? 0)) * 1.05);
    const x = scaleLinear([0, greatest], [left, right]).nice(5);
    const bottom = TOP + rows.length * ROW;
    const ticks = x.ticks(narrow ? 4 : 6);
    const marks: Mark[] = ticks.flatMap((tick): Mark[] => [
      { kind: 'line', x1: x(tick), x2: x(tick), y1: TOP, y2: bottom, of: 'grid' },
      words(x(tick), bottom + 18, `${String(Math.round(tick * 1000) / 10)}%`, 'middle', 'axis'),
    ]);
    if (level) marks.push(...levelMarks(x(level.value), rows.length, narrow), words(x(level.value), TOP - 10, level.name, narrow ? 'start' : 'middle', 'level-name'));
    rows.forEach((row, index) => marks.push(...rowMarks(row, TOP + index * ROW + ROW / 2, x, narrow, left, width)));
    return { width, height: bottom + 26, marks };
  });
}

/** The line across; on a telephone, where the names stand between the rows, it leaves them out. */
function levelMarks(at: number, rows: number, narrow: boolean): Mark[] {
  const line = (y1: number, y2: number): Mark => ({ kind: 'line', x1: at, x2: at, y1, y2, of: 'level' });
  return narrow ? Array.from({ length: rows }, (_, row) => line(TOP + row * ROW + ROW / 2, TOP + (row + 1) * ROW - 4)) : [line(TOP - 6, TOP + rows * ROW)];
}

function rowMarks({ name, words: inWords, share, low, high }: IntervalRow, y: number, x: ScaleLinear<number, number>, narrow: boolean, left: number, width: number): Mark[] {
  const at = narrow ? y + 10 : y;
  const named = narrow ? [words(left, y - 6, `${name}: ${inWords}`, 'start', 'strong')] : [words(left - 14, y + 5, name, 'end'), words(width - 4, y + 5, inWords, 'end', 'strong')];
  if (share === null) return named;
  const end = x.range()[1] ?? width;
  return [
    ...named,
    ...(low === null || high === null ? [] : [{ kind: 'line' as const, x1: Math.min(x(low), end), x2: Math.min(x(high), end), y1: at, y2: at, of: 'interval' }]),
    ...(high !== null && x(high) > end ? [{ kind: 'path' as const, d: `M${String(end)},${String(at - 6)}l10,6l-10,6z`, of: 'approved' }] : []),
    ...(x(share) > end ? [] : [{ kind: 'circle' as const, x: x(share), y: at, radius: 6, of: 'dot' }]),
  ];
}
