import { websiteOfToken } from '@app/access';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';

const ROOT = '/staff/administration';

describe('tokens of websites', () => {
  let app: TestApp;
  let administrator: TestBrowser;
  beforeAll(async () => {
    app = await createTestApp();
    administrator = await app.signedInAs('administrator');
  });
  afterAll(() => app.close());

  const known = (token: string) => app.database.transactions.run({ kind: 'gate' }, (tx) => websiteOfToken(tx, app.clock.now(), token));

  it('are shown once, kept as a fingerprint, and withdrawn at once', async () => {
    const given = await administrator.post(`${ROOT}/websites`, { name: 'Derby’s own website', scopes: 'enquiries:write' });
    expect(given.status).toBe(200);
    expect(given.headers['cache-control']).toBe('no-store');
    const token = /id="token"[^>]* value="([^"]+)"/.exec(given.text)?.[1] ?? '';
    expect(token).toMatch(/^hub_[\w-]{43}$/);
    expect(await known(token)).toMatchObject({ name: 'Derby’s own website', scopes: ['enquiries:write'] });
    expect(await known(`${token}x`)).toBeNull();

    const list = (await administrator.get(`${ROOT}/websites`)).text;
    expect(list).toContain('Derby’s own website');
    expect(list).not.toContain(token);
    const everything = await app.database.owner.query<{ row: string }>(`SELECT w::text AS row FROM websites w UNION ALL SELECT a::text FROM audit_entries a UNION ALL SELECT s::text FROM sessions s`);
    expect(everything.rows.some(({ row }) => row.includes(token))).toBe(false);

    const [site] = (await app.database.owner.query<{ id: string }>('SELECT id FROM websites')).rows;
    expect((await administrator.post(`${ROOT}/websites/${site?.id ?? ''}/withdraw`)).status).toBe(303);
    expect(await known(token)).toBeNull();
    expect((await administrator.post(`${ROOT}/websites/${site?.id ?? ''}/withdraw`)).status).toBe(404);
  });

  it('need a name and a use', async () => {
    const answer = await administrator.post(`${ROOT}/websites`, { name: ' ', scopes: 'everything' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Enter whose website or program it is');
    expect(answer.text).toContain('Choose what the token is for');
  });
});

describe('the audit trail', () => {
  let app: TestApp;
  let administrator: TestBrowser & { staff: { staffId: string; name: string } };
  beforeAll(async () => {
    app = await createTestApp();
    administrator = await app.signedInAs('administrator');
    await app.database.owner.query(
      `INSERT INTO audit_entries (at, actor_kind, staff_id, action, subject_kind, subject_id, authority, address, request_id)
       SELECT timestamptz '2026-11-01' + n * interval '1 minute', 'staff', $1, 'journey.read', 'journey', 'family-' || n % 3, 'derby', '192.0.2.1', 'request-' || n FROM generate_series(1, 120) n`,
      [administrator.staff.staffId],
    );
  });
  afterAll(() => app.close());

  it('pages by keyset, newest first, without losing or repeating a line', async () => {
    const seen: string[] = [];
    let path: string | null = `${ROOT}/audit?what=journey.read`;
    while (path !== null) {
      const { text, status } = await administrator.get(path);
      expect(status).toBe(200);
      seen.push(...[...text.matchAll(/request-(\d+)/g)].map(([, n]) => n ?? ''));
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replace(/&amp;/g, '&') ?? null;
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => String(120 - index)));
  });

  it('is filtered by who, what and about whom, kept in the address', async () => {
    const { text } = await administrator.get(`${ROOT}/audit?who=${administrator.staff.staffId}&what=journey.read&about=family-1`);
    expect([...text.matchAll(/request-(\d+)/g)]).toHaveLength(40);
    expect(text).toContain('Read a family’s page');
    expect(text).toContain(`<option value="${administrator.staff.staffId}" selected>`);
    expect((await administrator.get(`${ROOT}/audit?about=nothing-like-that`)).text).toContain('Nothing like that');
  });

  it.each(['who=nonsense', 'before=nonsense', 'before=99999999999999999999999', "about=';DROP TABLE staff;--", 'who=a&who=b', 'what[x]=1'])('takes whatever an address says: %s', async (query) => {
    expect((await administrator.get(`${ROOT}/audit?${query}`)).status).toBe(200);
  });

  it('is audited itself', async () => {
    await administrator.get(`${ROOT}/audit?about=family-2`);
    const own = await app.database.owner.query<{ subject_id: string }>(`SELECT subject_id FROM audit_entries WHERE action = 'audit.read' ORDER BY id DESC LIMIT 1`);
    expect(own.rows).toEqual([{ subject_id: 'family-2' }]);
  });
});
