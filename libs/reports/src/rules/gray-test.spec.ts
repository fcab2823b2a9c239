import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { grayTest } from './gray-test';
import type { GroupedTimeCount } from './gray-test';

type Cause = '1' | '2';
type Subject = GroupedTimeCount<Cause>;

function subjectsOf(file: string): Subject[] {
  const rows = readFileSync(join(__dirname, 'reference', file), 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => {
    const [time, event, group] = row.split(',');
    return { time: Number(time), ending: event === '0' ? 'censored' : (event as Cause), group: group!, count: 1 };
  });
}

const randomSubjects = (groups: string) =>
  fc.array(
    fc.record({ time: fc.integer({ min: 0, max: 15 }), ending: fc.constantFrom<Subject['ending']>('censored', '1', '2'), group: fc.constantFrom(...groups), count: fc.integer({ min: 1, max: 4 }) }),
    { minLength: 12, maxLength: 60 },
  );

describe('Gray’s test', () => {
  // 177 stem cell transplants, relapse (1) and death of the treatment (2) as competing events, by disease: Scrucca, Santucci
  // and Aversa 2010, Bone Marrow Transplantation 45, 1388–1395; R's cmprsk::cuminc prints these statistics for them.
  it.each([
    ['1', 2.8623325, 0.09067592],
    ['2', 0.4481279, 0.50322531],
  ] as const)('agrees with R on the transplants, cause %s', (cause, statistic, probability) => {
    const test = grayTest(subjectsOf('bmtcrr.csv'), cause)!;
    expect(test.statistic).toBeCloseTo(statistic, 7);
    expect(test.probability).toBeCloseTo(probability, 8);
    expect(test.degreesOfFreedom).toBe(1);
  });

  it('is close to the log-rank test when nothing competes', () => {
    // Freireich and others 1963: remission of leukaemia with and without treatment, log-rank 16.8 with 1 degree of freedom.
    const treated = [[6, 3], [7, 1], [10, 1], [13, 1], [16, 1], [22, 1], [23, 1]].map(([time, count]) => ({ time: time!, count: count!, ending: '1' as const, group: 'treated' }));
    const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((time) => ({ time, count: 1, ending: 'censored' as const, group: 'treated' }));
    const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map((time) => ({ time, count: 1, ending: '1' as const, group: 'placebo' }));
    const { statistic } = grayTest([...treated, ...censored, ...placebo], '1')!;
    expect(statistic).toBeGreaterThan(15);
    expect(statistic).toBeLessThan(19);
  });

  it('says nothing of one group, of none, or where nobody had the event', () => {
    expect(grayTest([], '1')).toBeNull();
    expect(grayTest([{ time: 1, ending: '1', group: 'a', count: 3 }], '1')).toBeNull();
    expect(grayTest([{ time: 1, ending: '2', group: 'a', count: 3 }, { time: 2, ending: '2', group: 'b', count: 3 }], '1')).toBeNull();
  });

  it('is told where a group has come to its end before the others, as R tells it', () => {
    const ofGroups = (early: number, late: number, size: number) => grayTest([{ time: 1, ending: '1', group: 'a', count: size }, { time: 2, ending: '1', group: 'b', count: early }, { time: 3, ending: '1', group: 'b', count: late }], '1');
    // cmprsk::cuminc gives 59 for both: fifteen and fifteen let the pooled incidence come to exactly 1.
    expect(ofGroups(15, 15, 30)?.statistic).toBeCloseTo(59, 6);
    expect(ofGroups(14, 16, 30)?.statistic).toBeCloseTo(59, 6);
  });

  it('finds groups alike that are alike', () => {
    const alike = subjectsOf('mgus2.csv').flatMap((subject) => ['a', 'b', 'c'].map((group) => ({ ...subject, group })));
    const { statistic, degreesOfFreedom, probability } = grayTest(alike, '1')!;
    expect([statistic, degreesOfFreedom, probability]).toEqual([expect.closeTo(0, 9), 2, expect.closeTo(1, 9)]);
  });

  it('does not depend on the order, the pieces or the names of the groups', () => {
    fc.assert(
      fc.property(randomSubjects('abc'), (subjects) => {
        const one = grayTest(subjects, '1');
        const renamed = { a: 'z', b: 'm', c: 'd' } as Readonly<Record<string, string>>;
        const other = grayTest([...subjects].reverse().flatMap((subject) => Array.from({ length: subject.count }, () => ({ ...subject, count: 1, group: renamed[subject.group]! }))), '1');
        if (one === null || other === null) return one === other;
        expect(other.statistic / Math.max(1e-9, one.statistic)).toBeCloseTo(1, 5);
        return other.degreesOfFreedom === one.degreesOfFreedom;
      }),
    );
  });

  it('calls chance a difference about as often as it says', () => {
    let state = 7;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const ending = (): Subject['ending'] => (random() < 0.3 ? '1' : random() < 0.5 ? '2' : 'censored');
    const probabilities = Array.from({ length: 600 }, () => grayTest(Array.from({ length: 120 }, () => ({ time: Math.floor(random() * 40), ending: ending(), group: random() < 0.4 ? 'a' : random() < 0.5 ? 'b' : 'c', count: 1 })), '1')!.probability);
    const below = (limit: number): number => probabilities.filter((probability) => probability < limit).length / probabilities.length;
    expect(below(0.05)).toBeGreaterThan(0.025);
    expect(below(0.05)).toBeLessThan(0.08);
    expect(Math.abs(below(0.5) - 0.5)).toBeLessThan(0.07);
  });
});
