import { makeStaff, PASSWORD } from '../../support/staff';
import { createTestApp, type TestApp } from '../../support/test-app';

// A hundred passwords are hashed here, each as slowly as a real one.
describe('too many tries', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ env: { TRUST_PROXY: '1' } });
  });
  afterAll(() => app.close());

  const tryFrom = async (address: string, email: string, password: string) => {
    const browser = app.visitor();
    const token = /name="_csrf" value="([0-9a-f]+)"/.exec((await browser.get('/staff/sign-in')).text)?.[1] ?? '';
    return browser.postBare('/staff/sign-in', { email, password, _csrf: token }, { 'x-forwarded-for': address });
  };

  it('shut one account for a while, from wherever they come, and no other', async () => {
    const [guessed, other] = [await makeStaff(app.database, 'analyst'), await makeStaff(app.database, 'analyst')];
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await tryFrom(`192.0.2.${String(attempt)}`, guessed.email, 'wrong')).status).toBe(422);
    const shut = await tryFrom('192.0.2.99', guessed.email, PASSWORD);
    expect(shut.status).toBe(429);
    expect(shut.text).toContain('Wait 15 minutes');
    expect((await tryFrom('192.0.2.99', other.email, PASSWORD)).status).toBe(303);
  });

  it('are not counted against somebody who gets it right', async () => {
    const staff = await makeStaff(app.database, 'analyst');
    for (let day = 0; day < 12; day += 1) expect((await tryFrom('192.0.2.200', staff.email, PASSWORD)).status).toBe(303);
  });

  it('shut one address that tries many accounts', async () => {
    await app.database.owner.query('DELETE FROM rate_limits');
    const answers = [];
    for (let attempt = 0; attempt < 101; attempt += 1) answers.push((await tryFrom('198.51.100.7', `guess${String(attempt)}@example.org`, 'wrong')).status);
    expect(answers.slice(0, 100).every((status) => status === 422)).toBe(true);
    expect(answers[100]).toBe(429);
    const staff = await makeStaff(app.database, 'analyst');
    expect((await tryFrom('198.51.100.8', staff.email, PASSWORD)).status).toBe(303);
  });

  it('of asking for a new password get an honest answer and no more mail', async () => {
    const staff = await makeStaff(app.database, 'analyst');
    const statuses = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const answer = await app.visitor().post('/staff/forgotten-password', { email: staff.email });
      statuses.push(answer.status);
      if (answer.status === 429) expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });
});
