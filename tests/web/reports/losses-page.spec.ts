import { tableCalled, wordsOf } from '../../support/page-text';
import { type Past, recordPasts } from '../../support/recorded-history';
import { createTestApp, type TestApp } from '../../support/test-app';

const day = (days: number): string => new Date(Date.UTC(2025, 5, 2 + days)).toISOString().slice(0, 10);
const enquiries = (count: number, authority: string, ...events: Past['events']): Past[] =>
  Array.from({ length: count }, () => ({ receivedAt: '2025-06-02T10:00:00+01:00', dueAt: '2025-06-03T17:00:00+01:00', authority, recordedAt: '2025-06-02T10:00:00+01:00', events }));
const approved: Past['events'][number] = { kind: 'milestone', milestone: 'approved', on: day(200) };
const withdrawn: Past['events'][number] = { kind: 'closed', on: day(10), by: 'applicant', reason: 'changed_mind' };

const enquiriesOf = (count: number, on: Date): Past[] => {
  const receivedAt = on.toISOString();
  const ends: Past['events'] = [{ kind: 'closed', on: new Date(on.getTime() + 10 * 86_400_000).toISOString().slice(0, 10), by: 'applicant', reason: 'changed_mind' }];
  return Array.from({ length: count }, (_, index) => ({ receivedAt, dueAt: receivedAt, authority: 'derby', recordedAt: receivedAt, events: index < 20 ? ends : [] }));
};

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
      ['Derby', '40', '40', '25.0%', '50.0%', '0.0%', '0.0%', '10', ''],
      ['Nottingham', '40', '40', '5.0%', '95.0%', '0.0%', '0.0%', '0', ''],
      ['Nottinghamshire', '6', '6', '0.0%', '100.0%', '0.0%', '0.0%', '0', 'Too few'],
    ]);
    expect(wordsOf(text)).toContain('fewer than 30 enquiries in Nottinghamshire');
    expect(wordsOf(text)).toContain('Between authorities, approval and withdrawing differ by more than chance explains');
    expect(wordsOf(text)).toContain('Within a year, approved most often: Derby (25.0%), least often: Nottingham (5.0%); withdrew most often: Nottingham (95.0%), least often: Derby (50.0%).');
    const tests = tableCalled(text, 'Do they differ?');
    expect(tests.slice(1).map((row) => row.slice(0, 2))).toEqual([['Approved', 'They differ: hardly by chance'], ['Withdrew', 'They differ: hardly by chance'], ['Closed by us', 'Too few to tell'], ['Not reached', 'Too few to tell']]);
  });

  it('compares groups that are too young for a year after the longest time for which they can be compared', async () => {
    // 214 days after the enquiry.
    const { text } = await (await app.signedInAs('analyst')).get('/staff/reports/losses?from=2025-06-01&to=2025-06-30&asAt=2026-01-02');
    const [head, ...groups] = tableCalled(text, 'How enquiries end, by authority');
    expect(head!.slice(2, 5)).toEqual(['Ended, or followed for six months', 'Approved within six months (95% interval)', 'Withdrew']);
    // On day 183 nobody is approved yet, and what had become of everybody by then is known.
    expect(groups.map((row) => [...row.slice(0, 5), row.at(-1)])).toEqual([
      ['Derby', '40', '40', '0.0%', '50.0%', ''],
      ['Nottingham', '40', '40', '0.0%', '95.0%', ''],
      ['Nottinghamshire', '6', '6', '0.0%', '100.0%', 'Too few'],
    ]);
    expect(wordsOf(text)).toContain('Derby: 0.0% approved within six months, of 40 enquiries');
    expect(wordsOf(text)).toContain('What comes of a year is not known of most groups yet: the shares are those after six months');
  });

  it.each([
    ['finished', '&authority=nottingham', '200 days after enquiring', 'Nottingham: 5.0% approved within a year', ['5.0%', '95.0%', '0.0%', '0.0%', '0.0%']],
    ['young', '&asAt=2025-08-15', '74 days after enquiring', 'Derby: 0.0% approved after 74 days, not known for longer yet', ['0.0%', '50.0%', '0.0%', '0.0%', '50.0%']],
    ['mixed', '', '534 days after enquiring', 'Derby: 25.0% approved within a year', ['25.0%', '50.0%', '0.0%', '0.0%', '25.0%']],
  ])('says of a %s cohort in title, drawing and table the same share of the same day', async (_, more, allWhen, firstTitle, firstShares) => {
    const { text } = await (await app.signedInAs('hub_manager')).get(`/staff/reports/losses?from=2025-06-01&to=2025-06-30${more}`);
    const figures = [...text.matchAll(/<figure class="hub-chart" id="((?:all|group)[^"]*)"[\s\S]*?<\/figure>/g)];
    expect(figures.length).toBe(more.startsWith('&authority') ? 2 : 4);
    for (const [figure, id] of figures) {
      const title = wordsOf(/<h3[\s\S]*?<\/h3>/.exec(figure)![0]);
      const label = /aria-label="(How enquiries[^"]*?After \d+ days: [^"]*)"/.exec(figure)![1]!;
      const last = tableCalled(figure, /estimated by the days since the enquiry/).at(-1)!;
      const shares = [last[2]!.split(' ')[0]!, ...last.slice(3)];
      expect([...label.matchAll(/[\d.]+%/g)].map(([share]) => share)).toEqual(shares);
      expect(label).toContain(`After ${last[0]!} days`);
      expect(title).toContain(id === 'all' ? `${allWhen}, ${shares[0]!} are approved` : `${shares[0]!} approved ${last[0] === '365' ? 'within a year' : `after ${last[0]!} days`}`);
      const [wide] = figure.split('hub-scene--narrow');
      const written = [...wide!.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words!);
      expect(written).toEqual(expect.arrayContaining([`after ${last[0]!} days`, `${shares[0]!} approved`, `${shares[4]!} still on their way`]));
      if (id === 'group-1') expect([title.includes(firstTitle), shares]).toEqual([true, firstShares]);
    }
    expect(text).not.toMatch(/ style="/);
  });

  it('shows an approval on the last day as wide as a day, and says where nothing is known yet', async () => {
    const manager = await app.signedInAs('hub_manager');
    // The areas of the finished cohort rise on day 200 and end on day 201.
    const { text } = await manager.get('/staff/reports/losses?from=2025-06-01&to=2025-06-30&authority=nottingham');
    const [, approvedArea] = /<figure class="hub-chart" id="all"[\s\S]*?<path class="hub-mark--approved" d="([^"]+)"/.exec(text)!;
    const across = [...approvedArea!.matchAll(/[ML]([\d.]+),/g)].map(([, x]) => Number(x));
    const left = Math.min(...across);
    const perDay = (Math.max(...across) - left) / 201;
    expect(across.some((x) => Math.abs(x - left - 200 * perDay) < 0.2)).toBe(true);
    expect(text).not.toContain('not known yet');
    expect((await manager.get('/staff/reports/losses?from=2025-06-01&to=2025-06-30&asAt=2025-08-15')).text).toContain('>not known yet</text>');
  });

  it('draws of months the latest that can be compared, in order', async () => {
    const months = await createTestApp();
    try {
      // From January 2025 to June 2026; by November 2026 a year is known of those until November 2025.
      await recordPasts(months.database.owner, Array.from({ length: 18 }, (_, month) => enquiriesOf(30 + (18 - month), new Date(Date.UTC(2025, month, 5)))).flat());
      const { text } = await (await months.signedInAs('analyst')).get('/staff/reports/losses?from=2025-01-01&to=2026-06-30&by=month');
      const titles = [...text.matchAll(/id="group-\d+-title">([^:]*):/g)].map(([, title]) => title);
      expect(titles).toEqual(['April 2025', 'May 2025', 'June 2025', 'July 2025', 'August 2025', 'September 2025', 'October 2025', 'November 2025']);
      expect(wordsOf(text)).toContain('10 groups are in the table alone: earlier than those drawn, or not known so long yet.');
      const march = tableCalled(text, 'How enquiries end, by month of the enquiry').find(([name]) => name === 'March 2026')!;
      expect(march.at(-1)).toMatch(/^Known for \d+ days only: 0\.0% approved$/);
    } finally {
      await months.close();
    }
  });

  it('says with few how little that is', async () => {
    const few = await createTestApp();
    try {
      await recordPasts(few.database.owner, enquiries(3, 'derby').map((past) => ({ ...past, receivedAt: '2026-11-18T09:00:00Z', dueAt: '2026-11-19T17:00:00Z' })));
      const analyst = await few.signedInAs('analyst');
      const words = wordsOf((await analyst.get('/staff/reports/losses')).text);
      expect(words).toContain('Too few enquirers to show how enquiries end');
      expect(words).toContain('Nothing is drawn: of no group can enough be followed yet. The table has them all.');
      expect(words).toContain('How long a stage takes is not known yet');
      expect(words).not.toMatch(/smaller than those drawn|Nobody has come to a stage|more than 0/);
      await recordPasts(few.database.owner, enquiries(6, 'nottingham', withdrawn));
      expect(wordsOf((await analyst.get('/staff/reports/losses?from=2025-06-01&to=2025-06-30')).text)).toContain('Only 6 enquiries: one family more or less moves these shares by 17 percentage points.');
    } finally {
      await few.close();
    }
  });

  it('tells late answers from none, and does not hold those against each other', async () => {
    const answering = await createTestApp();
    try {
      const answered = (at: string): Past['events'][number] => ({ kind: 'first_response', at, dueAt: '2025-06-03T17:00:00+01:00', workingMinutes: 60 });
      await recordPasts(answering.database.owner, [
        ...enquiries(30, 'derby', answered('2025-06-03T10:00:00+01:00'), withdrawn), ...enquiries(30, 'derby', answered('2025-06-05T10:00:00+01:00'), approved),
        ...enquiries(30, 'derby', { kind: 'closed', on: day(20), by: 'no_contact', reason: 'no_response' }),
      ]);
      const { text } = await (await answering.signedInAs('analyst')).get('/staff/reports/losses?from=2025-06-01&to=2025-06-30&by=response');
      expect(tableCalled(text, 'How enquiries end, by first response in time or not').slice(1).map((row) => row.slice(0, 2))).toEqual([['Answered in time', '30'], ['Answered late', '30'], ['Never answered', '30']]);
      const words = wordsOf(text);
      expect(words).toContain('were “Answered in time” and “Answered late” all alike');
      expect(words).toContain('withdrew most often: Answered in time (100.0%), least often: Answered late (0.0%)');
      expect(words).toContain('Those never answered are not held against the others: whoever could not be reached was never answered');
      expect(words).not.toContain('not reached most often');
    } finally {
      await answering.close();
    }
  });

  it('is looked at by whatever is asked, and counts those still in a stage', async () => {
    const analyst = await app.signedInAs('analyst');
    await app.database.owner.query(`UPDATE journeys SET source = 'Radio' WHERE authority = 'derby'`);
    const by = async (dimension: string, caption: string): Promise<string[][]> => tableCalled((await analyst.get(`/staff/reports/losses?from=2025-06-01&to=2025-06-30&by=${dimension}`)).text, caption).slice(1).map((row) => row.slice(0, 2));
    expect(await by('source', 'How enquiries end, by how they heard of the hub')).toEqual([['Not stated', '46'], ['Radio', '40']]);
    expect(await by('channel', 'How enquiries end, by how they enquired')).toEqual([['Other', '86']]);
    expect(await by('month', 'How enquiries end, by month of the enquiry')).toEqual([['June 2025', '86']]);
    expect(await by('response', 'How enquiries end, by first response in time or not')).toEqual([['Never answered', '86']]);
    const [stage] = tableCalled((await analyst.get('/staff/reports/losses?from=2025-06-01&to=2025-06-30&authority=derby')).text, /^Days in each stage/).slice(1);
    expect(stage).toEqual(['Enquiry', '40', '10', '20', '10', '10', '105', '367']);
    const { text: young } = await analyst.get('/staff/reports/losses?from=2025-06-01&to=2025-06-30&authority=derby&asAt=2025-08-15');
    expect(tableCalled(young, /^Days in each stage/)[1]).toEqual(['Enquiry', '40', '0', '20', '20', '10', '42', 'more than 74 days so far']);
    // A bar from 10 days on that is open, and the same in words.
    expect(young).toContain('aria-label="Days in each stage: Enquiry: a quarter left within 10 days, half within 42 days, fewer than three quarters within 74 days so far."');
    expect(/id="stage-times"[\s\S]*?<\/figure>/.exec(young)![0]).toContain('<path class="hub-mark--likely"');
    const derby = wordsOf((await analyst.get('/staff/reports/losses?from=2025-06-01&to=2025-06-30&authority=derby')).text);
    expect(derby).toContain('Derby: enquiries of Sunday 1 June 2025');
  });

  it.each([['from=2026-05-31&to=2026-05-01', 'The period ends before it starts'], ['asAt=2027-01-01', 'The as-at date lies in the future'], ['from=soon&to=2026-05-01', '“soon” is not a date'], ['from=2026-05-01&from=2026-04-01', 'is not a date'], ['by=constructor', '“constructor” is none of these: choose from the list']])('says what is wrong with %s', async (query, words) => {
    const answer = await (await app.signedInAs('analyst')).get(`/staff/reports/losses?${query}`);
    expect([answer.status, wordsOf(answer.text).includes(words)]).toEqual([422, true]);
  });

  it('is there when nothing is, and for analysts, hub managers, and team managers about their own council', async () => {
    expect((await (await app.signedInAs('analyst')).get('/staff/reports/losses?from=2019-04-01&to=2020-03-31')).text).toContain('Nothing in this period');
    for (const [role, authority] of [['recruitment_officer', null], ['administrator', null]] as const) {
      expect([role, (await (await app.signedInAs(role, authority)).get('/staff/reports/losses')).status]).toEqual([role, 404]);
    }
    const manager = await app.signedInAs('team_manager', 'derby');
    const own = await manager.get('/staff/reports/losses');
    expect([own.status, own.text.includes('Nottingham')]).toEqual([200, false]);
    expect(own.text).not.toContain('<option value="authority"');
    expect((await manager.get('/staff/reports/losses?authority=nottingham')).status).toBe(404);
    expect((await app.visitor().get('/staff/reports/losses')).status).toBe(303);
  });
});
