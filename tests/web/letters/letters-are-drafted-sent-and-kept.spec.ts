import { newId } from '@app/kernel';
import { receiveFamily, type ReceivedFamily } from '../../support/received-family';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';

let app: TestApp;
let officer: TestBrowser;
let worker: TestBrowser & { readonly staff: { readonly staffId: string } };
let administrator: TestBrowser;
let family: ReceivedFamily;
let path: string;

beforeAll(async () => {
  app = await createTestApp();
  officer = await app.signedInAs('recruitment_officer');
  worker = await app.signedInAs('social_worker', 'derby');
  administrator = await app.signedInAs('administrator');
  const person = (firstName: string, email: string | null) => ({ firstName, lastName: 'Example', email, phone: '+441154960123', preferredContact: null, bestTime: null });
  family = await receiveFamily(app.database, app.clock.now(), { applicants: [person('Ann', 'ann@example.org'), person('Ben', null)] });
  path = `/staff/families/${family.reference}/letters`;
});
afterAll(() => app.close());

/** What a form on a page holds, as a browser would send it. */
function formOf(html: string): Record<string, string> {
  const plain = (text: string) => text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  const value = (pattern: RegExp) => plain(pattern.exec(html)?.[1] ?? '');
  return {
    subject: value(/name="subject"[^>]* value="([^"]*)"/),
    body: value(/<textarea[^>]* name="body"[^>]*>\n?([\s\S]*?)<\/textarea>/) || value(/<textarea name="body"[^>]*>\n?([\s\S]*?)<\/textarea>/),
    sentKey: value(/name="sentKey" value="([^"]*)"/),
  };
}
const outbox = async () => (await app.database.owner.query<{ to: string; subject: string; body: string }>(`SELECT to_address AS "to", subject, body FROM emails WHERE kind LIKE 'letter%' ORDER BY created_at, id`)).rows;

/** The application is in and stage 1 is decided, as the file says it. */
async function decidedStage1(): Promise<void> {
  const { journeyId } = family;
  await app.database.owner.query(`UPDATE journeys SET application_on = '2026-11-18', stage = 'assessment', stage_since = '2026-11-18', social_worker_id = $2 WHERE id = $1`, [journeyId, worker.staff.staffId]);
  await app.database.owner.query(
    `INSERT INTO assessments (journey_id, opened_at, application_on, stage_1_started_on, stage_1_information_on, stage_1_outcome, stage_1_decided_on, stage_1_reasons)
     VALUES ($1, now(), '2026-11-18', '2026-11-18', '2026-11-18', 'refused', '2026-11-18', 'The home is not safe & the garden is "wild".')`,
    [journeyId],
  );
}

describe('a letter', () => {
  it('is drafted with what is known, read through, changed, sent once, and kept as sent', async () => {
    expect((await officer.get(`/staff/families/${family.reference}`)).text).toContain(`href="${path}"`);
    const draft = await officer.get(`${path}/new/invitation_to_apply`);
    const typed = formOf(draft.text);
    expect(typed['body']).toContain('Dear Ann and Ben,\n\nThank you for letting us visit you');
    expect(typed['body']).toContain('Derby City Council');
    expect(typed['body']).not.toContain('{{');

    const noAddress = await officer.post(`${path}/new/invitation_to_apply`, { ...typed, to: ['0', '1'], way: 'email', step: 'preview' });
    expect(noAddress.status).toBe(422);
    expect(noAddress.text).toContain('Ben Example has no email address');

    const changed = { ...typed, body: `${typed['body'] ?? ''}\n\nPS: <b>Good luck</b>`, to: '0', way: 'email' };
    const preview = await officer.post(`${path}/new/invitation_to_apply`, { ...changed, step: 'preview' });
    expect(preview.status).toBe(200);
    expect(preview.text).toContain('PS: &lt;b&gt;Good luck&lt;/b&gt;');
    expect(await outbox()).toEqual([]);
    const again = await officer.post(`${path}/new/invitation_to_apply`, { ...formOf(preview.text), to: '0', way: 'email', step: 'change' });
    expect(formOf(again.text)).toEqual({ ...typed, body: changed.body });

    const sent = await officer.post(`${path}/new/invitation_to_apply`, { ...changed, step: 'send' });
    const twice = await officer.post(`${path}/new/invitation_to_apply`, { ...changed, step: 'send' });
    expect([sent.status, twice.headers['location']]).toEqual([303, sent.headers['location']]);
    expect(await outbox()).toEqual([{ to: 'ann@example.org', subject: typed['subject'], body: changed.body }]);

    const kept = await officer.get(sent.headers['location'] ?? '');
    expect(kept.text).toContain('PS: &lt;b&gt;Good luck&lt;/b&gt;');
    expect(kept.text).toMatch(/to Ann Example\. By email, Wednesday 18 November 2026, by Test recruitment officer/);
    expect((await officer.get(path)).text).toContain('By email, Wednesday 18 November 2026');
    for (const change of [`UPDATE letters SET body = 'other'`, 'DELETE FROM letters']) await expect(app.database.owner.query(change)).rejects.toThrow(/kept as sent/);
  });

  it('of the outcome of stage 1 carries its reasons, and is noted where its clock waits', async () => {
    await decidedStage1();
    const typed = formOf((await worker.get(`${path}/new/stage_1_refused`)).text);
    expect(typed['body']).toContain('The home is not safe & the garden is "wild".');
    expect(typed['body']).toContain('On Wednesday 18 November 2026 we decided');
    const sent = await worker.post(`${path}/new/stage_1_refused`, { ...typed, to: ['0', '1'], way: 'post', step: 'send' });
    expect(sent.status).toBe(303);
    expect((await worker.get(sent.headers['location'] ?? '')).text).toContain('The letter is kept as posted.');
    const { rows } = await app.database.owner.query<{ on: string }>('SELECT stage_1_letter_sent_on::text AS "on" FROM assessments WHERE journey_id = $1', [family.journeyId]);
    expect(rows).toEqual([{ on: '2026-11-18' }]);
    expect(await outbox()).toHaveLength(1);
  });

  it('does not go while something is to be filled in', async () => {
    const typed = formOf((await worker.get(`${path}/new/approval`)).text);
    expect(typed['body']).toContain('{{terms}}');
    const refused = await worker.post(`${path}/new/approval`, { ...typed, to: '0', way: 'email', step: 'send' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Something is still to be filled in: {{decided_on}}, {{terms}}');
  });

  it('reminds whoever was asked for a check, and nobody else', async () => {
    const checkId = newId();
    await app.database.owner.query(
      `INSERT INTO checks (id, journey_id, type, about, person_id, third_party, third_party_email, requested_on, added_on) SELECT $1, $2, 'employer', 'applicant', a.id, 'Robin Referee', 'robin.referee@example.org', '2026-11-02', '2026-11-02' FROM applicants a WHERE a.household_id = $3 AND position = 1`,
      [checkId, family.journeyId, family.householdId],
    );
    const draft = await worker.get(`${path}/new/chaser?check=${checkId}`);
    const typed = formOf(draft.text);
    expect(typed).toMatchObject({ subject: "Reminder: Employer's reference" });
    expect(typed['body']).toContain('Dear Robin Referee,\n\nOn Monday 2 November 2026 we asked you');
    await worker.post(`${path}/new/chaser`, { ...typed, check: checkId, to: '0', way: 'email', step: 'send' });
    await worker.post(`${path}/new/chaser`, { ...typed, check: checkId, to: '0', way: 'email', step: 'send' });
    expect((await outbox()).at(-1)?.to).toBe('robin.referee@example.org');
    const { rows } = await app.database.owner.query('SELECT chases, chased_on::text FROM checks WHERE id = $1', [checkId]);
    expect(rows).toEqual([{ chases: 1, chased_on: '2026-11-18' }]);
    expect((await worker.post(`${path}/new/chaser`, { ...typed, sentKey: newId(), check: '', to: '0', way: 'email', step: 'send' })).status).toBe(422);
  });

  it('to one of two applicants greets that one alone, and is kept as confidential from the other', async () => {
    const both = await worker.get(`${path}/new/stage_1_refused`);
    const toAnn = /href="([^"]+)"[^>]*>To Ann alone</.exec(both.text)?.[1] ?? '';
    const draft = await worker.get(toAnn);
    const typed: Record<string, string> = { ...formOf(draft.text), alone: new URL(toAnn, 'http://hub').searchParams.get('to') ?? '' };
    expect(typed['body']).toContain('Dear Ann,');
    const preview = await worker.post(`${path}/new/stage_1_refused`, { ...typed, to: '0', way: 'email', step: 'preview' });
    expect(preview.text).toContain('It goes to Ann Example alone');
    const sent = await worker.post(`${path}/new/stage_1_refused`, { ...typed, to: '0', way: 'email', step: 'send' });
    expect((await worker.get(sent.headers['location'] ?? '')).text).toContain('Confidential to Ann');
    const { rows } = await app.database.owner.query('SELECT l.about, a.first_name FROM letters l JOIN applicants a ON a.id = l.applicant_id WHERE l.journey_id = $1 AND l.sent_key = $2', [family.journeyId, typed['sentKey']]);
    expect(rows).toEqual([{ about: 'applicant', first_name: 'Ann' }]);
    expect((await worker.get(`${path}/new/stage_1_refused?to=${newId()}`)).status).toBe(404);
  });

  it('of the assessment is not there for the hub, nor any for another council', async () => {
    expect((await worker.get(path)).text).toContain('the outcome of stage 1');
    expect((await officer.get(path)).text).not.toContain('the outcome of stage 1');
    expect((await officer.get(`${path}/new/stage_1_refused`)).status).toBe(404);
    const neighbour = await app.signedInAs('team_manager', 'nottingham');
    for (const address of [path, `${path}/new/approval`]) expect((await neighbour.get(address)).status).toBe(404);
    expect((await worker.get(`${path}/new/love_letter`)).status).toBe(404);
  });
});

describe('a wording', () => {
  const templates = '/staff/administration/letter-templates';

  it('is added from a date on, for one council, and drafts letters from then on', async () => {
    expect((await administrator.get('/staff/administration')).text).toContain(templates);
    const page = await administrator.get(`${templates}/invitation_to_apply`);
    expect(page.text).toContain('{{council_phone}}');
    const added = await administrator.post(`${templates}/invitation_to_apply`, { authority: 'derby', holdsFrom: '2026-11-19', subject: 'Come and apply', body: 'Dear {{dear}}, apply.' });
    expect(added.status).toBe(303);
    const subject = async () => formOf((await officer.get(`${path}/new/invitation_to_apply`)).text)['subject'];
    expect(await subject()).toBe('Your invitation to apply to foster');
    app.clock.advance(24 * 3_600_000);
    officer = await app.signedInAs('recruitment_officer');
    expect(await subject()).toBe('Come and apply');
  });

  it('is refused with what its letter does not know, on a day that has passed, or twice from one day', async () => {
    administrator = await app.signedInAs('administrator');
    const add = async (fields: Record<string, string>) => (await administrator.post(`${templates}/invitation_to_apply`, { authority: 'hub', holdsFrom: '2026-12-01', subject: 'x', body: 'Dear {{dear}}', ...fields })).text;
    expect(await add({ body: 'Dear {{dear}}, {{terms}}' })).toContain('This letter does not know {{terms}}. It knows {{dear}}');
    expect(await add({ body: 'Dear {{dear' })).toContain('Two braces stand alone');
    expect(await add({ holdsFrom: '2026-11-01' })).toContain('what held before is history');
    expect(await add({ authority: 'derby', holdsFrom: '2026-11-19' })).toContain('There is a wording from that date already');
    expect((await (await app.signedInAs('social_worker', 'derby')).get(`${templates}/approval`)).status).toBe(404);
    expect((await administrator.get(`${templates}/love_letter`)).status).toBe(404);
  });
});
