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

const HEIGHT = 360;

/** Shares against how many they are of: the fewer, the wider the funnel that chance alone fills. */
export function funnelPlot({ label, points, share, limits, counted, inWords }: FunnelPlot): Drawing {
  return drawing(label, (width, narrow) => {
    const frame = { left: 46, right: narrow ? 84 : 190, top: 22, bottom: 50 };
    const largest = limits.at(-1)?.base ?? 1;
    const greatest = Math.min(1, Math.max(share * 2, ...points.map((point) => point.share), ...limits.filter(({ base }) => base >= largest / 12).map(({ far }) => far[1])));
    const x = scaleLinear([0, largest], [frame.left, width - frame.right]);
    const y = scaleLinear([0, greatest], [HEIGHT - frame.bottom, frame.top]);
    const shown = limits.filter(({ far }) => far[1] <= greatest * 1.001);
    const edge = (kind: 'far' | 'near', side: 0 | 1, of: string): Mark => {
      const given = side === 1 ? (kind === 'far' ? shown : limits.filter(({ near }) => near[1] <= greatest * 1.001)) : limits;
      return { kind: 'path', d: line<FunnelLimits>(({ base }) => x(base), (limit) => y(limit[kind][side])).digits(1)([...given]) ?? '', of };
    };
    const end = limits.at(-1);
    const right = width - frame.right;
    const marks: Mark[] = [
      ...y.ticks(5).flatMap((tick): Mark[] => [{ kind: 'line', x1: frame.left, x2: right, y1: y(tick), y2: y(tick), of: 'grid' }, words(frame.left - 6, y(tick) + 4, `${String(Math.round(tick * 100))}%`, 'end', 'axis')]),
      ...x.ticks(narrow ? 3 : 6).map((tick) => words(x(tick), HEIGHT - frame.bottom + 18, String(tick), 'middle', 'axis')),
      words((frame.left + right) / 2, HEIGHT - 8, counted, 'middle', 'axis'),
      edge('far', 0, 'far-limit'), edge('far', 1, 'far-limit'), edge('near', 0, 'limit'), edge('near', 1, 'limit'),
      { kind: 'line', x1: frame.left, x2: right, y1: y(share), y2: y(share), of: 'level' },
    ];
    if (end) {
      const named: readonly (readonly [number, string, string])[] = [
        [end.far[1], narrow ? '998 of 1,000' : '998 of 1,000 by chance', 'axis'], [end.near[1], narrow ? '95 of 100' : '95 of 100 by chance', 'axis'],
        [share, narrow ? `all ${inWords(share)}` : `all together: ${inWords(share)}`, 'level-name'], [end.near[0], narrow ? '95 of 100' : '95 of 100', 'axis'], [end.far[0], narrow ? '998 of 1,000' : '998 of 1,000', 'axis'],
      ];
      let above = -Infinity;
      for (const [value, text, of] of named) {
        above = Math.max(y(value) + 4, above + 16);
        marks.push(words(right + 8, above, text, 'start', of));
      }
    }
    marks.push(...pointMarks(points, share, x, y, { left: frame.left, right }));
    return { width, height: HEIGHT, marks };
  });
}

const NAME_HEIGHT = 17;
const NAME_WIDTH = 110;

/** Names stand away from the line of all together: above it above their dot, below it below; farther where one stands already. */
function pointMarks(points: readonly FunnelPoint[], share: number, x: (base: number) => number, y: (share: number) => number, { left, right }: { readonly left: number; readonly right: number }): Mark[] {
  const placed: { readonly x: number; readonly y: number }[] = [];
  return [...points].sort((one, other) => Math.abs(one.share - share) - Math.abs(other.share - share)).flatMap((point): Mark[] => {
    const [across, up] = [x(point.base), y(point.share)];
    const away = point.share >= share ? -1 : 1;
    let height = away < 0 ? up - 12 : up + 22;
    while (placed.some((name) => Math.abs(name.x - across) < NAME_WIDTH && Math.abs(name.y - height) < NAME_HEIGHT)) height += away * NAME_HEIGHT;
    placed.push({ x: across, y: height });
    return [
      point.standsOut ? { kind: 'rect', x: across - 6, y: up - 6, width: 12, height: 12, of: 'stands-out' } : { kind: 'circle', x: across, y: up, radius: 6, of: 'dot' },
      words(across, height, point.name, across > left + (right - left) * 0.7 ? 'end' : across < left + 60 ? 'start' : 'middle', 'dot-name'),
    ];
  });
}
