import { tableCalled, wordsOf } from '../../support/page-text';
import { type Past, recordPasts } from '../../support/recorded-history';
import { createTestApp, type TestApp } from '../../support/test-app';

const day = (days: number): string => new Date(Date.UTC(2025, 5, 2 + days)).toISOString().slice(0, 10);
const enquiries = (count: number, authority: string, ...events: Past['events']): Past[] =>
  Array.from({ length: count }, () => ({ receivedAt: '2025-06-02T10:00:00+01:00', dueAt: '2025-06-03T17:00:00+01:00', authority, recordedAt: '2025-06-02T10:00:00+01:00', events }));
const approved: Past['events'][number] = { kind: 'milestone', milestone: 'approved', on: day(200) };
const withdrawn: Past['events'][number] = { kind: 'closed', on: day(10), by: 'applicant', reason: 'changed_mind' };

describe('the page of where families are lost', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp();
    await recordPasts(app.database.owner, [
      ...enquiries(10, 'derby', approved), ...enquiries(20, 'derby', withdrawn), ...enquiries(10, 'derby'),
      ...enquiries(2, 'nottingham', approved), ...enquiries(38, 'nottingham', withdrawn),
      ...enquiries(6, 'nottinghamshire', withdrawn),
    ]);
  });
  afterAll(() => app.close());

  it('gives every group its shares, says which are too small, and tells difference from chance', async () => {
    const { text, status } = await (await app.signedInAs('analyst')).get('/staff/reports/losses?from=2025-06-01&to=2025-06-30');
    expect(status).toBe(200);
    // Of Derby’s forty nobody’s end is hidden before day 200, so that the estimate is the plain share: 10 and 20 of 40.
    expect(tableCalled(text, 'How enquiries end, by authority').slice(1).map((row) => [row[0], row[1], row[2], row[3]!.split(' ')[0], ...row.slice(4)])).toEqual([
      ['Derby', '40', '10', '25.0%', '50.0%', '0.0%', '0.0%', '10', ''],
      ['Nottingham', '40', '0', '5.0%', '95.0%', '0.0%', '0.0%', '0', ''],
      ['Nottinghamshire', '6', '0', '0.0%', '100.0%', '0.0%', '0.0%', '0', 'Too few'],
    ]);
    expect(wordsOf(text)).toContain('fewer than 30 enquiries in Nottinghamshire');
    expect(wordsOf(text)).toContain('Between authorities, approval and withdrawing differ by more than chance explains');
    const tests = tableCalled(text, 'Do they differ?');
    expect(tests.slice(1).map((row) => row.slice(0, 2))).toEqual([['Approved', 'They differ: hardly by chance'], ['Withdrew', 'They differ: hardly by chance'], ['Closed by us', 'Too few to tell'], ['Not reached', 'Too few to tell']]);
  });

  it('compares groups that are too young for a year after the longest time for which they can be compared', async () => {
    // 214 days after the enquiry.
    const { text } = await (await app.signedInAs('analyst')).get('/staff/reports/losses?from=2025-06-01&to=2025-06-30&asAt=2026-01-02');
    const [head, ...groups] = tableCalled(text, 'How enquiries end, by authority');
    expect(head!.slice(2, 5)).toEqual(['Followed for six months', 'Approved within six months (95% interval)', 'Withdrew']);
    // On day 183 nobody is approved yet; of Derby twenty are left, of Nottingham two.
    expect(groups.map((row) => [...row.slice(0, 5), row.at(-1)])).toEqual([
      ['Derby', '40', '20', '0.0%', '50.0%', ''],
      ['Nottingham', '40', '2', '0.0%', '95.0%', ''],
      ['Nottinghamshire', '6', '0', '0.0%', '100.0%', 'Too few'],
    ]);
    expect(wordsOf(text)).toMatch(/Derby: 0% approved within six months, 25% approved after \d+ days, of 40 enquiries/);
    expect(wordsOf(text)).toContain('Too few can be followed for a year: the shares are those after six months');
  });

  it('draws what stands in the table beside it', async () => {
    const { text } = await (await app.signedInAs('hub_manager')).get('/staff/reports/losses?from=2025-06-01&to=2025-06-30');
    const figures = [...text.matchAll(/<figure class="hub-chart" id="([^"]+)"[\s\S]*?<\/figure>/g)];
    expect(figures.map(([, id]) => id)).toEqual(['all', 'group-1', 'group-2', 'group-3']);
    for (const [figure] of figures) {
      const label = /aria-label="(How enquiries[^"]*?After \d+ days: [^"]*)"/.exec(figure)![1]!;
      const last = tableCalled(figure, /estimated by the days since the enquiry/).at(-1)!;
      expect([...label.matchAll(/[\d.]+%/g)].map(([share]) => share)).toEqual([last[2]!.split(' ')[0], ...last.slice(3)]);
      expect(label).toContain(`After ${last[0]!} days`);
    }
    expect(text).not.toMatch(/ style="/);
  });

  it('is looked at by whatever is asked, and counts those still in a stage', async () => {
    const analyst = await app.signedInAs('analyst');
    await app.database.owner.query(`UPDATE journeys SET source = 'Radio' WHERE authority = 'derby'`);
    const by = async (dimension: string, caption: string): Promise<string[][]> => tableCalled((await analyst.get(`/staff/reports/losses?from=2025-06-01&to=2025-06-30&by=${dimension}`)).text, caption).slice(1).map((row) => row.slice(0, 2));
    expect(await by('source', 'How enquiries end, by how they heard of the hub')).toEqual([['Not stated', '46'], ['Radio', '40']]);
    expect(await by('channel', 'How enquiries end, by how they enquired')).toEqual([['Other', '86']]);
    expect(await by('month', 'How enquiries end, by month of the enquiry')).toEqual([['June 2025', '86']]);
    expect(await by('response', 'How enquiries end, by first response in time or not')).toEqual([['Answered late or never', '86']]);
    const [stage] = tableCalled((await analyst.get('/staff/reports/losses?from=2025-06-01&to=2025-06-30&authority=derby')).text, /^Days in each stage/).slice(1);
    expect(stage).toEqual(['Enquiry', '40', '10', '20', '10', '10', '105', '367']);
  });

  it.each([['from=2026-05-31&to=2026-05-01', 'The period ends before it starts'], ['asAt=2027-01-01', 'The as-at date lies in the future'], ['from=soon&to=2026-05-01', '“soon” is not a date']])('says what is wrong with %s', async (query, words) => {
    const answer = await (await app.signedInAs('analyst')).get(`/staff/reports/losses?${query}`);
    expect([answer.status, wordsOf(answer.text).includes(words)]).toEqual([422, true]);
  });

  it('is there when nothing is, and for analysts and hub managers only', async () => {
    expect((await (await app.signedInAs('analyst')).get('/staff/reports/losses?from=2019-04-01&to=2020-03-31')).text).toContain('Nothing in this period');
    for (const [role, authority] of [['team_manager', 'derby'], ['recruitment_officer', null], ['administrator', null]] as const) {
      expect([role, (await (await app.signedInAs(role, authority)).get('/staff/reports/losses')).status]).toEqual([role, 404]);
    }
    expect((await app.visitor().get('/staff/reports/losses')).status).toBe(303);
  });
});
