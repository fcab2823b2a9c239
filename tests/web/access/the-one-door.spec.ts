import { type Action, may, type Role, ROLE_REACH, ROLES } from '@app/access';
import { SystemClock } from '@app/kernel';
import { declaredRoutes } from '@web/platform/declared-routes';
import { webModule } from '@web/web.module';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';
import { testSettings } from '../../support/test-settings';

const staffRoutes = declaredRoutes(webModule(testSettings('postgres://nobody@127.0.0.1:1/none'), new SystemClock()))
  .filter(({ access }) => access !== null && !access.includes('public') && !access.some((each) => each.startsWith('website')))
  .map(({ method, path, access }) => ({ method, path: path.replace(/:\w+/g, '00000000-0000-7000-8000-000000000000'), actions: (access ?? []) as readonly Action[] }));

const ask = (browser: TestBrowser, method: string, path: string) => (method === 'POST' ? browser.post(path, {}) : browser.get(path));

// Each role knocks at every route.
describe('the one door', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  it('sends somebody who is not signed in to sign-in, from every page of staff', async () => {
    const visitor = app.visitor();
    for (const { method, path } of staffRoutes) {
      const answer = await ask(visitor, method, path);
      if (method === 'GET') expect([path, answer.status, String(answer.headers.location).startsWith('/staff/sign-in')]).toEqual([path, 303, true]);
      else expect([path, answer.status]).toEqual([path, 401]);
    }
  });

  it.each(ROLES)('answers "not found" to a %s, wherever the role does not lead', async (role: Role) => {
    const authority = ROLE_REACH[role] === 'authority' ? 'derby' : null;
    const browser = await app.signedInAs(role, authority);
    const shut = staffRoutes.filter(({ actions }) => !actions.some((action) => may({ roles: [{ role, authority }] }, action)));
    for (const { method, path } of shut) {
      const answer = await ask(browser, method, path);
      expect([method, path, answer.status]).toEqual([method, path, 404]);
      expect(answer.text).toContain('This page is not here');
    }
    const open = staffRoutes.filter((route) => route.method === 'GET' && !shut.includes(route));
    for (const { path } of open) expect([path, (await browser.get(path)).status < 500]).toEqual([path, true]);
  });

  it('lets nobody in who holds no role', async () => {
    const browser = await app.signedInAs('analyst');
    await app.database.owner.query('DELETE FROM staff_roles WHERE staff_id = $1', [browser.staff.staffId]);
    for (const { method, path } of staffRoutes) expect([path, (await ask(browser, method, path)).status]).toEqual([path, 404]);
  });

  it('takes a change only from a page of the same session', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    const without = await officer.postBare('/staff/session', { note: 'x' });
    expect(without.status).toBe(403);
    expect(without.text).toContain('Send what I typed');
    const wrong = await officer.postBare('/staff/session', { _csrf: 'f'.repeat(256) });
    expect(wrong.status).toBe(403);
    const others = await app.signedInAs('recruitment_officer');
    const token = /name="_csrf" value="([0-9a-f]+)"/.exec((await others.get('/staff/help')).text)?.[1] ?? '';
    expect((await officer.postBare('/staff/session', { _csrf: token })).status).toBe(403);
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: 'https://elsewhere.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://127.0.0.1:3000' }, 200],
  ])('looks at where a form comes from, even with the right token: %j', async (headers, status) => {
    const officer = await app.signedInAs('recruitment_officer');
    const token = /name="_csrf" value="([0-9a-f]+)"/.exec((await officer.get('/staff/help')).text)?.[1] ?? '';
    const answer = await officer.postBare('/staff/session', { _csrf: token }, Object.fromEntries(Object.entries(headers)));
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.text).toContain('did not come from one of our pages');
  });
});
