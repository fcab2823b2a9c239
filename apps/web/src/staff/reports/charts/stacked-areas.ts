import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter } from 'd3-shape';
import { type Drawing, drawing, type Mark, words } from './scene';

/** A share of the whole for each day from 0 on; the layers are laid on each other in their order, the first at the bottom. */
export interface Layer {
  readonly name: string;
  /** Class of its colour. */
  readonly of: string;
  readonly shares: readonly number[];
}

export interface StackedAreas {
  readonly label: string;
  readonly layers: readonly Layer[];
  /** Called so beside what the layers leave of the whole. */
  readonly rest: string;
  /** Days that are marked and named. */
  readonly marks: readonly { readonly day: number; readonly name: string }[];
  /** The last day of the axis, so that several drawings can be compared; without it, the last day that is known. */
  readonly untilDay?: number;
}

const HEIGHT = 352;
const LINE = 17;
/** With less room than this the words for what is not known stand one below the other, with much less not at all. */
const ROOM_FOR_WORDS = 110;
const ROOM_FOR_A_WORD = 44;

/** How the shares of a whole grow day by day, each layer named at the right with what it has come to, and by which day. */
export function stackedAreas({ label, layers, rest, marks, untilDay = 0 }: StackedAreas): Drawing {
  return drawing(label, (width, narrow) => {
    const frame = { left: 42, right: narrow ? 112 : 220, top: 36, bottom: 34 };
    const knownDays = layers[0]?.shares.length ?? 0;
    // Each day is as wide as a day, so that what happens on the last one is seen.
    const days = Math.max(knownDays, untilDay + 1);
    const x = scaleLinear([0, days], [frame.left, width - frame.right]);
    const y = scaleLinear([0, 1], [HEIGHT - frame.bottom, frame.top]);
    const tops = stackedTops(layers);
    return { width, height: HEIGHT, marks: [...background(x, y, x(knownDays)), ...areas(layers, tops, x, y), ...dayMarks(marks.filter(({ day }) => day < days), x, y, narrow), ...names(layers, tops, rest, x(days) + 8, y, narrow), words(x(days) + 8, frame.top - 20, `after ${String(knownDays - 1)} ${knownDays === 2 ? 'day' : 'days'}`, 'start', 'axis')] };
  });
}

type Scale = ReturnType<typeof scaleLinear<number>>;

/** For each layer, the top of the pile at each day. */
function stackedTops(layers: readonly Layer[]): number[][] {
  const tops: number[][] = [];
  for (const { shares } of layers) {
    const below = tops.at(-1);
    tops.push(shares.map((share, day) => share + (below?.[day] ?? 0)));
  }
  return tops;
}

/** What is still open is filled as far as it is known, and what is not known says so. */
function background(x: Scale, y: Scale, knownUntil: number): Mark[] {
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  const shares = [0, 0.25, 0.5, 0.75, 1];
  return [
    { kind: 'rect', x: left, y: top, width: knownUntil - left, height: bottom - top, of: 'open' },
    ...shares.flatMap((share): Mark[] => [
      { kind: 'line', x1: left, x2: right, y1: y(share), y2: y(share), of: 'grid' },
      words(left - 6, y(share) + 4, `${String(share * 100)}%`, 'end', 'axis'),
    ]),
    ...unknown(knownUntil, right, (bottom + top) / 2),
  ];
}

function unknown(left: number, right: number, middle: number): Mark[] {
  if (right - left < ROOM_FOR_A_WORD) return [];
  const lines = right - left < ROOM_FOR_WORDS ? ['not', 'known', 'yet'] : ['not known yet'];
  return lines.map((line, index) => words((left + right) / 2, middle + (index - (lines.length - 1) / 2) * LINE, line, 'middle', 'axis'));
}

function areas(layers: readonly Layer[], tops: readonly number[][], x: Scale, y: Scale): Mark[] {
  return layers.map(({ of }, index) => {
    const below = tops[index - 1];
    const lasting = (tops[index] ?? []).map((top, day) => ({ day, top, bottom: below?.[day] ?? 0 }));
    const last = lasting.at(-1);
    const shape = area<(typeof lasting)[number]>(({ day }) => x(day), ({ bottom }) => y(bottom), ({ top }) => y(top)).curve(curveStepAfter).digits(1);
    return { kind: 'path', d: shape(last === undefined ? [] : [...lasting, { ...last, day: last.day + 1 }]) ?? '', of };
  });
}

/** On a telephone the unit is said once, by the last. */
function dayMarks(marks: StackedAreas['marks'], x: Scale, y: Scale, narrow: boolean): Mark[] {
  const [bottom = 0, top = 0] = y.range();
  return [
    words(x(0), bottom + 20, 'enquiry', 'start', 'axis'),
    ...marks.flatMap(({ day, name }, index): Mark[] => [
      { kind: 'line', x1: x(day), x2: x(day), y1: top, y2: bottom, of: 'moment' },
      words(x(day), bottom + 20, narrow && index < marks.length - 1 ? name.replace(/ .*$/, '') : name, narrow && index === marks.length - 1 ? 'start' : 'middle', 'axis'),
    ]),
  ];
}

/** Names at the right end, in the order of the pile, moved apart where they would touch. */
function names(layers: readonly Layer[], tops: readonly number[][], rest: string, left: number, y: Scale, narrow: boolean): Mark[] {
  const last = layers.map(({ name, shares }, index) => {
    const top = tops[index]?.at(-1) ?? 0;
    const share = shares.at(-1) ?? 0;
    return { name, share, middle: top - share / 2 };
  });
  const whole = tops.at(-1)?.at(-1) ?? 0;
  const all = [...last, { name: rest, share: Math.max(0, 1 - whole), middle: (1 + whole) / 2 }];
  const lines = narrow ? 2 : 1;
  const places = apart(all.map(({ middle }) => y(middle) + 4), LINE * lines + 2, y.range());
  return all.flatMap(({ name, share }, index): Mark[] => {
    const percent = `${(share * 100).toFixed(1)}%`;
    const at = places[index] ?? 0;
    return narrow ? [words(left, at - 8, percent, 'start', 'strong'), words(left, at + 7, name, 'start')] : [words(left, at, `${percent} ${name}`, 'start', 'strong')];
  });
}

/** Heights from the bottom up, none closer to the one before it than a line, none out of the frame. */
function apart(heights: readonly number[], line: number, [bottom = HEIGHT, top = 0]: readonly number[]): number[] {
  const placed: number[] = [];
  for (const height of heights) placed.push(Math.min(height, (placed.at(-1) ?? bottom + line) - line));
  return placed.map((height, index) => Math.max(height, top + 4 + (heights.length - 1 - index) * line));
}
