import { named, receiveFamily } from '../../support/received-family';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';
import { wordsOf } from '../../support/page-text';

let app: TestApp;
let officer: TestBrowser & { readonly staff: { readonly staffId: string; readonly name: string } };

const MONDAY = new Date('2026-11-16T10:05:00Z');

beforeAll(async () => {
  app = await createTestApp({ now: MONDAY });
  const late = await receiveFamily(app.database, MONDAY, { applicants: named('Lena', 'Late'), source: 'Radio', channel: 'event' });
  app.clock.set(new Date('2026-11-17T10:00:00Z'));
  await receiveFamily(app.database, app.clock.now(), { applicants: named('Tom', 'Today') });
  app.clock.set(new Date('2026-11-18T09:30:00Z'));
  officer = await app.signedInAs('recruitment_officer');
  await receiveFamily(app.database, app.clock.now(), { applicants: named('Nora', 'Next'), askedForAuthority: 'nottingham' });
  const talking = await receiveFamily(app.database, app.clock.now(), { applicants: named('Wim', 'Waiting') });
  await officer.post(`/staff/families/${talking.reference}/contact`, { what: 'spoke' });
  const resting = await receiveFamily(app.database, app.clock.now(), { applicants: named('Hana', 'Held') });
  await officer.post(`/staff/families/${resting.reference}/hold`, { until: '2026-12-01', reason: 'Moving house' });
  app.clock.set(new Date('2026-11-18T10:00:00Z'));
  await officer.post(`/staff/families/${late.reference}/contact`, { what: 'no_answer' });
});
afterAll(() => app.close());

const listed = async (path: string, browser: TestBrowser = officer): Promise<string[]> => [...(await browser.get(path)).text.matchAll(/hub-row__name"><a[^>]*>([^<]+)</g)].map((match) => match[1] ?? '');

describe('the worklist', () => {
  it('has the overdue on top, then what is due today, next, and what waits for somebody else', async () => {
    const answer = await officer.get('/staff/worklist');
    expect(answer.status).toBe(200);
    expect([...answer.text.matchAll(/id="group-(\w+)"/g)].map((match) => match[1])).toEqual(['overdue', 'today', 'next', 'waiting']);
    expect(await listed('/staff/worklist')).toEqual(['Lena Late', 'Tom Today', 'Nora Next', 'Wim Waiting']);
    const words = wordsOf(answer.text);
    expect(words).toContain('17 hours overdue Lena Late Ring back: enquired Monday 10:05am at an event, one attempt');
    expect(words).toContain('due 5pm Tom Today');
    expect(words).toContain('Overdue 1');
    expect(words).toContain('On hold 1');
  });

  it('shows a resting family on request, and on its day', async () => {
    expect(await listed('/staff/worklist?group=held')).toEqual(['Hana Held']);
    const before = app.clock.now();
    app.clock.set(new Date('2026-12-01T09:00:00Z'));
    expect(await listed('/staff/worklist?group=back', await app.signedInAs('recruitment_officer'))).toEqual(['Hana Held']);
    app.clock.set(before);
  });

  it.each([
    ['authority=nottingham', ['Nora Next']],
    ['stage=home_visit', []],
    ['channel=event', ['Lena Late']],
    ['source=Radio', ['Lena Late']],
    ['text=nora', ['Nora Next']],
    ['text=0115+4960+199&authority=nottingham', ['Nora Next']],
    ['whose=mine', []],
    ['authority=leicester', ['Lena Late', 'Tom Today', 'Nora Next', 'Wim Waiting']],
  ])('is filtered by its address: %s', async (query, expected) => {
    expect(await listed(`/staff/worklist?${query}`)).toEqual(expected);
  });

  it('keeps its filters in the address, with a way out of each', async () => {
    const answer = await officer.get('/staff/worklist?authority=nottingham&text=nora');
    expect(answer.text).toContain('value="nora"');
    expect(answer.text).toContain('<option value="nottingham" selected>');
    expect(answer.text).toContain('href="/staff/worklist?text=nora"');
    expect(wordsOf(answer.text)).toContain('Remove Nottingham');
  });

  it('says kindly when nobody waits', async () => {
    const other = await app.signedInAs('social_worker', 'derbyshire');
    expect(wordsOf((await other.get('/staff/worklist')).text)).toContain('Nobody is waiting for you');
    expect(wordsOf((await officer.get('/staff/worklist?text=zzz')).text)).toContain('No family fits');
  });

  it('takes a call in place, in three clicks', async () => {
    const family = await receiveFamily(app.database, app.clock.now(), { applicants: named('Clara', 'Clicks') });
    const worklist = await officer.get('/staff/worklist?text=clicks');
    const open = new RegExp(`href="(/staff/worklist[^"]*open=${family.reference}[^"]*do=contact[^"]*)"`).exec(worklist.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const opened = await officer.get(open);
    expect(wordsOf(opened.text)).toContain('Log a call or message Clara Clicks 0115 496 0199');
    expect(opened.text).toContain('name="back" value="/staff/worklist?text=clicks"');
    const saved = await officer.post(`/staff/families/${family.reference}/contact`, { what: 'no_answer', note: '', back: '/staff/worklist?text=clicks' });
    expect(saved.headers.location).toBe('/staff/worklist?text=clicks');
    expect(wordsOf((await officer.get('/staff/worklist?text=clicks')).text)).toContain('The attempt is logged.');
  });

  it('pages by keyset, each family once', async () => {
    for (let number = 0; number < 55; number += 1) await receiveFamily(app.database, app.clock.now(), { applicants: named(`P${String(number)}`, 'Paging'), askedForAuthority: 'nottinghamshire' });
    const first = await officer.get('/staff/worklist?group=next&text=paging');
    const next = /rel="next" href="([^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const names = [...(await listed('/staff/worklist?group=next&text=paging')), ...(await listed(next))];
    expect(names).toHaveLength(55);
    expect(new Set(names).size).toBe(55);
    expect((await officer.get(next)).text).not.toContain('rel="next"');
  });

  it('shows a social worker their council’s families alone, and the others nothing', async () => {
    const worker = await app.signedInAs('social_worker', 'nottingham');
    expect(await listed('/staff/worklist?whose=everybodys', worker)).toEqual(['Nora Next']);
    expect((await (await app.signedInAs('analyst')).get('/staff/worklist')).status).toBe(404);
  });

  it('shows a team manager everybody’s families, and who has how much', async () => {
    const manager = await app.signedInAs('team_manager', 'derby');
    const family = await receiveFamily(app.database, app.clock.now(), { applicants: named('Lou', 'Loaded') });
    const worker = await app.signedInAs('social_worker', 'derby');
    await officer.post(`/staff/families/${family.reference}/assign`, { officer: officer.staff.staffId, social_worker: worker.staff.staffId, note: 'Yours now' });
    const words = wordsOf((await manager.get('/staff/worklist')).text);
    expect(words).toContain('Lena Late');
    expect(words).toContain(`Who has how much`);
    expect(words).toContain(`${officer.staff.name} 0 1 1`);
    expect(words).toContain(`${worker.staff.name} 0 0 1`);
    expect(await listed(`/staff/worklist?whose=${worker.staff.staffId}`, manager)).toEqual(['Lou Loaded']);
    expect(wordsOf((await manager.get('/staff/worklist/loads')).text)).toContain(worker.staff.name);
  });
});
