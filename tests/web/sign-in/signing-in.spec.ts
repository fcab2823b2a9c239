import { createTestApp, type TestApp } from '../../support/test-app';
import { makeStaff, PASSWORD } from '../../support/staff';

describe('signing in', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  it('leads from the page that was wanted to sign-in and back', async () => {
    const staff = await makeStaff(app.database, 'recruitment_officer');
    const browser = app.visitor();
    const away = await browser.get('/staff/help?from=mail');
    expect(away.status).toBe(303);
    expect(away.headers.location).toBe('/staff/sign-in?then=%2Fstaff%2Fhelp%3Ffrom%3Dmail');
    const form = await browser.get(away.headers.location as string);
    expect(form.text).toContain('name="then" value="/staff/help?from=mail"');
    const signedIn = await browser.post('/staff/sign-in', { email: staff.email.toUpperCase(), password: PASSWORD, then: '/staff/help?from=mail' });
    expect(signedIn.headers.location).toBe('/staff/help?from=mail');
    const page = await browser.get('/staff/help');
    expect(page.text).toContain(staff.name);
    expect(page.headers['cache-control']).toBe('no-store');
  });

  it.each(['https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)'])('never leads to another site: %s', async (then) => {
    const staff = await makeStaff(app.database, 'analyst');
    const answer = await app.visitor().post('/staff/sign-in', { email: staff.email, password: PASSWORD, then });
    expect(answer.headers.location).toBe('/staff');
  });

  it('says the same for a wrong password and an unknown address, keeps the address and never the password', async () => {
    const staff = await makeStaff(app.database, 'analyst');
    const answers = [
      await app.visitor().post('/staff/sign-in', { email: staff.email, password: 'not-the-password' }),
      await app.visitor().post('/staff/sign-in', { email: 'nobody@example.org', password: 'not-the-password' }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('The email address or the password is not right');
      expect(answer.text).not.toContain('not-the-password');
      expect(answer.text).toMatch(/<title>Error: Sign in/);
    }
    expect(answers[0]?.text).toContain(`value="${staff.email}"`);
  });

  it('asks for what is missing, beside each field', async () => {
    const answer = await app.visitor().post('/staff/sign-in', { email: ' ', password: '' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('href="#email"');
    expect(answer.text).toContain('href="#password"');
  });

  it('gives the session another identity, so that one known before is worth nothing', async () => {
    const staff = await makeStaff(app.database, 'analyst');
    const browser = app.visitor();
    const before = cookieOf(await browser.get('/staff/sign-in'));
    const after = cookieOf(await browser.post('/staff/sign-in', { email: staff.email, password: PASSWORD }));
    expect(before).toMatch(/^hub=/);
    expect(after).toMatch(/^hub=/);
    expect(after).not.toBe(before);
  });

  it('ends with signing out', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    await officer.get('/staff/help');
    expect((await officer.post('/staff/sign-out')).headers.location).toBe('/staff/sign-in');
    expect((await officer.get('/staff/help')).status).toBe(303);
  });

  it('writes every sign-in and every refusal into the trail, with where it came from', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    await app.visitor().post('/staff/sign-in', { email: officer.staff.email, password: 'wrong' });
    const trail = await app.database.owner.query<{ action: string; actor_kind: string; address: string; request_id: string }>('SELECT action, actor_kind, address, request_id FROM audit_entries WHERE subject_id = $1 ORDER BY id', [officer.staff.staffId]);
    expect(trail.rows.map(({ action }) => action)).toEqual(['sign_in', 'sign_in.refused']);
    expect(trail.rows.map(({ actor_kind }) => actor_kind)).toEqual(['staff', 'gate']);
    expect(trail.rows[0]).toMatchObject({ address: expect.stringContaining('127.0.0.1') as string, request_id: expect.stringMatching(/^[\w-]{36}$/) as string });
  });

  it('lets nobody in who left or was only invited', async () => {
    for (const state of ['left', 'invited']) {
      const staff = await makeStaff(app.database, 'analyst');
      await app.database.owner.query(`UPDATE staff SET state = $2, left_at = CASE WHEN $2 = 'left' THEN now() END WHERE id = $1`, [staff.staffId, state]);
      expect((await app.visitor().post('/staff/sign-in', { email: staff.email, password: PASSWORD })).status).toBe(422);
    }
  });

  it('leads everybody to where their work begins', async () => {
    const homes = [
      ['recruitment_officer', null, '/staff/worklist'],
      ['analyst', null, '/staff/reports'],
      ['administrator', null, '/staff/administration'],
      ['liaison_worker', 'derby', '/staff/constellations'],
      ['panel_administrator', 'derby', '/staff/panels'],
      ['agency_decision_maker', 'derby', '/staff/decisions'],
    ] as const;
    for (const [role, authority, home] of homes) {
      const browser = await app.signedInAs(role, authority);
      expect((await browser.get('/staff')).headers.location).toBe(home);
    }
  });
});

const cookieOf = (answer: { headers: Record<string, unknown> }): string => /^[^;]*/.exec((answer.headers['set-cookie'] as string[] | undefined)?.[0] ?? '')?.[0] ?? '';
