import { type BasedValue, enoughToTell, type FigureNature, markedByChance } from './enough-to-tell';
import { randomGamma, randomNormal, randomPoisson, seededRandom } from './forecast/random';
import { xmrChart } from './xmr-chart';

const CHARTS = 600;

/** Of series in which nothing ever changes: how many of a hundred charts mark anything, and whether they may. */
function unchanged(nature: FigureNature, length: number, draw: (random: () => number) => BasedValue): { readonly marked: number; readonly mayMark: number } {
  const random = seededRandom(7);
  let [marked, mayMark] = [0, 0];
  for (let chart = 0; chart < CHARTS; chart += 1) {
    const spans = Array.from({ length }, () => draw(random));
    if (xmrChart(spans.map(({ value }) => value))!.points.some(({ signals }) => signals.length > 0)) marked += 100 / CHARTS;
    if (enoughToTell(nature, spans)) mayMark += 100 / CHARTS;
  }
  return { marked, mayMark };
}

const counted = (mean: number) => (random: () => number): BasedValue => ({ value: randomPoisson(random, mean), base: 1 });
const shareOf = (mean: number, share: number) => (random: () => number): BasedValue => {
  const base = Math.max(1, randomPoisson(random, mean));
  return { value: Array.from({ length: base }, random).filter((drawn) => drawn < share).length / base, base };
};
/** A quantile of the times of about so many families (Weibull's: of shape 1.5 for waiting, of 3 for a way of many steps): an order statistic of uniform numbers is a beta number. */
const measured = (mean: number, quantile: number, shape = 1.5) => (random: () => number): BasedValue => {
  const base = Math.max(1, randomPoisson(random, mean));
  const rank = 1 + Math.round((base - 1) * quantile);
  const [below, above] = [randomGamma(random, rank), randomGamma(random, base + 1 - rank)];
  return { value: (-Math.log(above / (below + above))) ** (1 / shape), base };
};

describe('whether there is enough to tell change from chance', () => {
  it.each([8, 16, 24, 52])('of a hundred charts of %i unchanged values marks as many as the page says', (length) => {
    const draws = {
      normal: ['count', (random: () => number): BasedValue => ({ value: 100 + randomNormal(random), base: 1 })],
      plenty: ['count', counted(12)],
      few: ['days', measured(6.3, 0.5, 3)],
    } as const;
    const of100 = Object.fromEntries(Object.entries(draws).map(([name, [nature, draw]]) => {
      const random = seededRandom(3);
      const told = markedByChance(nature, Array.from({ length }, () => draw(random)));
      return [name, { ...told, simulated: unchanged(nature, length, draw).marked }];
    }));
    expect([of100['normal']!.few, of100['plenty']!.few, of100['few']!.few]).toEqual([false, false, true]);
    for (const { of100: told, simulated } of Object.values(of100)) expect(Math.abs(told - simulated)).toBeLessThan(5);
    // No series that may be judged is marked more often than the fewest.
    for (const [nature, draw] of [['count', counted(4.5)], ['share', shareOf(60, 0.93)], ['ratio', shareOf(52, 0.085)], ['tail', measured(62, 0.9)]] as const) expect(unchanged(nature, length, draw).marked).toBeLessThan(of100['few']!.of100 + 5);
  });

  it.each([
    ['six enquiries', 'count', counted(6)],
    ['fifty-five enquiries', 'count', counted(55)],
    ['93 of 100 answered of eighty', 'share', shareOf(80, 0.93)],
    ['half of twelve', 'share', shareOf(12, 0.5)],
    ['a twelfth of seventy', 'ratio', shareOf(70, 0.085)],
    ['the median of the days of ten', 'days', measured(10, 0.5, 3)],
    ['the 90th percentile of the days of ten', 'days', measured(10, 0.9, 3)],
    ['the median of the hours of forty', 'middle', measured(40, 0.5)],
    ['the 90th percentile of the hours of seventy', 'tail', measured(70, 0.9)],
  ] as const)('marks unchanged series hardly more often than normal ones: %s', (_, nature, draw) => {
    const [weeks, months] = [unchanged(nature, 52, draw), unchanged(nature, 24, draw)];
    expect(weeks.mayMark).toBeGreaterThan(95);
    expect(weeks.marked).toBeLessThan(42);
    expect(months.marked).toBeLessThan(20);
  });

  it.each([
    ['a third of an approval', 'count', counted(0.3)],
    ['two enquiries', 'count', counted(2)],
    ['93 of 100 answered of two', 'share', shareOf(2, 0.93)],
    ['93 of 100 answered of twelve', 'share', shareOf(12, 0.93)],
    ['an approval for each enquiry', 'ratio', shareOf(12, 0.085)],
    ['the median of the days of two', 'days', measured(2, 0.5, 1.5)],
    ['the median of the hours of five', 'middle', measured(5, 0.5)],
    ['the 90th percentile of the hours of twelve', 'tail', measured(12, 0.9)],
  ] as const)('does not mark what chance alone would mark far too often: %s', (_, nature, draw) => {
    const weeks = unchanged(nature, 52, draw);
    expect(weeks.mayMark).toBeLessThan(1);
    expect(weeks.marked).toBeGreaterThan(42);
  });

  it('says no of nothing, and of a share that all have', () => {
    expect(enoughToTell('count', [])).toBe(false);
    expect(enoughToTell('share', Array.from({ length: 24 }, () => ({ value: 1, base: 50 })))).toBe(false);
  });
});
