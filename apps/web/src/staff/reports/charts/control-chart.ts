import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { type Drawing, drawing, type Mark, words } from './scene';

/** The shapes that points are told apart by, without their colour. */
export type PointShape = 'square' | 'diamond' | 'triangle' | 'cross';

/** One place in the order of time. */
export interface ControlPoint {
  readonly name: string;
  /** Written under the name where it is the first of a year. */
  readonly year: string;
  /** Null leaves a gap. */
  readonly value: number | null;
  /** What is written beside the point where there is room; may be empty. */
  readonly words: string;
  /** How a point that is hardly chance is marked. */
  readonly shape: PointShape | null;
}

export interface ControlChart {
  readonly label: string;
  readonly points: readonly ControlPoint[];
  readonly mean: number;
  /** Null where chance cannot be told. */
  readonly limits: { readonly lower: number; readonly upper: number } | null;
  /** What the shapes that occur mean. */
  readonly shapes: readonly { readonly shape: PointShape; readonly means: string }[];
  /** A value in words, for the lines. */
  readonly inWords: (value: number) => string;
  /** Whether there is nothing between one and the next, so that the axis has no parts of one. */
  readonly counts: boolean;
  /** A value in words, for the axis. */
  readonly tickInWords: (value: number) => string;
}

const PLOT_HEIGHT = 210;
const BELOW = 46;
const LINE_HEIGHT = 18;

/** A series between the limits of chance: points that stand out are larger and of another shape. */
export function controlChart({ label, points, mean, limits, shapes, counts, inWords, tickInWords }: ControlChart): Drawing {
  return drawing(label, (width, narrow) => {
    const across = narrow ? 1 : 2;
    const frame = { left: 48, right: narrow ? 88 : 140, top: 28 + LINE_HEIGHT * Math.ceil(shapes.length / across) };
    const height = frame.top + PLOT_HEIGHT + BELOW;
    const right = width - frame.right;
    const values = points.flatMap(({ value }) => value ?? []);
    const lines = limits === null ? [mean] : [limits.upper, mean, limits.lower];
    const x = scalePoint(points.map((_, index) => index), [frame.left, right]).padding(0.5);
    const [least, most] = [Math.min(...lines, ...values), Math.max(...lines, ...values)];
    const y = scaleLinear(least === most ? [Math.min(0, least), Math.max(1, most * 1.1)] : [least, most], [frame.top + PLOT_HEIGHT - 12, frame.top]);
    const at = (index: number): number => x(index) ?? 0;
    const through = line<ControlPoint>((_, index) => at(index), ({ value }) => y(value ?? 0)).defined(({ value }) => value !== null).digits(1);
    const marks: Mark[] = [
      ...(limits === null ? [] : [{ kind: 'rect', x: frame.left, y: y(limits.upper), width: right - frame.left, height: Math.max(0, y(limits.lower) - y(limits.upper)), of: 'open' } as const]),
      ...y.ticks(5).filter((tick) => !counts || Number.isInteger(tick)).flatMap((tick): Mark[] => [{ kind: 'line', x1: frame.left, x2: right, y1: y(tick), y2: y(tick), of: 'grid' }, words(frame.left - 6, y(tick) + 4, tickInWords(tick), 'end', 'axis')]),
      ...(limits === null ? [] : [limits.upper, limits.lower]).map((limit): Mark => ({ kind: 'line', x1: frame.left, x2: right, y1: y(limit), y2: y(limit), of: 'far-limit' })),
      { kind: 'line', x1: frame.left, x2: right, y1: y(mean), y2: y(mean), of: 'moment' },
      { kind: 'path', d: through([...points]) ?? '', of: 'series' },
      ...shapes.flatMap(({ shape, means }, index): Mark[] => {
        const [left, top] = [8 + (index % across) * (width / across), 12 + Math.floor(index / across) * LINE_HEIGHT];
        return [shapeMark(shape, left, top), words(left + 14, top + 5, means, 'start', 'axis')];
      }),
      ...points.flatMap(({ value, shape }, index): Mark[] => (value === null ? [] : [shape === null ? { kind: 'circle', x: at(index), y: y(value), radius: narrow ? 2.5 : 4, of: 'dot' } : shapeMark(shape, at(index), y(value))])),
      ...lineNames(limits === null ? [['mean', mean]] : [[narrow ? 'upper' : 'upper limit', limits.upper], ['mean', mean], [narrow ? 'lower' : 'lower limit', limits.lower]], y, inWords, right + 8),
      ...valueNames(points, mean, at, y),
      ...timeNames(points, narrow ? 4 : 10, at, frame.top + PLOT_HEIGHT + 16),
    ];
    return { width, height, marks };
  });
}

function shapeMark(shape: PointShape, x: number, y: number): Mark {
  if (shape === 'square') return { kind: 'rect', x: x - 6, y: y - 6, width: 12, height: 12, of: 'stands-out' };
  const around = { diamond: [[0, -8], [8, 0], [0, 8], [-8, 0]], triangle: [[0, -8], [8, 6], [-8, 6]], cross: [[-3, -7], [3, -7], [3, -3], [7, -3], [7, 3], [3, 3], [3, 7], [-3, 7], [-3, 3], [-7, 3], [-7, -3], [-3, -3]] }[shape];
  return { kind: 'path', d: `M${around.map(([right = 0, down = 0]) => `${(x + right).toFixed(1)},${(y + down).toFixed(1)}`).join('L')}Z`, of: 'stands-out' };
}

/** The lines by name beside their ends, from the highest down, moved apart where they are close. */
function lineNames(lines: readonly (readonly [string, number])[], y: (value: number) => number, inWords: (value: number) => string, left: number): Mark[] {
  let above = -Infinity;
  return lines.map(([name, value]) => {
    above = Math.max(y(value) + 4, above + 16);
    return words(left, above, `${name} ${inWords(value)}`, 'start', 'axis');
  });
}

const CHARACTER = 8.5;

/** Values away from the mean: above high points, below low ones; none where another stands already. */
function valueNames(points: readonly ControlPoint[], mean: number, at: (index: number) => number, y: (value: number) => number): Mark[] {
  const taken: { readonly x: number; readonly y: number; readonly half: number }[] = [];
  return points.flatMap(({ value, words: told }, index): Mark[] => {
    if (value === null || told === '') return [];
    const place = { x: at(index), y: value >= mean ? y(value) - 11 : y(value) + 21, half: (told.length * CHARACTER) / 2 };
    if (taken.some((other) => Math.abs(other.x - place.x) < other.half + place.half && Math.abs(other.y - place.y) < 16)) return [];
    taken.push(place);
    return [words(place.x, place.y, told, 'middle', 'dot-name')];
  });
}

/** Some of the names along the axis, with the year under the first and where it changes. */
function timeNames(points: readonly ControlPoint[], most: number, at: (index: number) => number, top: number): Mark[] {
  const every = Math.ceil(points.length / most);
  let year = '';
  return points.flatMap((point, index): Mark[] => {
    if (index % every !== 0) return [];
    const isNew = point.year !== year;
    year = point.year;
    return [words(at(index), top, point.name, 'middle', 'axis'), ...(isNew ? [words(at(index), top + 16, year, 'middle', 'axis')] : [])];
  });
}
