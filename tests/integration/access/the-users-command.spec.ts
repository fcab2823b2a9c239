import { runHub } from '../../../apps/hub/src/hub';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

describe('hub users create', () => {
  let database: TestDatabase;
  const before = { ...process.env };
  beforeAll(async () => {
    database = await createTestDatabase();
    Object.assign(process.env, { DATABASE_URL: database.url, PUBLIC_URL: 'https://hub.example.org/' });
  });
  afterAll(async () => {
    process.env = before;
    await database.drop();
  });

  async function hub(...words: string[]): Promise<{ code: number; out: string; err: string }> {
    const written = { out: '', err: '' };
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => { written.out += String(text); return true; });
    const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => { written.err += String(text); return true; });
    try {
      return { code: await runHub(['users', 'create', ...words]), ...written };
    } finally {
      out.mockRestore();
      err.mockRestore();
    }
  }
  const person = (email: string, role: string, authority?: string): string[] => ['--email', email, '--name', 'Kim Example', '--role', role, ...(authority ? ['--authority', authority] : [])];

  it('prints nothing but a link that works once, and mails it', async () => {
    const { code, out, err } = await hub(...person('Kim.First@Example.org', 'administrator'));
    expect(code).toBe(0);
    expect(out).toMatch(/^https:\/\/hub\.example\.org\/staff\/set-password\/[\w-]{43}\n$/);
    expect(err).toContain('within a week');
    const staff = await database.owner.query(`SELECT s.email, s.state, r.role, r.authority, r.granted_by FROM staff s JOIN staff_roles r ON r.staff_id = s.id`);
    expect(staff.rows).toEqual([{ email: 'kim.first@example.org', state: 'invited', role: 'administrator', authority: null, granted_by: 'system:command' }]);
    const mail = await database.owner.query<{ body: string }>('SELECT body FROM emails');
    expect(mail.rows[0]?.body).toContain(out.trim());
  });

  it.each([
    [person('not an address', 'analyst'), '--email: "not an address" is not an address of mail.'],
    [person('a@example.org', 'emperor'), '--role: "emperor" is no role. The roles are hub_manager, recruitment_officer'],
    [person('a@example.org', 'social_worker'), '--authority: Social worker is for one authority: say which.'],
    [person('a@example.org', 'administrator', 'derby'), '--authority: Administrator is for the whole hub: leave the authority out.'],
    [person('a@example.org', 'social_worker', 'leicester'), '--authority: "leicester" is none of the councils derby, derbyshire'],
    [person('kim.first@example.org', 'analyst'), 'kim.first@example.org has a sign-in already'],
    [['--email', 'a@example.org', '--name', ' ', '--role', 'analyst'], '--name: say the name.'],
  ])('refuses with the reason: %j', async (words, reason) => {
    const { code, out, err } = await hub(...words);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(reason);
  });

  it('says how it is used when something is missing', async () => {
    expect(await hub('--name', 'Kim')).toMatchObject({ code: 2, out: '' });
  });
});
