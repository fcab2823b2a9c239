import { InviteStaff } from '@app/access';
import { system } from '@app/database';
import { makeStaff, PASSWORD } from '../../support/staff';
import { createTestApp, type TestApp, TEST_MORNING } from '../../support/test-app';

const HOUR = 3_600_000;
const NEW_PASSWORD = 'lantern-orchard-thirteen';

describe('choosing a password', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  beforeEach(() => app.clock.set(TEST_MORNING));
  afterAll(() => app.close());

  async function invite(email: string): Promise<string> {
    const invited = await app.web.nest.get(InviteStaff, { strict: false }).run(system('tests'), { email, name: 'Robin Test', role: 'analyst', authority: null });
    if (!invited.ok) throw new Error(invited.refusal);
    return new URL(invited.value.link).pathname;
  }
  const mailTo = async (email: string): Promise<{ kind: string; body: string }[]> => (await app.database.owner.query<{ kind: string; body: string }>('SELECT kind, body FROM emails WHERE to_address = $1 ORDER BY created_at, id', [email])).rows;
  const linkIn = (body: string): string => new URL(/https?:\S+/.exec(body)?.[0] ?? '').pathname;

  it('lets an invited person in, once, by the link in the mail', async () => {
    const path = await invite('robin.first@example.org');
    const [mail] = await mailTo('robin.first@example.org');
    expect(mail?.kind).toBe('staff_invitation');
    expect(linkIn(mail?.body ?? '')).toBe(path);

    const browser = app.visitor();
    for (let look = 0; look < 2; look += 1) expect((await browser.get(path)).text).toContain('robin.first@example.org');
    const chosen = await browser.post(path, { password: NEW_PASSWORD });
    expect(chosen.headers.location).toBe('/staff/sign-in');
    expect((await browser.get('/staff/sign-in')).text).toContain('Your password is chosen');
    expect((await browser.post('/staff/sign-in', { email: 'robin.first@example.org', password: NEW_PASSWORD })).status).toBe(303);
    expect((await app.visitor().get(path)).status).toBe(410);
    expect((await app.visitor().post(path, { password: NEW_PASSWORD })).status).toBe(410);
  });

  it('sets one password when the link is used twice at the same moment', async () => {
    const path = await invite('robin.twice@example.org');
    const answers = await Promise.all(['one', 'two', 'three'].map((word) => app.visitor().post(path, { password: `${NEW_PASSWORD}-${word}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410]);
  });

  it('shuts an invitation after a week', async () => {
    const path = await invite('robin.late@example.org');
    app.clock.advance(7 * 24 * HOUR);
    const answer = await app.visitor().get(path);
    expect(answer.status).toBe(410);
    expect(answer.text).toContain('/staff/forgotten-password');
  });

  it.each([
    ['too short', 'short words'],
    ['the own address', 'robin.rules@example.org'],
    ['what everybody tries', 'Password1234'],
    ['one sign over and over', 'aaaaaaaaaaaaaaaa'],
  ])('refuses a password that is %s, beside the field', async (_why, password) => {
    const path = (await app.database.owner.query(`SELECT 1 FROM staff WHERE email = 'robin.rules@example.org'`)).rowCount === 0 ? await invite('robin.rules@example.org') : linkIn((await mailTo('robin.rules@example.org'))[0]?.body ?? '');
    const answer = await app.visitor().post(path, { password });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('href="#password"');
    expect(/<input[^>]*type="password"[^>]*>/.exec(answer.text)?.[0]).not.toContain('value=');
  });

  it('mails a link to whoever forgot theirs, ends their sessions, and tells them', async () => {
    const staff = await makeStaff(app.database, 'analyst');
    const signedIn = await app.signIn(staff);
    expect((await app.visitor().post('/staff/forgotten-password', { email: staff.email })).text).toContain('Look into your mail');
    const [mail] = await mailTo(staff.email);
    expect((await app.visitor().post(linkIn(mail?.body ?? ''), { password: NEW_PASSWORD })).status).toBe(303);
    expect((await signedIn.get('/staff/help')).status).toBe(303);
    expect((await app.visitor().post('/staff/sign-in', { email: staff.email, password: PASSWORD })).status).toBe(422);
    expect((await mailTo(staff.email)).map(({ kind }) => kind)).toEqual(['password_reset', 'password_changed']);
  });

  it('answers the same for an address that has no sign-in, and mails nobody', async () => {
    const answer = await app.visitor().post('/staff/forgotten-password', { email: 'nobody.here@example.org' });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Look into your mail');
    expect(await mailTo('nobody.here@example.org')).toEqual([]);
  });

  it('keeps the secrets of links and passwords from every query but that of the gate', async () => {
    await invite('robin.secret@example.org');
    const actor = system('tests');
    const seen = await app.database.transactions.run(actor, async (tx) => [await tx.query('SELECT * FROM one_time_links'), await tx.query('SELECT * FROM staff_passwords')]);
    expect(seen).toEqual([[], []]);
  });
});
