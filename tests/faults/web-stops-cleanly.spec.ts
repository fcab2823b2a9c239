import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { createTestDatabase, type TestDatabase, waitingFor } from '../support/test-database';

const MAIN = join(__dirname, '../../dist/apps/web/src/main.js');

describe('the web process on its own', () => {
  let database: TestDatabase;
  let child: ChildProcess | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await database.drop();
  });

  async function start(env: Readonly<Record<string, string>>): Promise<{ readonly exited: Promise<number | null>; readonly said: () => string }> {
    child = spawn(process.execPath, [MAIN], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    let said = '';
    const printing = [child.stdout, child.stderr].filter((stream) => stream !== null);
    for (const stream of printing) stream.on('data', (part: Buffer) => { said += part.toString(); });
    // 'exit' may come before the last of what it printed is read, and 'close' never comes after disconnect().
    const exited = Promise.all([once(child, 'exit'), ...printing.map((stream) => once(stream, 'close'))]).then(([[code]]) => code as number | null);
    await Promise.race([once(child, 'message'), exited]);
    return { exited, said: () => said };
  }

  const settings = async () => ({ DATABASE_URL: database.url, EMBEDDED: '1', DEMO: '0', SESSION_SECRET: 'only-for-tests-only-for-tests-only-for-tests', PORT: String(await freePort()) });

  it('finishes what it holds when whoever started it is gone, takes nothing new, and ends with 0', async () => {
    const env = await settings();
    const { exited } = await start(env);
    const address = `http://127.0.0.1:${env.PORT}`;
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);

    await database.owner.query('BEGIN');
    await database.owner.query('LOCK TABLE authority_details IN ACCESS EXCLUSIVE MODE');
    const held = fetch(`${address}/staff/sign-in`);
    await eventually('the request waits for the table', () => waitingFor(database, 'authority_details'));
    child?.disconnect();
    await eventually('no new request is taken', () => fetch(`${address}/health/live`, { headers: { connection: 'close' } }).then(() => false, () => true));
    await database.owner.query('COMMIT');
    expect((await held).status).toBe(200);
    expect(await exited).toBe(0);
  });

  it('says in one line what is wrong, and ends with 1', async () => {
    const wrong = await start({ ...(await settings()), PORT: '99999' });
    expect(await wrong.exited).toBe(1);
    expect(wrong.said()).toBe('PORT is "99999": give a whole number from 1 to 65535.\n');

    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const second = await start({ ...(await settings()), PORT: String((taken.address() as AddressInfo).port) });
    expect(await second.exited).toBe(1);
    expect(second.said()).toMatch(/^[^\n]*EADDRINUSE[^\n]*\n$/);
    taken.close();

    const away = await start({ ...(await settings()), DATABASE_URL: `postgres://nobody:x@127.0.0.1:${String(await freePort())}/none` });
    expect(await away.exited).toBe(1);
    expect(away.said().trim().split('\n').at(-1)).toContain('ECONNREFUSED');
  });
});
