import { lossDifferences, lossesByGroup, type GroupedEnding } from './losses';

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

  it('ends the curve where fewer are followed', () => {
    expect(lossesByGroup([...ten, ends('a', 12, 'censored', 4)])[0]!.curve.at(-1)!.time).toBe(9);
    expect(lossesByGroup([ends('b', 3, 'censored', 4)])[0]!.curve).toEqual([]);
  });

  it('compares the groups that are large enough, in what happened often enough', () => {
    const large = [ends('a', 10, 'approved', 30), ends('a', 20, 'applicant', 10), ends('b', 15, 'approved', 3), ends('b', 20, 'applicant', 37), ends('c', 5, 'service', 29)];
    const { between, differences } = lossDifferences(large);
    expect(between).toEqual(['a', 'b']);
    expect(differences.map(({ ending, test }) => [ending, test === null])).toEqual([['approved', false], ['applicant', false], ['service', true], ['no_contact', true]]);
    expect(differences[0]!.test!.probability).toBeLessThan(1e-6);
    expect(lossDifferences(ten).differences.every(({ test }) => test === null)).toBe(true);
  });
});
