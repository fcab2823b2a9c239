import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { randomImportFile } from '../support/random-import-file';
import { eventually } from '../support/eventually';
import { endAll, startCommand, type StartedCommand } from '../support/started-system';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const HUB = resolve(__dirname, '../../dist/apps/hub/src/main.js');
const ROWS = 2_500;

let database: TestDatabase;
let folder: string;
let file: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'import-killed-'));
  file = join(folder, 'journeys.csv');
  writeFileSync(file, `${randomImportFile({ rows: ROWS, seed: 8, from: '2024-04-01', days: 500, until: '2026-11-01' })}a row that is left out\r\n`);
});
afterEach(endAll);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

const importing = (): StartedCommand => startCommand(process.execPath, [HUB, 'import', 'journeys', file, '--skip-invalid'], { DATABASE_URL: database.url });

async function one<Value>(sql: string): Promise<Value> {
  return (await database.owner.query<{ value: Value }>(`SELECT (${sql}) AS value`)).rows[0]!.value;
}
const working = (condition: string) => one<boolean>(`SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' AND ${condition}`);
const left = () => one<number>('(SELECT count(*) FROM households)::int + (SELECT count(*) FROM journeys)::int + (SELECT count(*) FROM journey_imports)::int + (SELECT count(*) FROM audit_entries)::int');

describe('an import that is ended in the middle of writing', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)('by %s leaves nothing, and can be done again', async (signal) => {
    const started = importing();
    await eventually('it writes journeys', () => working(`query LIKE 'INSERT INTO journeys%'`), 60_000);
    started.child.kill(signal);
    expect(await started.ended).toBe(signal);
    await eventually('the database has noticed', async () => !(await working('true')), 60_000);
    expect(await left()).toBe(0);
    // Nobody can tidy up after SIGKILL; the next import does.
    if (signal !== 'SIGKILL') expect(readdirSync(folder)).toEqual(['journeys.csv']);
  });

  it('goes in whole when it is let', async () => {
    const started = importing();
    expect(await started.ended).toBe(0);
    expect(started.output()).toMatch(new RegExp(`^${String(ROWS)} journeys imported `));
    expect(await one<number>('SELECT count(*)::int FROM journeys')).toBe(ROWS);
    expect(readdirSync(folder)).toEqual(['journeys.csv', 'journeys.csv.rejected.csv']);
  });
});
