import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { type Drawing, drawing, type Mark, words } from './scene';

/** One value in the order of time. */
export interface ControlPoint {
  readonly name: string;
  readonly value: number;
  /** What is written beside the point where there is room; may be empty. */
  readonly words: string;
  /** Whether it is hardly chance. */
  readonly standsOut: boolean;
}

export interface ControlChart {
  readonly label: string;
  readonly points: readonly ControlPoint[];
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** A value in words, for the lines. */
  readonly inWords: (value: number) => string;
}

const HEIGHT = 260;

/** A series between the limits of chance: points that stand out are larger and square. */
export function controlChart({ label, points, mean, lower, upper, inWords }: ControlChart): Drawing {
  return drawing(label, (width, narrow) => {
    const frame = { left: 10, right: 10, top: 34, bottom: 42 };
    const values = points.map(({ value }) => value);
    const x = scalePoint(points.map((_, index) => index), [frame.left, width - frame.right]).padding(0.5);
    const y = scaleLinear([Math.min(lower, ...values), Math.max(upper, ...values)], [HEIGHT - frame.bottom, frame.top]);
    const at = (index: number): number => x(index) ?? 0;
    const everyName = Math.ceil(points.length / (narrow ? 6 : 12));
    const across = (value: number, of: string): Mark => ({ kind: 'line', x1: frame.left, x2: width - frame.right, y1: y(value), y2: y(value), of });
    const through = line<ControlPoint>((_, index) => at(index), ({ value }) => y(value)).digits(1);
    const marks: Mark[] = [
      { kind: 'rect', x: frame.left, y: y(upper), width: width - frame.left - frame.right, height: Math.max(0, y(lower) - y(upper)), of: 'open' },
      across(mean, 'moment'),
      { kind: 'path', d: through([...points]) ?? '', of: 'series' },
      words(frame.left, 14, narrow ? `By chance: ${inWords(lower)} to ${inWords(upper)}` : `By chance alone between ${inWords(lower)} and ${inWords(upper)}; the dashed line is the mean, ${inWords(mean)}`, 'start', 'axis'),
    ];
    points.forEach(({ name, value, words: told, standsOut }, index) => {
      if (standsOut) marks.push({ kind: 'rect', x: at(index) - 6, y: y(value) - 6, width: 12, height: 12, of: 'stands-out' });
      else marks.push({ kind: 'circle', x: at(index), y: y(value), radius: narrow ? 3 : 4, of: 'dot' });
      if (told !== '' && !narrow) marks.push(words(at(index), y(value) - 10, told, 'middle', 'strong'));
      if (index % everyName === 0) marks.push(words(at(index), HEIGHT - 14, name, 'middle', 'axis'));
    });
    return { width, height: HEIGHT, marks };
  });
}
