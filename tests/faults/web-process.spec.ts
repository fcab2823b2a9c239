import { GiveWebsiteToken } from '@app/access';
import { system } from '@app/database';
import { SystemClock } from '@app/kernel';
import { Agent, request as httpRequest } from 'node:http';
import request from 'supertest';
import { eventually } from '../support/eventually';
import { makeStaff, PASSWORD } from '../support/staff';
import { createTestDatabase, type TestDatabase, waitingFor } from '../support/test-database';
import { endWebProcesses, startWebProcess, type WebProcess } from '../support/web-process';

const csrfIn = (html: string): string => /name="_csrf" value="([0-9a-f]+)"/.exec(html)?.[1] ?? '';

describe('the web process', () => {
  let database: TestDatabase;
  let token: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    const given = await new GiveWebsiteToken(database.transactions, new SystemClock()).run(system('tests'), { name: 'Example Council', scopes: ['enquiries:write'] });
    if (!given.ok) throw new Error(given.refusal);
    ({ token } = given.value);
  });
  afterEach(() => endWebProcesses());
  afterAll(() => database.drop());

  const start = (): Promise<WebProcess> => startWebProcess({ DATABASE_URL: database.url });
  const enquiry = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({ firstName: 'Sam', phone: '07700 900123', askedForAuthority: 'derby', spareRoom: 'yes', fostersNow: 'no', interests: ['not_sure'], ...more });
  const send = (web: WebProcess, key: string, more?: Readonly<Record<string, unknown>>) =>
    request(web.address).post('/api/v1/enquiries').set('authorization', `Bearer ${token}`).set('idempotency-key', key).send(enquiry(more));
  const countOf = async (sql: string): Promise<number> => (await database.owner.query(`SELECT count(*)::int AS n FROM ${sql}`)).rows[0].n as number;

  it('logs one JSON object a line, with the request’s id and route, and not a word about people', async () => {
    const web = await start();
    const visitor = request.agent(web.address);
    const steps: [string, Record<string, string | string[]>][] = [
      ['name', { firstName: 'Zebedee', lastName: 'Quillfeather' }],
      ['contact', { phone: '07700 900987', email: 'zebedee.quillfeather@example.org', bestTime: 'after the allotment' }],
      ['postcode', { postcode: 'ZX9 9ZX' }],
      ['spare-room', { spareRoom: 'yes' }],
      ['fostering-now', { fostersNow: 'no' }],
      ['interests', { interests: ['short_term'] }],
      ['source', { source: 'other', sourceMore: 'The allotment society' }],
      ['message', { message: 'My aunt Hyacinth fosters.' }],
      ['consent', { marketingConsent: 'yes' }],
      ['check', {}],
    ];
    const first = await visitor.get('/enquire?note=Quillfeather');
    const csrf = csrfIn(first.text);
    for (const [step, fields] of steps) expect((await visitor.post(`/enquire/${step}`).type('form').send({ ...fields, _csrf: csrf })).status).toBe(303);
    expect((await visitor.get('/enquire/sent')).status).toBe(200);
    expect(await countOf(`applicants WHERE last_name = 'Quillfeather'`)).toBe(1);

    const marked = { firstName: 'Zebedee', lastName: 'Quillfeather', phone: '07700 900987', email: 'zebedee.quillfeather@example.org', message: 'My aunt Hyacinth fosters.' };
    await visitor.post('/staff/sign-in').type('form').send({ email: 'zebedee.quillfeather@example.org', password: 'hyacinth-hyacinth', _csrf: csrf });
    await visitor.get('/staff/search?text=Quillfeather');
    await send(web, 'marked-enquiry', marked);
    await request(web.address).post('/api/v1/enquiries').set('authorization', `Bearer ${token}`).set('content-type', 'application/json').send('{"lastName": "Quillfeather"');
    await database.owner.query('ALTER TABLE clocks ADD CONSTRAINT none_today CHECK (false) NOT VALID');
    try {
      expect((await send(web, 'marked-and-failing', marked)).status).toBe(500);
    } finally {
      await database.owner.query('ALTER TABLE clocks DROP CONSTRAINT none_today');
    }
    web.signal('SIGTERM');
    expect(await web.ended).toBe(0);

    const lines = web.output().trim().split('\n').map((line) => JSON.parse(line) as { msg?: string; route?: string; req?: { id: string }; level: number; err?: object });
    expect(lines.filter(({ msg }) => msg === 'request').map(({ route }) => route)).toEqual(expect.arrayContaining(['/enquire/:step', '/staff/search', '/api/v1/enquiries']));
    expect(lines.filter(({ msg }) => msg === 'request').every(({ req }) => /^[\w-]{8,64}$/.test(req?.id ?? ''))).toBe(true);
    expect(lines.filter(({ level }) => level >= 50).length).toBeGreaterThan(0);
    expect(web.output()).not.toMatch(/zebedee|quillfeather|900987|ZX9|hyacinth|allotment|FEM-/i);
    expect(lines.filter(({ msg }) => msg === 'request').every((line) => !JSON.stringify(line).includes('127.0.0.1'))).toBe(true);
    expect(web.output()).not.toContain(token.slice(4));
  });

  it('finishes the request that it holds when it is asked to stop, and takes no other', async () => {
    const web = await start();
    await database.owner.query('BEGIN; LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE');
    const slow = send(web, 'held-while-stopping').then((answer) => answer);
    await eventually('the request waits for the lock', () => waitingFor(database, 'contacts'));
    web.signal('SIGTERM');
    await eventually('nobody else is let in', () => request(web.address).get('/health/live').then(() => false, () => true));
    await database.owner.query('COMMIT');
    expect((await slow).status).toBe(201);
    expect(await web.ended).toBe(0);
    expect(await countOf(`contacts WHERE idempotency_key LIKE '%held-while-stopping'`)).toBe(1);
  });

  it('does not wait for ever: what cannot be finished in time is undone', async () => {
    const web = await start();
    await database.owner.query('BEGIN; LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE');
    const stuck = send(web, 'stuck-while-stopping').then(() => 'answered', () => 'cut off');
    await eventually('the request waits for the lock', () => waitingFor(database, 'contacts'));
    const asked = Date.now();
    web.signal('SIGTERM');
    expect(await web.ended).toBe(1);
    expect(Date.now() - asked).toBeLessThan(7_000);
    expect(await stuck).toBe('cut off');
    await database.owner.query('COMMIT');
    await eventually('the waiting query is gone', async () => !(await waitingFor(database, 'contacts')));
    expect(await countOf(`contacts WHERE idempotency_key LIKE '%stuck-while-stopping'`)).toBe(0);
  });

  it('does not wait for browsers that only keep their connection open', async () => {
    const web = await start();
    const agent = new Agent({ keepAlive: true });
    await new Promise((done, failed) => httpRequest(`${web.address}/health/live`, { agent }, (answer) => answer.resume().once('end', done)).once('error', failed).end());
    const asked = Date.now();
    web.signal('SIGTERM');
    expect(await web.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(3_000);
    agent.destroy();
  });

  it('shares everything with a second one: sessions, and what was sent before', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    const { email } = await makeStaff(database, 'recruitment_officer');
    const signIn = request.agent(one.address);
    const csrf = csrfIn((await signIn.get('/staff/sign-in')).text);
    const answer = await signIn.post('/staff/sign-in').type('form').send({ email, password: PASSWORD, _csrf: csrf });
    const [cookie] = (answer.headers['set-cookie'] as unknown as string[]).map((line) => line.split(';')[0]!);
    expect((await request(other.address).get('/staff/help').set('cookie', cookie!)).status).toBe(200);

    const answers = await Promise.all([one, other, one, other].map((web) => send(web, 'to-both-at-once').then((sent) => sent)));
    expect(new Set(answers.map(({ body }) => body.reference as string)).size).toBe(1);
    expect(await countOf(`contacts WHERE idempotency_key LIKE '%to-both-at-once'`)).toBe(1);
  });
});
