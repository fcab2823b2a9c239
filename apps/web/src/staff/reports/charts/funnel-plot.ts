import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { type Drawing, drawing, type Mark, words } from './scene';

/** A group's share of its base. */
export interface FunnelPoint {
  readonly name: string;
  readonly base: number;
  readonly share: number;
  /** Whether chance alone hardly explains where it lies. */
  readonly standsOut: boolean;
}

/** Where chance alone lets shares lie, at one base. */
export interface FunnelLimits {
  readonly base: number;
  readonly far: readonly [number, number];
  readonly near: readonly [number, number];
}

export interface FunnelPlot {
  readonly label: string;
  readonly points: readonly FunnelPoint[];
  readonly share: number;
  readonly limits: readonly FunnelLimits[];
  /** Below the axis: what is counted. */
  readonly counted: string;
  readonly inWords: (share: number) => string;
}

const WIDE_HEIGHT = 360;
/** Higher where it is narrow, so that names find room between the limits. */
const NARROW_HEIGHT = 440;
/** Of the axis of shares, where all of them are the same. */
const LEAST_RANGE = 0.05;

/** Shares against how many they are of: the fewer, the wider the funnel that chance alone fills. */
export function funnelPlot({ label, points, share, limits, counted, inWords }: FunnelPlot): Drawing {
  return drawing(label, (width, narrow) => {
    const height = narrow ? NARROW_HEIGHT : WIDE_HEIGHT;
    const frame = { left: 46, right: narrow ? 84 : 190, top: 22, bottom: 50 };
    const largest = limits.at(-1)?.base ?? 1;
    const smallest = Math.max(largest / 12, Math.min(...points.map(({ base }) => base)) / 2);
    const greatest = Math.min(1, Math.max(LEAST_RANGE, ...points.map((point) => point.share), ...limits.filter(({ base }) => base >= smallest).map(({ far }) => far[1])));
    const x = scaleLinear([0, largest], [frame.left, width - frame.right]);
    // Shares that are all high would lie in one corner of an axis from nought.
    const lowest = Math.max(0, Math.min(greatest - LEAST_RANGE, ...points.map((point) => point.share), ...limits.filter(({ base }) => base >= smallest).map(({ far }) => far[0])));
    const y = scaleLinear([lowest, greatest], [height - frame.bottom - (lowest > 0 ? 10 : 0), frame.top]);
    const edge = (kind: 'far' | 'near', side: 0 | 1, of: string): Mark => {
      // From where it comes into view for good: a line to where it lay before would cross what is out of view.
      const given = limits.slice(limits.findLastIndex((limit) => limit[kind][side] > greatest * 1.001 || limit[kind][side] < lowest * 0.999) + 1);
      return { kind: 'path', d: line<FunnelLimits>(({ base }) => x(base), (limit) => y(limit[kind][side])).digits(1)(given) ?? '', of };
    };
    const end = limits.at(-1);
    const right = width - frame.right;
    const marks: Mark[] = [
      ...y.ticks(5).flatMap((tick): Mark[] => [{ kind: 'line', x1: frame.left, x2: right, y1: y(tick), y2: y(tick), of: 'grid' }, words(frame.left - 6, y(tick) + 4, `${String(Number((tick * 100).toFixed(1)))}%`, 'end', 'axis')]),
      ...x.ticks(narrow ? 3 : 6).map((tick) => words(x(tick), height - frame.bottom + 18, String(tick), 'middle', 'axis')),
      words((frame.left + right) / 2, height - 8, counted, 'middle', 'axis'),
      edge('far', 0, 'far-limit'), edge('far', 1, 'far-limit'), edge('near', 0, 'limit'), edge('near', 1, 'limit'),
      { kind: 'line', x1: frame.left, x2: right, y1: y(share), y2: y(share), of: 'level' },
    ];
    if (end) {
      const named: readonly (readonly [number, string, string])[] = [
        [end.far[1], narrow ? '998 of 1,000' : '998 of 1,000 by chance', 'axis'], [end.near[1], narrow ? '95 of 100' : '95 of 100 by chance', 'axis'],
        [share, narrow ? `all ${inWords(share)}` : `all together: ${inWords(share)}`, 'level-name'], [end.near[0], narrow ? '95 of 100' : '95 of 100', 'axis'], [end.far[0], narrow ? '998 of 1,000' : '998 of 1,000', 'axis'],
      ];
      const heights: number[] = [];
      for (const [value] of named) heights.push(Math.max(y(value) + 4, (heights.at(-1) ?? -Infinity) + LINE));
      // Where all lie at the bottom, the names go up together.
      const over = Math.max(0, (heights.at(-1) ?? 0) - (height - frame.bottom + 8));
      named.forEach(([, text, of], index) => marks.push(words(right + 8, (heights[index] ?? 0) - over, text, 'start', of)));
    }
    marks.push(...pointMarks(points, x, y, { left: frame.left, right, top: frame.top, bottom: height - frame.bottom }, y(share), limitBoxes(limits, x, y)));
    return { width, height, marks };
  });
}

const LINE = 16;
const NAME_HEIGHT = 17;
const CHARACTER = 8;
const DOT = 9;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The limits as small boxes one after the other, for names to keep clear of. */
function limitBoxes(limits: readonly FunnelLimits[], x: (base: number) => number, y: (share: number) => number): Box[] {
  return limits.flatMap(({ base, far, near }, index) => {
    const next = limits[index + 1];
    if (next === undefined) return [];
    const between = (from: number, to: number): Box => ({ left: x(base), right: x(next.base), top: Math.min(y(from), y(to)), bottom: Math.max(y(from), y(to)) });
    return [between(far[0], next.far[0]), between(far[1], next.far[1]), between(near[0], next.near[0]), between(near[1], next.near[1])];
  });
}

/** Names beside their dots, where neither another name nor a dot is in the way, and no limit where that can be had; one that had to move away is tied to its dot by a line. */
function pointMarks(points: readonly FunnelPoint[], x: (base: number) => number, y: (share: number) => number, within: Box, level: number, lines: readonly Box[]): Mark[] {
  const dots = points.map((point) => ({ ...point, across: x(point.base), up: y(point.share) }));
  const taken: Box[] = [{ left: within.left, right: within.right, top: level - 1, bottom: level + 1 }, ...dots.map(({ across, up }) => ({ left: across - DOT, right: across + DOT, top: up - DOT, bottom: up + DOT }))];
  const ties: Mark[] = [];
  const names = dots.map(({ name, across, up }): Mark => {
    const width = name.length * CHARACTER;
    const sides = [{ side: 'right', left: across + DOT + 3 }, { side: 'left', left: across - DOT - 3 - width }] as const;
    const inside = sides.filter(({ left }) => left >= within.left && left + width <= within.right + 4);
    // The nearest height that is free: level with the dot, then a little above, a little below, and so on.
    const places = Array.from({ length: 40 }, (_, index) => up + Math.ceil(index / 2) * 6 * (index % 2 === 0 ? 1 : -1)).flatMap((middle) => inside.map((place) => ({ ...place, middle })));
    const boxOf = ({ left, middle }: { readonly left: number; readonly middle: number }): Box => ({ left, right: left + width, top: middle - NAME_HEIGHT / 2, bottom: middle + NAME_HEIGHT / 2 });
    const isFree = (box: Box): boolean => box.top >= within.top - NAME_HEIGHT && box.bottom <= within.bottom && !taken.some((other) => overlap(other, box));
    const free = places.filter((place) => isFree(boxOf(place)));
    const { side, left, middle } = free.find((place) => !lines.some((line) => overlap(line, boxOf(place)))) ?? free[0] ?? { ...sides[0], middle: up };
    taken.push(boxOf({ left, middle }));
    if (Math.abs(middle - up) > DOT) ties.push({ kind: 'line', x1: across, y1: up, x2: side === 'right' ? left - 1 : left + width + 1, y2: middle, of: 'base' });
    return words(side === 'right' ? left : left + width, middle + 5, name, side === 'right' ? 'start' : 'end', 'dot-name');
  });
  const shapes = dots.map(({ across, up, standsOut }): Mark => (standsOut ? { kind: 'rect', x: across - 6, y: up - 6, width: 12, height: 12, of: 'stands-out' } : { kind: 'circle', x: across, y: up, radius: 6, of: 'dot' }));
  return [...ties, ...shapes, ...names];
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
