import { tableCalled, wordsOf } from '../../support/page-text';
import { recordPasts, type Past } from '../../support/recorded-history';
import { createTestApp, type TestApp } from '../../support/test-app';

/** Eight or fourteen enquiries in each month of the two years before November 2026, and forty in one of them. */
function twoYears(): Past[] {
  return Array.from({ length: 24 }, (_, index) => {
    const month = new Date(Date.UTC(2024, 10 + index, 12, 11)).toISOString();
    const dueAt = new Date(Date.UTC(2024, 10 + index, 13, 17)).toISOString();
    const enquiries = index === 15 ? 40 : 8 + 6 * (index % 2);
    return Array.from({ length: enquiries }, (): Past => ({ receivedAt: month, dueAt, authority: 'derby', recordedAt: month, events: [] }));
  }).flat();
}

/** Twenty enquiries a month from the day on which the hub opened, ten months before November 2026; none of another council. */
function tenMonths(): Past[] {
  return Array.from({ length: 10 }, (_, index) => new Date(Date.UTC(2026, index, 5, 11)).toISOString()).flatMap((at, index) => Array.from({ length: 20 + (index % 2) }, (): Past => ({ receivedAt: at, dueAt: at, authority: 'derby', recordedAt: at, events: [] })));
}

describe('the page of a young hub', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp();
    await recordPasts(app.database.owner, tenMonths());
  });
  afterAll(() => app.close());

  it('does not take the time before its first enquiry for months and weeks without any', async () => {
    const analyst = await app.signedInAs('analyst');
    const { text } = await analyst.get('/staff/reports/series');
    expect(tableCalled(text, /^Enquiries by month/).slice(1).map(([month, value]) => [month, value])).toEqual(['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'].map((month, index) => [`${month} 2026`, String(20 + (index % 2))]));
    expect(text).toContain('Enquiries: nothing more than chance');
    expect(wordsOf(text)).toContain('10 months since the first enquiry: which changes');
    expect(tableCalled((await analyst.get('/staff/reports/series?by=week')).text, /^Enquiries by week/)[1]!.slice(0, 2)).toEqual(['Week of 5 Jan 2026', '20']);
    // A council that nobody has asked for has ten months without enquiries, not twenty-four.
    expect(tableCalled((await analyst.get('/staff/reports/series?authority=nottingham')).text, /^Enquiries by month/).slice(1)).toHaveLength(10);
  });
});

describe('the page that tells change from chance', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp();
    await recordPasts(app.database.owner, twoYears());
  });
  afterAll(() => app.close());

  it('marks the month that is hardly chance, and no other', async () => {
    const answer = await (await app.signedInAs('analyst')).get('/staff/reports/series');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Enquiries: 40 in February 2026, more than chance explains');
    expect(answer.text).toContain('Beyond the limits: February 2026.');
    expect(answer.text).toMatch(/February 2026<\/th>\s*<td[^>]*>40</);
    // At each of two widths: the point, and above it what the shape means.
    expect(answer.text.match(/class="hub-mark--stands-out"/g)).toHaveLength(4);
    expect(wordsOf(answer.text)).toContain('Of 100 charts of 24 months in which nothing changed, about 14 would show a mark by chance alone.');
    expect(wordsOf(answer.text)).toMatch(/The hub, Friday 1 November 2024 to Saturday 31 October 2026, as at now\. Made on .* Definitions \d/);
    expect(answer.text).not.toMatch(/ style="/);
  });

  it('looks at quarters, each as the report of that quarter gives it', async () => {
    const analyst = await app.signedInAs('analyst');
    const { text } = await analyst.get('/staff/reports/series?by=quarter');
    // Months of 8 and 14 in turn from November 2024 on, and of 40 in February 2026.
    expect(tableCalled(text, /^Enquiries by quarter/).slice(1).map(([quarter, value]) => [quarter, value])).toEqual([
      ['October to December 2024', '22'], ['January to March 2025', '30'], ['April to June 2025', '36'], ['July to September 2025', '30'],
      ['October to December 2025', '36'], ['January to March 2026', '56'], ['April to June 2026', '36'], ['July to September 2026', '30'],
    ]);
    expect(wordsOf(text)).toContain('8 quarters since the first enquiry: which changes');
    const { text: report } = await analyst.get('/staff/reports?from=2026-01-01&to=2026-03-31');
    expect(wordsOf(report)).toContain('Of 56 enquirers');
    expect((await (await app.signedInAs('team_manager', 'nottingham')).get('/staff/reports/series?by=quarter&authority=derby')).status).toBe(404);
  });

  it('says so when there are too few months', async () => {
    const analyst = await app.signedInAs('analyst');
    expect((await analyst.get('/staff/reports/series?measure=turnaround.approvals')).text).toContain('Approvals: too few each month to tell change from chance');
    expect((await analyst.get('/staff/reports/series?measure=turnaround.medianDays')).text).toContain('Too few months');
  });

  it('looks at weeks as well, each as the report of that week gives it', async () => {
    const analyst = await app.signedInAs('analyst');
    const { text } = await analyst.get('/staff/reports/series?by=week');
    const weeks = tableCalled(text, /^Enquiries by week/).slice(1);
    expect(weeks).toHaveLength(52);
    // Received on Thursday 12 February 2026, with those of that month; the next ones came four weeks later.
    expect(weeks.find(([week]) => week === 'Week of 9 Feb 2026')!.slice(0, 3)).toEqual(['Week of 9 Feb 2026', '40', '+40']);
    expect(weeks.find(([week]) => week === 'Week of 16 Feb 2026')!.slice(0, 3)).toEqual(['Week of 16 Feb 2026', '0', '−40']);
    expect(wordsOf(text)).toContain('The last 52 whole weeks');
    expect(wordsOf((await analyst.get('/staff/reports/series?by=week&measure=turnaround.medianDays')).text)).toContain('Too few weeks');
    expect((await (await app.signedInAs('team_manager', 'nottingham')).get('/staff/reports/series?by=week&authority=derby')).status).toBe(404);
  });

  it('gives every figure, and says which of them are still changing', async () => {
    const analyst = await app.signedInAs('analyst');
    const measures = [...(await analyst.get('/staff/reports/series')).text.matchAll(/<optgroup.*?<\/optgroup>/gs)].flatMap(([group]) => [...group.matchAll(/<option value="([\w.]+)"/g)].map(([, value]) => value!));
    expect(measures.length).toBeGreaterThanOrEqual(70);
    for (const measure of measures) expect([measure, (await analyst.get(`/staff/reports/series?measure=${measure}`)).status]).toEqual([measure, 200]);
    expect(wordsOf((await analyst.get('/staff/reports/series?measure=dropOut.rate')).text)).toContain('This goes on changing');
  });

  it('shows nothing else instead of what it does not have', async () => {
    const analyst = await app.signedInAs('analyst');
    for (const [asked, said] of [['measure=constructor', '“constructor” is none of these: choose from the list'], ['by=day', '“day” is none of these'], ['by=week&by=month', 'is none of these']] as const) {
      const answer = await analyst.get(`/staff/reports/series?${asked}`);
      expect([asked, answer.status]).toEqual([asked, 422]);
      expect(wordsOf(answer.text)).toContain(said);
      expect(answer.text).not.toContain('id="series"');
    }
    expect((await analyst.get('/staff/reports/series?authority=derby&authority=nottingham')).status).toBe(404);
  });

  it('shows a team manager their own council, and nothing of another', async () => {
    const manager = await app.signedInAs('team_manager', 'nottingham');
    expect((await manager.get('/staff/reports/series')).text).not.toContain('Beyond the limits');
    expect((await manager.get('/staff/reports/series?authority=derby')).status).toBe(404);
    expect((await (await app.signedInAs('social_worker', 'derby')).get('/staff/reports/series')).status).toBe(404);
  });
});
