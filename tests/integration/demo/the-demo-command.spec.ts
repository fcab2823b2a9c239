import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '@node-rs/argon2';
import { type CommandAnswer, hubCommand } from '../../support/hub-command';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

/** The command looks at the clock of this machine, which stands still here: the same day is lived up to whenever the test runs. */
const NOW = new Date('2026-11-18T10:00:00Z');
const LOAD = ['demo', 'load', '--households', '1', '--seed', '7'];

describe('hub demo load', () => {
  let database: TestDatabase;
  let folder: string;
  const before = process.env['DATA_DIR'];
  const hub = (...words: string[]): Promise<CommandAnswer> => hubCommand(database.url, ...words);
  const file = (): string => join(folder, 'demo-users.json');

  beforeAll(async () => {
    database = await createTestDatabase();
    jest.useFakeTimers({ now: NOW, doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    folder = await mkdtemp(join(tmpdir(), 'demo-'));
    process.env['DATA_DIR'] = folder;
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['DATA_DIR'];
    else process.env['DATA_DIR'] = before;
    await rm(folder, { recursive: true });
    await database.drop();
    jest.useRealTimers();
  });

  it('loads it, says how far it is on standard error, and keeps who can sign in where only the owner reads it', async () => {
    const answer = await hub(...LOAD);
    expect(answer).toMatchObject({ code: 0 });
    expect(answer.output).toMatch(/^The demonstration is loaded: \d+ families\nWho can sign in: .*demo-users\.json\n$/);
    expect(answer.errors).toMatch(/^(\d+ of \d+ families\n)+$/);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('makes sign-ins that work', async () => {
    const people = JSON.parse(await readFile(file(), 'utf8')) as { role: string; authority: string | null; email: string; password: string }[];
    expect(people.map(({ role }) => role)).toEqual(expect.arrayContaining(['hub_manager', 'recruitment_officer', 'social_worker', 'team_manager', 'analyst', 'liaison_worker', 'panel_administrator', 'agency_decision_maker', 'administrator']));
    const { rows } = await database.owner.query<{ email: string; hash: string }>(`SELECT s.email, p.hash FROM staff s JOIN staff_passwords p ON p.staff_id = s.id WHERE s.state = 'active'`);
    for (const { email, password } of people) expect([email, await verify(rows.find((row) => row.email === email)!.hash, password)]).toEqual([email, true]);
  });

  it('has four constellations with two years of life', async () => {
    const { rows } = await database.owner.query<{ name: string; months: number; satellites: number; stays: number; contacts: number; liaison: boolean }>(
      `SELECT c.name, c.liaison_id IS NOT NULL AS liaison, (SELECT count(*)::int FROM constellation_reports r WHERE r.constellation_id = c.id AND r.liaison_signed_at IS NOT NULL) AS months,
              (SELECT count(*)::int FROM constellation_memberships m WHERE m.constellation_id = c.id AND m.role = 'satellite' AND m.held @> '2026-11-18'::date) AS satellites,
              (SELECT count(*)::int FROM constellation_stays s WHERE s.constellation_id = c.id) AS stays, (SELECT count(*)::int FROM constellation_contacts t WHERE t.constellation_id = c.id) AS contacts
         FROM constellations c ORDER BY name`,
    );
    expect(rows).toHaveLength(4);
    for (const { months, satellites, stays, contacts, liaison } of rows) {
      expect(months).toBeGreaterThanOrEqual(23);
      expect(satellites).toBeGreaterThanOrEqual(4);
      expect(satellites).toBeLessThanOrEqual(10);
      expect(Math.min(stays, contacts)).toBeGreaterThan(20);
      expect(liaison).toBe(true);
    }
    const [carers] = (await database.owner.query<{ all: number; left: number }>(`SELECT count(*)::int AS all, count(left_on)::int AS left FROM carer_households WHERE demonstration AND reference LIKE 'EARLIER-%'`)).rows;
    expect(carers?.all).toBe(160);
    expect(carers?.left).toBeGreaterThan(4);
    const counted = async (sql: string): Promise<number> => (await database.owner.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`)).rows[0]?.count ?? 0;
    expect(await counted(`constellation_attendance WHERE invited_at IS NOT NULL AND reply IS NULL`)).toBeGreaterThanOrEqual(4);
    expect(await counted(`constellation_attendance WHERE reply IS NOT NULL`)).toBeGreaterThanOrEqual(8);
    expect(await counted(`constellation_stays WHERE starts_on > '2026-11-18' AND planned`)).toBe(8);
    for (const ending of ['planned', 'unplanned']) expect(await counted(`carer_placements WHERE ending = '${ending}'`)).toBeGreaterThan(10);
    expect(await counted(`carer_reviews WHERE held_on IS NULL AND stopped_on IS NULL AND due_on < '2026-11-18'`)).toBeGreaterThan(2);
    expect(await counted(`emails WHERE kind = 'constellation_invitation' AND (state <> 'kept' OR NOT demonstration)`)).toBe(0);
  });

  it('leaves it as it is when it is there, with the same passwords', async () => {
    const people = await readFile(file(), 'utf8');
    expect(await hub(...LOAD)).toMatchObject({ code: 0, output: expect.stringContaining('is here already') });
    expect(await readFile(file(), 'utf8')).toBe(people);
  });

  it('is refused beside another one, and does not understand half a household', async () => {
    expect(await hub('demo', 'load', '--seed', '8')).toEqual({ code: 1, output: '', errors: 'Another demonstration is here already, of other numbers: begin with an empty database.\n' });
    expect(await hub('demo', 'load', '--households', '0.5')).toMatchObject({ code: 2 });
  });
});
