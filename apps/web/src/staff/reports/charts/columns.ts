import { scaleBand, scaleLinear } from 'd3-scale';
import { type Drawing, drawing, type Mark, words } from './scene';

/** One column: its name below, its value in words on top. */
export interface Column {
  readonly name: string;
  /** Null: nothing to show, and no column. */
  readonly value: number | null;
  readonly words: string;
  /** The same where there is little room; `words` when left out. */
  readonly short?: string;
  /** Class of its colour; the usual one when left out. */
  readonly of?: string;
}

export interface Columns {
  readonly label: string;
  readonly columns: readonly Column[];
  /** The value at full height; the largest when left out. */
  readonly full?: number;
  /** A line across, such as a target. */
  readonly level?: { readonly value: number; readonly name: string };
  /** A line upright after so many columns, such as a limit between classes of days. */
  readonly limit?: { readonly after: number; readonly name: string };
  readonly height?: number;
  /** Below the names: what they count, in which unit. */
  readonly counted?: string;
}

/** Columns side by side, in order: months, or classes of days. */
export function columns({ label, columns: asked, full, level, limit, height: wanted = 220, counted }: Columns): Drawing {
  return drawing(label, (width, narrow) => {
    const given = narrow ? asked.map((column) => ({ ...column, words: column.short ?? column.words })) : asked;
    const height = wanted + (counted === undefined ? 0 : LANE);
    const step = (width - 8) / Math.max(1, given.length);
    const lanes = lanesFor(given, step);
    const frame = { left: 4, right: 4, top: (limit || level ? 40 : 24) + (lanes.many > 1 ? LANE : 0), bottom: 26 + height - wanted };
    const greatest = full ?? Math.max(1, level?.value ?? 0, ...given.map(({ value }) => value ?? 0));
    const x = scaleBand(given.map((_, index) => index), [frame.left, width - frame.right]).padding(narrow ? 0.15 : 0.25);
    const y = scaleLinear([0, greatest], [height - frame.bottom, frame.top]);
    const middle = (index: number): number => (x(index) ?? 0) + x.bandwidth() / 2;
    const highest = Math.min(...given.map(({ value }) => y(value ?? 0)));
    const everyName = Math.ceil(given.length / (narrow ? 12 : 24));
    const marks: Mark[] = given.flatMap(({ name, value, words: inWords, of = 'approved' }, index) => [
      ...(value === null || value === 0 ? [] : [{ kind: 'rect' as const, x: x(index) ?? 0, y: y(value), width: x.bandwidth(), height: y(0) - y(value), of }]),
      ...(index % lanes.every === 0 ? [words(middle(index), (lanes.many > 1 ? highest : y(value ?? 0)) - 6 - LANE * ((index / lanes.every) % lanes.many), inWords, 'middle', 'dot-name')] : []),
      ...(index % everyName === 0 ? [words(middle(index), height - frame.bottom + 18, name, 'middle', 'axis')] : []),
    ]);
    marks.push({ kind: 'line', x1: frame.left, x2: width - frame.right, y1: y(0), y2: y(0), of: 'base' });
    if (level) marks.push({ kind: 'line', x1: frame.left, x2: width - frame.right, y1: y(level.value), y2: y(level.value), of: 'level' }, words(frame.left, 14, level.name, 'start', 'level-name'));
    if (counted !== undefined) marks.push(words(width / 2, height - 6, counted, 'middle', 'axis'));
    if (limit) marks.push(...limitMarks(limit, x.step(), frame.left + (x.step() * x.padding()) / 2, height - frame.bottom));
    return { width, height, marks };
  });
}

/** Between the words of one column and, higher, those of the next. */
const LANE = 15;
/** Of a bold digit, and how much wider the per cent is. */
const LETTER = 8.5;
const PERCENT_MORE = 5;
const BETWEEN = 2;

/** Words wider than their column stand at two heights in turn above all columns; where that is not enough, not every column has its own. */
function lanesFor(given: readonly Column[], step: number): { readonly many: number; readonly every: number } {
  const widest = Math.max(...given.map(({ words: inWords }) => inWords.length * LETTER + (inWords.includes('%') ? PERCENT_MORE : 0))) + BETWEEN;
  return widest <= step ? { many: 1, every: 1 } : { many: 2, every: Math.ceil(widest / (2 * step)) };
}

/** The limit stands in the gap after its column; its name beside it, on the side that has room. */
function limitMarks({ after, name }: { readonly after: number; readonly name: string }, step: number, left: number, bottom: number): Mark[] {
  const at = left + after * step;
  return [{ kind: 'line', x1: at, x2: at, y1: 18, y2: bottom, of: 'moment' }, words(at + 5, 14, name, 'start', 'level-name')];
}
