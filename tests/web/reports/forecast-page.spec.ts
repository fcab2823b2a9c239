import { LAST_BACK_TEST } from '@app/reports';
import { tableCalled, wordsOf } from '../../support/page-text';
import { type Past, recordPasts } from '../../support/recorded-history';
import { createTestApp, type TestApp } from '../../support/test-app';

const day = (days: number): string => new Date(Date.UTC(2025, 3, 7 + days)).toISOString().slice(0, 10);

/** An enquiry a day since 7 April 2025; every tenth is approved after 150 days, the others withdraw after 20. */
function enquiries(): Past[] {
  return Array.from({ length: 590 }, (_, index): Past => {
    const receivedAt = `${day(index)}T10:00:00Z`;
    const isApproved = index % 10 === 0;
    const ends: Past['events'][number] = isApproved ? { kind: 'milestone', milestone: 'approved', on: day(index + 150) } : { kind: 'closed', on: day(index + 20), by: 'applicant', reason: 'not_now' };
    return { receivedAt, dueAt: receivedAt, authority: index % 2 === 0 ? 'derby' : 'nottingham', recordedAt: receivedAt, events: index + (isApproved ? 150 : 20) <= 590 ? [ends] : [] };
  });
}

/** Of these, approved in the financial year that ended on 31 March 2026, and in this one by 17 November 2026. */
const approvedBetween = (from: string, to: string): number => Array.from({ length: 59 }, (_, tenth) => day(tenth * 10 + 150)).filter((on) => on >= from && on <= to).length;

describe('the page of the forecast', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp();
    await recordPasts(app.database.owner, enquiries());
    const kept = (asAt: string, approvedSoFar: number, low: number, high: number): string =>
      JSON.stringify({ year: { from: '2025-04-01', to: '2026-03-31', label: '2025–26' }, asAt, authority: null, approvedSoFar, target: 103, toCome: { mean: 10, median: (low + high) / 2, within80: { low: low + 1, high: high - 1 }, within95: { low, high }, fromOpen: 1 }, open: 9, enquiriesToCome: 9, levers: null, pushes: { volume: 0, lost: 0, speed: 0 } });
    for (const [asAt, soFar, low, high] of [['2025-11-01', 6, 10, 20], ['2026-02-01', 15, 12, 30], ['2026-02-02', 15, 0, 90]] as const) {
      await app.database.owner.query(`INSERT INTO kept_forecasts (id, authority, year_from, year_to, as_at, definitions, forecast, made_at) VALUES (uuidv7(), NULL, '2025-04-01', '2026-03-31', $1, '1', $2, now())`, [asAt, kept(asAt, soFar, low, high)]);
    }
  });
  afterAll(() => app.close());

  it('says what the year will come to, what would change it, and draws what stands in the table', async () => {
    const { text, status } = await (await app.signedInAs('analyst')).get('/staff/reports/forecast');
    expect(status).toBe(200);
    const rows: Record<string, string[]> = {};
    for (const [name, ...cells] of tableCalled(text, 'Approvals in 2026–27').slice(1)) rows[name!] = cells;
    expect(rows['So far']![0]).toBe(String(approvedBetween('2026-04-01', '2026-11-18')));
    expect(rows['Target as stated']![0]).toBe('103');
    const label = wordsOf(/aria-label="(If nothing changes[^"]*)"/.exec(text)![1]!);
    expect(label).toContain(`about ${rows['By the end of the year']![0]!} households are approved in 2026–27: the target of 103 is out of reach`);
    expect(label).toContain(`${rows['So far']![0]!} so far; 80 times of 100 from ${rows['By the end of the year']![1]!}, 95 times of 100 from ${rows['By the end of the year']![2]!}; the target is 103`);
    // One in ten of a household a day, five months later: until 31 March as many more as enquired until 1 November, thirteen or fourteen.
    const [low, high] = rows['Still to come']![2]!.split(' to ').map(Number);
    expect([low! <= 13, high! >= 14]).toEqual([true, true]);
    const [year, within80, within95] = rows['By the end of the year']!;
    const [wide, narrow] = /id="outlook"[\s\S]*?<\/figure>/.exec(text)![0].split('hub-scene--narrow');
    const written = (scene: string): string[] => [...scene.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words!);
    expect(written(wide!)).toEqual(expect.arrayContaining([`${year!}: as likely more as fewer`, `80 of 100: ${within80!}`, `95 of 100: ${within95!}`, 'target 103']));
    expect(written(narrow!)).toEqual(expect.arrayContaining([year, 'as likely more', '80 of 100:', within80, '95 of 100:', within95]));
    // On average, so many of those on the way and so many of enquiries to come: together about what the middle says is to come.
    const [, ofOpen, ofEnquiries] = /On average ([\d.]+) more are approved by 31 Mar 2027 of the \d+ families on the way now, and ([\d.]+) of about \d+ enquiries still to come\./.exec(wordsOf(text))!;
    expect(Math.abs(Number(ofOpen) + Number(ofEnquiries) - Number(rows['Still to come']![0]))).toBeLessThan(1.5);
    expect(wordsOf(text)).toContain('With any one of these the target is reached on average: an even chance, not a certainty.');
    expect(wordsOf(text)).toMatch(/Of \d+ enquirers of the year who were lost so far, most were lost before the initial application: \d+\./);
    expect(tableCalled(text, /^What a tenth would bring/).slice(1)).toHaveLength(3);
    expect(wordsOf(text)).toMatch(/Enquiries: .* Conversion: .* Speed: /);
    expect(text).not.toMatch(/ style="/);
    const { hubs, held95, medianError } = LAST_BACK_TEST;
    expect(wordsOf(text)).toContain(`Tried on ${hubs.toLocaleString('en-GB')} made-up hubs whose end is known, the 95% range held it ${String(Number((held95 * 100).toFixed(1)))} times of 100`);
    expect(wordsOf(text)).toContain(`half of the forecasts were within ${(medianError * 100).toFixed(1)}% of it`);
  });

  it('shows the first forecast of each month beside what then happened', async () => {
    const { text } = await (await app.signedInAs('hub_manager')).get('/staff/reports/forecast?of=hub');
    const came = approvedBetween('2025-04-01', '2026-03-31');
    expect(came).toBe(21);
    expect(tableCalled(text, 'Forecasts of 2025–26').slice(1)).toEqual([
      ['1 Nov 2025', '6', '21', '17 to 25', '16 to 26', '21', 'yes'],
      ['1 Feb 2026', '15', '36', '28 to 44', '27 to 45', '21', 'no'],
    ]);
    expect(/id="forecasts-1"[\s\S]*?<\/figure>/.exec(text)![0]).not.toContain('stands-out');
    expect(wordsOf(text)).toContain('2025–26 came to 21 approvals: 1 of 2 forecasts held that within their 95% range');
  });

  it('says how the forecasts of the running year moved, and against the target', async () => {
    const kept = (asAt: string, median: number): string =>
      JSON.stringify({ year: { from: '2026-04-01', to: '2027-03-31', label: '2026–27' }, asAt, authority: 'derby', approvedSoFar: 1, target: 30, toCome: { mean: 10, median, within80: { low: median - 2, high: median + 2 }, within95: { low: median - 5, high: median + 5 }, fromOpen: 1 }, open: 9, enquiriesToCome: 9, levers: null, pushes: { volume: 0, lost: 0, speed: 0 } });
    const keep = (asAt: string, median: number) => app.database.owner.query(`INSERT INTO kept_forecasts (id, authority, year_from, year_to, as_at, definitions, forecast, made_at) VALUES (uuidv7(), 'derby', '2026-04-01', '2027-03-31', $1, '1', $2, now())`, [asAt, kept(asAt, median)]);
    const title = async (): Promise<string> => /2026–27 is not over: [^.]*?(?= The first forecast)/.exec(wordsOf((await (await app.signedInAs('analyst')).get('/staff/reports/forecast?of=derby')).text))![0].trim();
    await keep('2026-11-17', 24);
    expect(await title()).toBe('2026–27 is not over: its first forecast, in November, is 25; the target of 30 lay outside the 95% range in 0 of 1');
    await keep('2026-10-01', 26);
    expect(await title()).toBe('2026–27 is not over: its forecast fell from 27 in October to 25 in November; the target of 30 lay outside the 95% range in 0 of 2');
    await keep('2026-09-01', 20);
    expect(await title()).toBe('2026–27 is not over: its forecast rose from 21 in September to 27 in October, and was 25 in November; the target of 30 lay outside the 95% range in 1 of 3');
  });

  it('says kindly when there is too little to go by', async () => {
    expect(wordsOf((await (await app.signedInAs('analyst')).get('/staff/reports/forecast?of=derbyshire')).text)).toContain('A forecast needs three months of enquiries and at least five approvals');
  });

  it('is for analysts, hub managers, and team managers about their own council, who do not set the councils against each other', async () => {
    for (const [role, authority] of [['recruitment_officer', null], ['administrator', null]] as const) {
      const browser = await app.signedInAs(role, authority);
      for (const path of ['forecast', 'authorities']) expect([role, (await browser.get(`/staff/reports/${path}`)).status]).toEqual([role, 404]);
    }
    const manager = await app.signedInAs('team_manager', 'derby');
    expect((await manager.get('/staff/reports/forecast')).text).toContain('What the year will come to in Derby');
    for (const path of ['forecast?of=hub', 'forecast?of=nottingham', 'authorities']) expect([path, (await manager.get(`/staff/reports/${path}`)).status]).toEqual([path, 404]);
    const analyst = await app.signedInAs('analyst');
    expect((await analyst.get('/staff/reports/forecast?of=leicester')).status).toBe(404);
    for (const place of ['forecast', 'losses', 'authorities', 'series']) expect((await analyst.get('/staff/reports')).text).toContain(`href="/staff/reports/${place}"`);
    expect((await analyst.get('/staff/reports')).text).toContain('href="/staff/carers/need"');
  });

  // Of 590 enquiries each council has 295; only those of even days are approved, so that all approvals are Derby’s.
  it('tells authorities from chance by the exact limits of the binomial distribution', async () => {
    const analyst = await app.signedInAs('analyst');
    const { text } = await analyst.get('/staff/reports/authorities');
    expect((await analyst.get('/staff/reports/authorities?measure=constructor')).status).toBe(422);
    const [derby, nottingham, all] = tableCalled(text, 'Approved so far, of the enquirers').slice(1);
    const approved = approvedBetween('2025-04-01', '2026-11-18');
    expect(derby!.slice(0, 3)).toEqual(['Derby', '295', String(approved)]);
    expect([derby!.at(-1), nottingham!.at(-1)]).toEqual(['hardly chance: ask why', 'hardly chance: ask why']);
    expect(all!.slice(0, 4)).toEqual(['All together', '590', String(approved), `${((approved / 590) * 100).toFixed(1)}%`]);
    expect(limitsByCounting(295, approved / 590)).toEqual([derby![4], derby![5]]);
    expect(wordsOf(text)).toContain('chance hardly explains Derby and Nottingham');
    expect(text.match(/class="hub-mark--stands-out"/g)).toHaveLength(4);
    const label = /aria-label="(Approved so far, of the enquirers: [^"]*)"/.exec(text)![1]!;
    expect(label).toContain(`Derby ${derby![3]!}, by chance ${derby![4]!}`);
  });
});

/** The same limits by adding up the binomial probabilities one after another, interpolated as Spiegelhalter 2005 does. */
function limitsByCounting(base: number, share: number): string[] {
  const upTo: number[] = [];
  let probability = (1 - share) ** base;
  for (let count = 0, sum = 0; count <= base; count += 1) {
    upTo.push((sum += probability));
    probability *= ((base - count) / (count + 1)) * (share / (1 - share));
  }
  const limit = (wanted: number): string => {
    const count = upTo.findIndex((sum) => sum >= wanted);
    const before = upTo[count - 1] ?? 0;
    return `${(((count - (upTo[count]! - wanted) / (upTo[count]! - before)) / base) * 100).toFixed(1)}%`;
  };
  return [`${limit(0.025)} to ${limit(0.975)}`, `${limit(0.001)} to ${limit(0.999)}`];
}
