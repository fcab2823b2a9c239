import { PASSWORD } from '../../support/staff';
import { createTestApp, type TestApp, TEST_MORNING } from '../../support/test-app';

const MINUTE = 60_000;

describe('a session', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  beforeEach(() => app.clock.set(TEST_MORNING));
  afterAll(() => app.close());

  it('lives on while somebody works, and ends an hour after the last click', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    for (let click = 0; click < 3; click += 1) {
      app.clock.advance(50 * MINUTE);
      expect((await officer.get('/staff/help')).status).toBe(200);
    }
    app.clock.advance(60 * MINUTE);
    const answer = await officer.get('/staff/help');
    expect(answer.status).toBe(303);
  });

  it('ends twelve hours after signing in, however busy', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    for (let click = 0; click < 13; click += 1) {
      app.clock.advance(55 * MINUTE);
      expect((await officer.get('/staff/help')).status).toBe(200);
    }
    app.clock.advance(5 * MINUTE);
    expect((await officer.get('/staff/help')).status).toBe(303);
  });

  it('tells how long it lasts without lasting longer for it, and lasts longer by one click', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    expect((await officer.get('/staff/help')).text).toContain('data-hub-session-seconds="3600"');
    app.clock.advance(56 * MINUTE);
    expect((await officer.get('/staff/session')).body).toEqual({ secondsLeft: 240 });
    expect((await officer.get('/staff/session')).body).toEqual({ secondsLeft: 240 });
    expect((await officer.post('/staff/session')).body).toEqual({ secondsLeft: 3600 });
    app.clock.advance(59 * MINUTE);
    expect((await officer.get('/staff/help')).status).toBe(200);
  });

  it('ends everywhere at once when somebody leaves', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    await app.database.owner.query(`UPDATE staff SET state = 'left', left_at = now() WHERE id = $1`, [officer.staff.staffId]);
    expect((await officer.get('/staff/help')).status).toBe(303);
  });

  it('loses a role with the next click', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    await app.database.owner.query(`UPDATE staff_roles SET revoked_at = now(), revoked_by = 'system:tests' WHERE staff_id = $1`, [officer.staff.staffId]);
    expect((await officer.get('/staff/help')).status).toBe(404);
  });

  it('carries a form that was sent too late round the sign-in page, passwords excepted', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    await officer.get('/staff/help');
    app.clock.advance(61 * MINUTE);
    const late = await officer.post('/staff/session?from=form', { note: 'Rang twice, "no answer" & <left> a message', days: ['mon', 'tue'], new_password: 'secret' });
    expect(late.status).toBe(401);
    expect(late.text).toContain('What you typed is still here');
    const carried = hidden(late.text, 'carried');
    expect(carried).not.toContain('secret');

    const wrong = await officer.post('/staff/sign-in', { email: officer.staff.email, password: 'wrong', carried });
    expect(wrong.status).toBe(422);
    expect(hidden(wrong.text, 'carried')).toBe(carried);

    const again = await officer.post('/staff/sign-in', { email: officer.staff.email, password: PASSWORD, carried });
    expect(again.status).toBe(200);
    expect(again.text).toContain('<form action="/staff/session?from=form" method="post">');
    expect(again.text).toContain('name="note" value="Rang twice, &quot;no answer&quot; &amp; &lt;left&gt; a message"');
    expect(again.text.match(/name="days"/g)).toHaveLength(2);
    const sent = await officer.postBare('/staff/session', { _csrf: hidden(again.text, '_csrf'), note: 'Rang twice' });
    expect(sent.status).toBe(200);
  });

  it('does not carry what another website sent', async () => {
    const answer = await app.visitor().postBare('/staff/session', { note: 'x' }, { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/staff/sign-in');
  });

  it.each(['{"action":"https://elsewhere.example","fields":[]}', '{"action":"//elsewhere.example","fields":[]}', 'not json', '[]'])('takes nothing else for a carried form: %s', async (carried) => {
    const officer = await app.signedInAs('recruitment_officer');
    await officer.post('/staff/sign-out');
    const answer = await officer.post('/staff/sign-in', { email: officer.staff.email, password: PASSWORD, carried });
    expect(answer.status).toBe(303);
  });
});

function hidden(html: string, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  return value.replace(/&#92;/g, '\\').replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
}
