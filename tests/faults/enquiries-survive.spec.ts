import { GiveWebsiteToken } from '@app/access';
import { system } from '@app/database';
import { SystemClock } from '@app/kernel';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { endWebProcesses, startWebProcess, type WebProcess } from '../support/web-process';

/** What a website got for one sending; null when it got no answer at all. */
type Answer = { readonly status: number; readonly reference: string | undefined } | null;

describe('enquiries from the councils’ websites', () => {
  let database: TestDatabase;
  let tokens: string[];
  beforeAll(async () => {
    database = await createTestDatabase();
    const give = new GiveWebsiteToken(database.transactions, new SystemClock());
    tokens = [];
    for (let n = 1; n <= 10; n += 1) {
      const given = await give.run(system('tests'), { name: `Council ${String(n)}`, scopes: ['enquiries:write'] });
      if (given.ok) tokens.push(given.value.token);
    }
  });
  afterEach(() => endWebProcesses());
  afterAll(() => database.drop());

  const start = (): Promise<WebProcess> => startWebProcess({ DATABASE_URL: database.url });
  const agent = new Agent({ maxSockets: Infinity });
  const sendOnce = (web: WebProcess, key: string, n: number): Promise<Answer> =>
    new Promise((done) => {
      const body = JSON.stringify({ firstName: 'Sam', lastName: `Number ${String(n)}`, phone: '07700 900123', askedForAuthority: 'derby', spareRoom: 'yes', fostersNow: 'no', interests: ['not_sure'] });
      const headers = { authorization: `Bearer ${tokens[n % tokens.length]!}`, 'idempotency-key': key, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const sent = request(`${web.address}/api/v1/enquiries`, { method: 'POST', headers, agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => done({ status: answer.statusCode ?? 0, reference: (JSON.parse(text) as { reference?: string }).reference })).on('error', () => done(null));
      });
      sent.on('error', () => done(null));
      sent.end(body);
    });
  /** As a website does: 503 says that nothing was done, and asks it to send the same again. */
  const send = async (web: WebProcess, key: string, n: number): Promise<Answer> => {
    for (;;) {
      const answer = await sendOnce(web, key, n);
      if (answer?.status !== 503) return answer;
      await pause(200);
    }
  };
  const sendAll = (web: WebProcess, keys: readonly string[]): Promise<Answer[]> => Promise.all(keys.map((key, n) => send(web, key, n)));
  const keysOf = (name: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${name}-${String(n).padStart(4, '0')}`);
  const kept = async (name: string): Promise<number> => (await database.owner.query(`SELECT count(*)::int AS n, count(DISTINCT journey_id)::int AS journeys FROM contacts WHERE idempotency_key LIKE $1`, [`%:${name}-%`])).rows[0].n as number;

  it('come in all at once, and each is there once', async () => {
    const web = await start();
    const answers = await sendAll(web, keysOf('flood', 200));
    expect(answers.filter((answer) => answer?.status !== 201)).toEqual([]);
    expect(new Set(answers.map((answer) => answer?.reference)).size).toBe(200);
    expect(await kept('flood')).toBe(200);
  });

  it('are neither lost nor doubled when the process is killed while they come in, and sent again', async () => {
    const keys = keysOf('killed', 60);
    const first = await start();
    // Whatever the machine does meanwhile, the last is still on its way when the process is killed.
    await database.owner.query(`SELECT pg_advisory_lock(hashtextextended('website:' || id || ':' || $1, 0)) FROM websites`, [keys.at(-1)]);
    const sending = sendAll(first, keys);
    await eventually('some of them are in', async () => (await kept('killed')) >= 10);
    first.signal('SIGKILL');
    const before = await sending;
    await database.owner.query('SELECT pg_advisory_unlock_all()');
    expect(before.at(-1)).toBeNull();
    const answered = before.filter((answer) => answer?.status === 201).length;
    expect(await kept('killed')).toBeGreaterThanOrEqual(answered);

    const second = await start();
    const after = await sendAll(second, keys);
    expect(after.map((answer) => answer?.status)).toEqual(keys.map(() => 201));
    before.forEach((answer, n) => { if (answer) expect(after[n]).toEqual(answer); });
    expect(await kept('killed')).toBe(60);
  });
});
