import { scaleLinear } from 'd3-scale';
import { type Drawing, drawing, type Mark, words } from './scene';

/** A share with the interval that it may lie in; null where there is no base. */
export interface IntervalRow {
  readonly name: string;
  readonly words: string;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
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
    const left = narrow ? 8 : 180;
    const right = width - (narrow ? 12 : 130);
    const greatest = Math.min(1, Math.max(0.05, level?.value ?? 0, ...rows.map(({ high, share }) => high ?? share ?? 0)) * 1.05);
    const x = scaleLinear([0, greatest], [left, right]).nice(5);
    const bottom = TOP + rows.length * ROW;
    const ticks = x.ticks(narrow ? 4 : 6);
    const marks: Mark[] = ticks.flatMap((tick): Mark[] => [
      { kind: 'line', x1: x(tick), x2: x(tick), y1: TOP, y2: bottom, of: 'grid' },
      words(x(tick), bottom + 18, `${String(Math.round(tick * 1000) / 10)}%`, 'middle', 'axis'),
    ]);
    if (level) marks.push({ kind: 'line', x1: x(level.value), x2: x(level.value), y1: TOP - 6, y2: bottom, of: 'level' }, words(x(level.value), TOP - 10, level.name, narrow ? 'start' : 'middle', 'level-name'));
    rows.forEach((row, index) => marks.push(...rowMarks(row, TOP + index * ROW + ROW / 2, x, narrow, left, width)));
    return { width, height: bottom + 26, marks };
  });
}

function rowMarks({ name, words: inWords, share, low, high }: IntervalRow, y: number, x: (value: number) => number, narrow: boolean, left: number, width: number): Mark[] {
  const at = narrow ? y + 10 : y;
  const named = narrow ? [words(left, y - 6, `${name}: ${inWords}`, 'start', 'strong')] : [words(left - 14, y + 5, name, 'end'), words(width - 4, y + 5, inWords, 'end', 'strong')];
  if (share === null) return named;
  return [
    ...named,
    ...(low === null || high === null ? [] : [{ kind: 'line' as const, x1: x(low), x2: x(high), y1: at, y2: at, of: 'interval' }]),
    { kind: 'circle', x: x(share), y: at, radius: 6, of: 'dot' },
  ];
}
