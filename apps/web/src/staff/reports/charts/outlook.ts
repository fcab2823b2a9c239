import { scaleLinear } from 'd3-scale';
import { type Drawing, drawing, type Mark, words } from './scene';

/** A count that grows through a year: what has come so far, and where it may come to. */
export interface Outlook {
  readonly label: string;
  /** What had come by so many days of the year, in order; the last one is known now. */
  readonly soFar: readonly { readonly day: number; readonly count: number }[];
  readonly days: number;
  readonly median: number;
  readonly within80: { readonly low: number; readonly high: number };
  readonly within95: { readonly low: number; readonly high: number };
  readonly target: number | null;
  readonly ticks: readonly { readonly day: number; readonly name: string }[];
}

const HEIGHT = 320;

/** The year's count so far as a line, and the wedge of where it may end; the wider the fainter. */
export function outlook({ label, soFar, days, median, within80, within95, target, ticks }: Outlook): Drawing {
  return drawing(label, (width, narrow) => {
    const frame = { left: 38, right: narrow ? 96 : 210, top: 26, bottom: 34 };
    const x = scaleLinear([0, days], [frame.left, width - frame.right]);
    const y = scaleLinear([0, Math.max(1, within95.high, target ?? 0) * 1.05], [HEIGHT - frame.bottom, frame.top]).nice(5);
    const now = soFar.at(-1) ?? { day: 0, count: 0 };
    const end = x(days);
    const wedge = ({ low, high }: { readonly low: number; readonly high: number }, of: string): Mark => ({ kind: 'path', d: `M${at(x(now.day))},${at(y(now.count))}L${at(end)},${at(y(high))}L${at(end)},${at(y(low))}Z`, of });
    const marks: Mark[] = [
      ...y.ticks(5).flatMap((tick): Mark[] => [{ kind: 'line', x1: frame.left, x2: end, y1: y(tick), y2: y(tick), of: 'grid' }, words(frame.left - 6, y(tick) + 4, String(tick), 'end', 'axis')]),
      ...ticks.filter((_, index) => !narrow || index % 3 === 0).map(({ day, name }) => words(x(day), HEIGHT - 12, name, 'start', 'axis')),
      wedge(within95, 'may-come'), wedge(within80, 'likely'),
      { kind: 'path', d: `M${at(x(0))},${at(y(0))}${soFar.map(({ day, count }) => `L${at(x(day))},${at(y(count))}`).join('')}`, of: 'series' },
      { kind: 'line', x1: x(now.day), x2: end, y1: y(now.count), y2: y(median), of: 'moment' },
      { kind: 'circle', x: x(now.day), y: y(now.count), radius: 5, of: 'dot' },
      words(x(now.day) - 8, y(now.count) - 10, `${String(now.count)} so far`, now.day < days / 5 ? 'start' : 'end', 'strong'),
    ];
    const named: [number, string, string][] = [
      [y(median), narrow ? `${count(median)} likely` : `most likely ${count(median)}`, 'strong'],
      [y(within95.high), `${String(within95.high)} high end`, 'label'],
      [y(within95.low), `${String(within95.low)} low end`, 'label'],
    ];
    if (target !== null) {
      marks.push({ kind: 'line', x1: frame.left, x2: end, y1: y(target), y2: y(target), of: 'level' });
      named.push([y(target), `target ${count(target)}`, 'level-name']);
    }
    marks.push(...apart(named).map(([height, text, of]) => words(end + 8, height + 4, text, 'start', of)));
    return { width, height: HEIGHT, marks };
  });
}

const LINE = 17;

/** From the top down, none closer to the one above it than a line. */
function apart(named: readonly (readonly [number, string, string])[]): [number, string, string][] {
  const placed: [number, string, string][] = [];
  for (const [height, text, of] of [...named].sort(([one], [other]) => one - other)) placed.push([Math.max(height, (placed.at(-1)?.[0] ?? -LINE) + LINE), text, of]);
  return placed;
}

function at(value: number): string {
  return value.toFixed(1);
}

function count(value: number): string {
  return String(Math.round(value));
}
