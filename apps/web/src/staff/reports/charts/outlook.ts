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

/** The year's count so far as a line, and the wedges of where it may end: the wider one is fainter, with dashed edges. */
export function outlook({ label, soFar, days, median, within80, within95, target, ticks }: Outlook): Drawing {
  return drawing(label, (width, narrow) => {
    const frame = { left: 38, right: narrow ? 112 : 220, top: 26, bottom: 34 };
    const x = scaleLinear([0, days], [frame.left, width - frame.right]);
    const y = scaleLinear([0, Math.max(1, within95.high, target ?? 0) * 1.05], [HEIGHT - frame.bottom, frame.top]).nice(5);
    const now = soFar.at(-1) ?? { day: 0, count: 0 };
    const end = x(days);
    const wedge = ({ low, high }: Outlook['within80'], of: string, edge: string): Mark[] => [
      { kind: 'path', d: `M${at(x(now.day))},${at(y(now.count))}L${at(end)},${at(y(high))}L${at(end)},${at(y(low))}Z`, of },
      ...[low, high].map((count): Mark => ({ kind: 'line', x1: x(now.day), x2: end, y1: y(now.count), y2: y(count), of: edge })),
    ];
    const marks: Mark[] = [
      ...y.ticks(5).flatMap((tick): Mark[] => [{ kind: 'line', x1: frame.left, x2: end, y1: y(tick), y2: y(tick), of: 'grid' }, words(frame.left - 6, y(tick) + 4, String(tick), 'end', 'axis')]),
      ...ticks.filter((_, index) => !narrow || index % 3 === 0).map(({ day, name }) => words(x(day), HEIGHT - 12, name, 'start', 'axis')),
      ...wedge(within95, 'may-come', 'moment'), ...wedge(within80, 'likely', 'base'),
      { kind: 'path', d: `M${at(x(0))},${at(y(0))}${soFar.map(({ day, count }) => `L${at(x(day))},${at(y(count))}`).join('')}`, of: 'series' },
      { kind: 'circle', x: end, y: y(median), radius: 5, of: 'dot' },
      { kind: 'circle', x: x(now.day), y: y(now.count), radius: 5, of: 'dot' },
      words(x(now.day) - 8, y(now.count) - 10, `${String(now.count)} so far`, now.day < days / 5 ? 'start' : 'end', 'strong'),
    ];
    const named: Named[] = [
      { height: y(median), lines: narrow ? [count(median), 'as likely more', 'as fewer'] : [`${count(median)}: as likely more as fewer`], of: 'strong' },
      { height: y(within80.high), lines: rangeLines('80 of 100', within80, narrow), of: 'label' },
      { height: y(within95.high), lines: rangeLines('95 of 100', within95, narrow), of: 'label' },
    ];
    if (target !== null) {
      marks.push({ kind: 'line', x1: frame.left, x2: end, y1: y(target), y2: y(target), of: 'level' });
      named.push({ height: y(target), lines: [`target ${count(target)}`], of: 'level-name' });
    }
    marks.push(...apart(named).flatMap(({ height, lines, of }) => lines.map((text, line) => words(end + 10, height + 4 + line * LINE, text, 'start', of))));
    return { width, height: HEIGHT, marks };
  });
}

const LINE = 17;

/** What stands beside a height, from its first line down. */
interface Named {
  readonly height: number;
  readonly lines: readonly string[];
  readonly of: string;
}

function rangeLines(name: string, { low, high }: Outlook['within80'], narrow: boolean): string[] {
  const inWords = `${String(low)} to ${String(high)}`;
  return narrow ? [`${name}:`, inWords] : [`${name}: ${inWords}`];
}

/** From the top down, none closer to the one above it than a line, and moved up together where they would leave the drawing. */
function apart(named: readonly Named[]): Named[] {
  const placed: Named[] = [];
  let free = 0;
  for (const one of [...named].sort((first, other) => first.height - other.height)) {
    const height = Math.max(one.height, free);
    free = height + one.lines.length * LINE;
    placed.push({ ...one, height });
  }
  const over = Math.max(0, free - HEIGHT);
  return placed.map((one) => ({ ...one, height: one.height - over }));
}

function at(value: number): string {
  return value.toFixed(1);
}

function count(value: number): string {
  return String(Math.round(value));
}
