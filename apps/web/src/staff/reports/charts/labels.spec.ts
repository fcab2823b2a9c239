import { columns } from './columns';
import { intervals } from './intervals';
import { ranges } from './ranges';
import type { Mark, Scene } from './scene';

type Text = Extract<Mark, { kind: 'text' }>;
const texts = ({ marks }: Scene, of: string): Text[] => marks.filter((mark): mark is Text => mark.kind === 'text' && mark.of === of);

describe('the words of a chart', () => {
  it.each([
    ['12 months of shares', 12, '94%'],
    ['24 months of whole shares', 24, '100%'],
    ['12 months of counts', 12, '8'],
  ])('never lie over each other: %s', (_, many, inWords) => {
    const { narrow, wide } = columns({ label: 'Shares', columns: Array.from({ length: many }, (__, index) => ({ name: `M${String(index)}`, value: 0.9, words: inWords })), full: 1, height: 180 });
    for (const scene of [narrow, wide]) {
      const labels = texts(scene, 'dot-name');
      expect(labels.length).toBeGreaterThanOrEqual(many / 2);
      const touching = labels.flatMap((one, index) => labels.slice(index + 1).filter((other) => Math.abs(other.x - one.x) < inWords.length * 10 && Math.abs(other.y - one.y) < 14));
      expect(touching).toEqual([]);
      expect(Math.min(...labels.map(({ y }) => y))).toBeGreaterThanOrEqual(12);
    }
  });

  it('stand above all columns where they are wider than theirs, whatever the heights', () => {
    const { narrow } = columns({ label: 'Counts', columns: Array.from({ length: 12 }, (_, index) => ({ name: `M${String(index)}`, value: 1000 + 90 * (index % 5), words: '1,234' })) });
    const labels = texts(narrow, 'dot-name');
    const tops = narrow.marks.flatMap((mark) => (mark.kind === 'rect' ? [mark.y] : []));
    expect(labels).toHaveLength(12);
    for (const { y } of labels) expect(y).toBeLessThan(Math.min(...tops));
    const touching = labels.flatMap((one, index) => labels.slice(index + 1).filter((other) => Math.abs(other.x - one.x) < 43 && Math.abs(other.y - one.y) < 14));
    expect(touching).toEqual([]);
  });

  it('are short where there is little room, with what they count below', () => {
    const { wide, narrow } = columns({ label: 'Shares', columns: Array.from({ length: 12 }, (_, index) => ({ name: 'M', value: index / 12, words: '94%', short: '94' })), full: 1, counted: 'per cent in time' });
    expect([wide, narrow].map((scene) => texts(scene, 'dot-name')[0]!.text)).toEqual(['94%', '94']);
    for (const scene of [wide, narrow]) expect(texts(scene, 'axis').at(-1)!.text).toBe('per cent in time');
  });

  it('of ranges have an axis where the ranges lie, not from nought', () => {
    const range = (low: number, high: number) => ({ low, high });
    const { narrow } = ranges({ label: 'Forecasts', rows: [{ name: '1 Apr', words: '82', middle: 82, within80: range(70, 95), within95: range(63, 101) }], level: { value: 103, name: 'target 103' } });
    const ticks = texts(narrow, 'axis').map(({ text }) => Number(text));
    expect(ticks[0]).toBeGreaterThanOrEqual(50);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(100);
    for (const mark of narrow.marks) if (mark.kind === 'rect') expect(mark.x).toBeGreaterThanOrEqual(62);
  });

  const row = (name: string, high: number, few = false) => ({ name, words: '2% of 100', share: 0.02, low: 0.01, high, few });

  it('keep to the drawing, whose scale does not go by a group with few to go by', () => {
    const { narrow } = intervals({ label: 'Shares', rows: [row('Derby', 0.07), row('Nottingham', 0.09), row('Not yet routed', 0.5, true)], level: { value: 0.022, name: 'all: 2.2%' } });
    const ticks = texts(narrow, 'axis');
    expect(ticks.at(-1)?.text).toBe('10%');
    expect(Math.min(...ticks.map(({ x }) => x))).toBeGreaterThanOrEqual(14);
    expect(Math.max(...ticks.map(({ x }) => x))).toBeLessThanOrEqual(narrow.width - 18);
    const lines = narrow.marks.filter((mark) => mark.kind === 'line' && mark.of === 'interval');
    expect(lines.every((line) => line.kind === 'line' && line.x2 <= narrow.width - 20)).toBe(true);
    expect(narrow.marks.filter(({ kind }) => kind === 'path')).toHaveLength(1);
  });

  it('are not crossed by the line of all on a telephone', () => {
    const { narrow } = intervals({ label: 'Shares', rows: [row('Derby', 0.07), row('Nottingham', 0.09)], level: { value: 0.022, name: 'all: 2.2%' } });
    const level = narrow.marks.flatMap((mark) => (mark.kind === 'line' && mark.of === 'level' ? [mark] : []));
    for (const { y } of texts(narrow, 'strong')) expect(level.every(({ y1, y2 }) => y2 < y - 10 || y1 > y)).toBe(true);
  });

  it('scale by all groups where none has many to go by', () => {
    const { wide } = intervals({ label: 'Shares', rows: [row('Derby', 0.6, true), row('Nottingham', 0.5, true)] });
    expect(wide.marks.filter(({ kind }) => kind === 'path')).toEqual([]);
  });
});
