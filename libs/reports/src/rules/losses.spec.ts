import { comparable, comparedAfterDays, curveUpTo, lossDifferences, lossesByGroup, type GroupedEnding } from './losses';

const ends = (group: string, time: number, ending: GroupedEnding['ending'], count: number): GroupedEnding => ({ group, time, ending, count });

describe('where families are lost', () => {
  // By hand: of ten, two are approved on day 1 and one closes; on day 2 two of the seven left withdraw; five stay open.
  const ten = [ends('a', 1, 'approved', 2), ends('a', 1, 'service', 1), ends('a', 2, 'applicant', 2), ends('a', 9, 'censored', 5)];

  it('is told day by day for as long as five are followed', () => {
    const [group] = lossesByGroup(ten);
    expect(group).toMatchObject({ group: 'a', enquiries: 10, open: 5, isSmall: true, ended: { approved: 2, applicant: 2, service: 1, no_contact: 0 } });
    expect(group!.curve.map(({ time }) => time)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const last = group!.curve.at(-1)!;
    expect([last.atRisk, last.byCause.approved.estimate, last.byCause.service.estimate, last.byCause.applicant.estimate, last.eventFree.estimate].map((value) => Number(value.toFixed(12)))).toEqual([5, 0.2, 0.1, 0.2, 0.5]);
  });

  const lastOf = (...counts: GroupedEnding[]): number | undefined => lossesByGroup(counts)[0]!.curve.at(-1)?.time;

  it('ends the curve where most could not be followed any longer', () => {
    expect(lastOf(...ten, ends('a', 12, 'censored', 4))).toBe(9);
    expect(lastOf(ends('b', 3, 'censored', 4))).toBeUndefined();
    // Of forty, half withdrew; of the others six could be followed to day 50, and four to day 90.
    const thinned = [ends('a', 5, 'applicant', 20), ends('a', 40, 'censored', 10), ends('a', 50, 'censored', 6), ends('a', 90, 'censored', 4)];
    expect(lastOf(...thinned)).toBe(50);
  });

  it('draws whom it could follow to the end, however few are left', () => {
    // Nobody is open: the last of forty is approved on day 200, when nobody else is left.
    const finished = [ends('a', 5, 'applicant', 30), ends('a', 100, 'approved', 9), ends('a', 200, 'approved', 1)];
    expect(lossesByGroup(finished)[0]!.curve.at(-1)).toMatchObject({ time: 200, atRisk: 1, byCause: { approved: { estimate: expect.closeTo(0.25, 12) as number } } });
    expect(lastOf(ends('a', 5, 'applicant', 5), ends('a', 9, 'approved', 1))).toBe(9);
    // Two are open but were followed for long: of forty all could be followed to day 250.
    expect(lastOf(...finished, ends('a', 250, 'censored', 2))).toBe(250);
    // One of six could be followed for three days only: of the others no more than five could.
    expect(lastOf(ends('a', 3, 'censored', 1), ends('a', 5, 'applicant', 4), ends('a', 9, 'approved', 1))).toBe(5);
    // However many could be followed, three tell nothing.
    expect(lastOf(ends('a', 5, 'applicant', 3))).toBeUndefined();
  });

  it('goes on as it ended up to the day on which groups are compared, once all have ended', () => {
    const [finished] = lossesByGroup([ends('a', 5, 'applicant', 30), ends('a', 100, 'approved', 10)]);
    const curve = curveUpTo(finished!, 183);
    expect(curve.map(({ time }) => time)).toEqual(Array.from({ length: 184 }, (_, day) => day));
    expect(curve.at(-1)).toMatchObject({ atRisk: 0, byCause: { approved: { estimate: 0.25 } } });
    expect(curveUpTo(finished!, 60).at(-1)).toMatchObject({ time: 60, byCause: { approved: { estimate: 0 } } });
    const [open] = lossesByGroup([ends('a', 5, 'applicant', 30), ends('a', 100, 'censored', 10)]);
    expect(curveUpTo(open!, 183).at(-1)!.time).toBe(100);
  });

  it('is compared after the longest time for which most groups can be told of', () => {
    const young = (group: string, longest: number): GroupedEnding[] => [ends(group, 30, 'applicant', 30), ends(group, longest, 'censored', 5)];
    const after = (...groups: GroupedEnding[][]): number => comparedAfterDays(lossesByGroup(groups.flat()));
    expect(after(young('a', 400), young('b', 365))).toBe(365);
    expect(after(young('a', 400), young('b', 274), young('c', 300))).toBe(274);
    expect(after([ends('a', 30, 'applicant', 40)], young('b', 200))).toBe(183);
    // Four open families at 274 days are few when others could not be followed so long, not when all the others have ended.
    expect(after([ends('a', 30, 'applicant', 10), ends('a', 250, 'censored', 30), ends('a', 274, 'censored', 4)], young('b', 200))).toBe(183);
    expect(after([ends('a', 30, 'applicant', 40), ends('a', 274, 'censored', 4)], young('b', 274))).toBe(274);
    // Who has ended altogether can be told of for ever; who came lately cannot at all, and does not count.
    expect(after([ends('a', 30, 'applicant', 40)], young('b', 100), young('c', 90))).toBe(365);
    // A small group decides only when there is no other.
    expect(after(young('a', 200), [ends('b', 30, 'applicant', 3)], [ends('c', 30, 'applicant', 3)])).toBe(183);
    expect(after([ends('b', 30, 'applicant', 3)])).toBe(365);
    expect(after()).toBe(365);
  });

  it('has no estimate for a time that nobody was watched for, while somebody is on the way', () => {
    const [group] = lossesByGroup([ends('a', 30, 'approved', 15), ends('a', 200, 'censored', 15)]);
    expect(group!.after.map(({ days, followed, incidence }) => [days, followed, incidence?.byCause.approved.estimate ?? null])).toEqual([[183, 30, 0.5], [274, 15, null], [365, 15, null]]);
  });

  it('compares the groups that are large enough, in what happened often enough', () => {
    const large = [ends('a', 10, 'approved', 30), ends('a', 20, 'applicant', 10), ends('b', 15, 'approved', 3), ends('b', 20, 'applicant', 37), ends('c', 5, 'service', 29)];
    const { between, differences } = lossDifferences(large);
    expect(between).toEqual(['a', 'b']);
    expect(differences.map(({ ending, test }) => [ending, test === null])).toEqual([['approved', false], ['applicant', false], ['service', true], ['no_contact', true]]);
    expect(differences[0]!.test!.probability).toBeLessThan(1e-6);
    expect(lossDifferences(ten).differences.every(({ test }) => test === null)).toBe(true);
  });

  it('compares without the group that could not be followed so far yet, as if it were not there', () => {
    const older = [ends('a', 90, 'approved', 12), ends('a', 120, 'applicant', 30), ends('b', 110, 'approved', 6), ends('b', 120, 'applicant', 40)];
    const newest = [ends('c', 20, 'applicant', 15), ends('c', 40, 'censored', 60)];
    const of = (endings: GroupedEnding[]) => lossDifferences(endings).differences.find(({ ending }) => ending === 'approved')!;
    expect(of([...older, ...newest])).toEqual(of(older));
    expect(of(older)).toMatchObject({ groups: 2, test: { degreesOfFreedom: 1 } });
    expect(lossDifferences([...older, ...newest]).differences.find(({ ending }) => ending === 'applicant')).toMatchObject({ groups: 3, test: { degreesOfFreedom: 2 } });
  });

  it('does not hold those never answered against the others', () => {
    const answers = ['in_time', 'late', 'never', 'not_due'].map((group) => ends(group, 5, 'no_contact', 40));
    expect(lossDifferences(comparable('response', answers)).between).toEqual(['in_time', 'late']);
    expect(comparable('authority', answers)).toEqual(answers);
  });

  it('does not compare more groups than anybody could look into', () => {
    const groups = (count: number) => Array.from({ length: count }, (_, index) => [ends(String(index), 10, 'approved', 20), ends(String(index), 20, 'applicant', 20)]).flat();
    expect(lossDifferences(groups(24)).differences[0]!.test).not.toBeNull();
    expect(lossDifferences(groups(25)).differences[0]!.test).toBeNull();
  });
});
