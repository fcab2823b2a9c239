import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '@node-rs/argon2';
import { type CommandAnswer, hubCommand } from '../../support/hub-command';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

describe('hub demo load', () => {
  let database: TestDatabase;
  let folder: string;
  const before = process.env['DATA_DIR'];
  const hub = (...words: string[]): Promise<CommandAnswer> => hubCommand(database.url, ...words);
  const file = (): string => join(folder, 'demo-users.json');

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'demo-'));
    process.env['DATA_DIR'] = folder;
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['DATA_DIR'];
    else process.env['DATA_DIR'] = before;
    await rm(folder, { recursive: true });
    await database.drop();
  });

  it('loads it, says how far it is on standard error, and keeps who can sign in where only the owner reads it', async () => {
    const answer = await hub('demo', 'load', '--households', '1', '--seed', '5');
    expect(answer).toMatchObject({ code: 0 });
    expect(answer.output).toMatch(/^The demonstration is loaded: \d+ families\nWho can sign in: .*demo-users\.json\n$/);
    expect(answer.errors).toMatch(/families|Living/);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('makes sign-ins that work', async () => {
    const people = JSON.parse(await readFile(file(), 'utf8')) as { role: string; authority: string | null; email: string; password: string }[];
    expect(people.map(({ role }) => role)).toEqual(expect.arrayContaining(['hub_manager', 'recruitment_officer', 'social_worker', 'team_manager', 'analyst', 'liaison_worker', 'panel_administrator', 'agency_decision_maker', 'administrator']));
    const { rows } = await database.owner.query<{ email: string; hash: string }>(`SELECT s.email, p.hash FROM staff s JOIN staff_passwords p ON p.staff_id = s.id WHERE s.state = 'active'`);
    for (const { email, password } of people) expect([email, await verify(rows.find((row) => row.email === email)!.hash, password)]).toEqual([email, true]);
  });

  it('leaves it as it is when it is there, with the same passwords', async () => {
    const people = await readFile(file(), 'utf8');
    expect(await hub('demo', 'load', '--households', '1', '--seed', '5')).toMatchObject({ code: 0, output: expect.stringContaining('is here already') });
    expect(await readFile(file(), 'utf8')).toBe(people);
  });

  it('is refused beside another one, and does not understand half a household', async () => {
    expect(await hub('demo', 'load', '--seed', '6')).toEqual({ code: 1, output: '', errors: 'Another demonstration is here already, of other numbers: begin with an empty database.\n' });
    expect(await hub('demo', 'load', '--households', '0.5')).toMatchObject({ code: 2 });
  });
});
