import { scaleLinear } from 'd3-scale';
import { type Drawing, drawing, type Mark, words } from './scene';

/** What a count was said to come to: its middle and the ranges that will hold it 80 and 95 times of 100. */
export interface RangeRow {
  readonly name: string;
  /** What stands at its end. */
  readonly words: string;
  readonly middle: number;
  readonly within80: { readonly low: number; readonly high: number };
  readonly within95: { readonly low: number; readonly high: number };
}

const ROW = 34;
const TOP = 28;

/** Ranges one below the other, the wider the thinner, and a line across all where it came or was meant to come. */
export function ranges({ label, rows, level }: { readonly label: string; readonly rows: readonly RangeRow[]; readonly level?: { readonly value: number; readonly name: string } }): Drawing {
  return drawing(label, (width, narrow) => {
    const [left, right] = [narrow ? 62 : 110, width - (narrow ? 104 : 130)];
    const ends = [...(level ? [level.value] : []), ...rows.flatMap(({ within95 }) => [within95.low, within95.high])];
    const lowest = Math.min(...ends);
    // Places on a line, not lengths from nought: where the ranges lie there is room to tell them apart.
    const x = scaleLinear([lowest, Math.max(lowest + 1, ...ends)], [left, right]).nice(5);
    const bottom = TOP + rows.length * ROW;
    const across = (row: RangeRow, range: { readonly low: number; readonly high: number }, height: number, of: string): Mark => ({ kind: 'rect', x: x(range.low), y: TOP + rows.indexOf(row) * ROW + (ROW - height) / 2, width: Math.max(1, x(range.high) - x(range.low)), height, of });
    const marks: Mark[] = x.ticks(narrow ? 4 : 8).flatMap((tick): Mark[] => [{ kind: 'line', x1: x(tick), x2: x(tick), y1: TOP, y2: bottom, of: 'grid' }, words(x(tick), bottom + 18, String(tick), 'middle', 'axis')]);
    if (level) marks.push({ kind: 'line', x1: x(level.value), x2: x(level.value), y1: TOP - 4, y2: bottom, of: 'level' }, words(x(level.value), TOP - 10, level.name, x(level.value) > width / 2 ? 'end' : 'start', 'level-name'));
    rows.forEach((row, index) => {
      const middle = TOP + index * ROW + ROW / 2;
      marks.push(words(left - 10, middle + 5, row.name, 'end'), across(row, row.within95, 6, 'may-come'), across(row, row.within80, 14, 'likely'), { kind: 'circle', x: x(row.middle), y: middle, radius: 4, of: 'middle' }, words(width - 4, middle + 5, row.words, 'end', 'strong'));
    });
    return { width, height: bottom + 28, marks };
  });
}
