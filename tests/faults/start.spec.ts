import { createServer } from 'node:net';
import { databaseRuns, endAll, eventually, isAlive, settingsOfItsOwn, startCommand, startSystem, supervised } from '../support/started-system';
import { createTestDatabase } from '../support/test-database';

afterEach(endAll);

const elsewhere = { SMTP_URL: 'smtp://127.0.0.1:9', SESSION_SECRET: 'a secret of the tests, which is long enough' };

async function statusOf(port: string, path: string): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).status;
}

describe('npm start refuses in one line', () => {
  it('each wrong or missing setting, before it makes a database', async () => {
    const settings = await settingsOfItsOwn();
    const start = startSystem({ ...settings, PORT: 'abc', DEMO: 'maybe', HOST: '0.0.0.0', PUBLIC_URL: 'hub.example.org' });
    expect(await start.ended).toBe(1);
    expect(start.errors().split('\n')).toEqual([
      'PORT is "abc": give a whole number from 1 to 65535.',
      'PUBLIC_URL is not an address such as https://hub.example.org.',
      'DEMO is "maybe": give 1 for the demonstration or 0 for none.',
      expect.stringMatching(/^SMTP_URL is missing\. /),
      '',
    ]);
    expect(databaseRuns(settings.DATA_DIR)).toBe(false);
  });

  it('a port that is taken', async () => {
    const settings = await settingsOfItsOwn();
    const other = createServer().listen(Number(settings.PORT), '127.0.0.1');
    try {
      const start = startSystem(settings);
      expect(await start.ended).toBe(1);
      expect(start.errors()).toBe(`Port ${settings.PORT} on 127.0.0.1 is in use by another program: stop that, or set PORT to another number.\n`);
      expect(databaseRuns(settings.DATA_DIR)).toBe(false);
    } finally {
      other.close();
    }
  });

  it('a data folder that cannot be written', async () => {
    // Not even root may make a folder there.
    const start = startSystem({ ...(await settingsOfItsOwn()), DATA_DIR: '/proc/data' });
    expect(await start.ended).toBe(1);
    expect(start.errors()).toMatch(/^The data folder \/proc\/data cannot be written \(\w+\): make it writable, or set DATA_DIR to another folder\.\n$/);
  });

  it('a database where nothing answers', async () => {
    const settings = await settingsOfItsOwn();
    const start = startSystem({ ...settings, ...elsewhere, DATABASE_URL: `postgres://hub:wrong@127.0.0.1:${settings.PORT}/hub` });
    expect(await start.ended).toBe(1);
    expect(start.errors()).toMatch(/^DATABASE_URL: nothing answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. .+\n$/);
  });

  it('a database that does not let it in', async () => {
    const url = new URL(process.env.TEST_OWNER_URL!);
    url.password = 'wrong';
    const start = startSystem({ ...(await settingsOfItsOwn()), ...elsewhere, DATABASE_URL: url.toString() });
    expect(await start.ended).toBe(1);
    expect(start.errors()).toMatch(/^DATABASE_URL: the database does not let us in \(password authentication failed .+\n$/);
  });
});

describe('npm start', () => {
  it('brings everything up, lets no second one in, and leaves nothing when it is asked to stop', async () => {
    const settings = await settingsOfItsOwn();
    const first = startSystem(settings);
    await first.says('Ready');
    expect(await statusOf(settings.PORT, '/health/ready')).toBe(200);
    const { supervisor, web, worker } = supervised(settings.DATA_DIR);

    const second = startSystem(settings);
    expect(await second.ended).toBe(1);
    expect(second.errors()).toBe(`Another npm start (process ${String(supervisor)}) is running on ${settings.DATA_DIR}: stop it, or set DATA_DIR to another folder.\n`);

    const askedAt = Date.now();
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(Date.now() - askedAt).toBeLessThan(10_000);
    expect([web, worker].filter(isAlive)).toEqual([]);
    expect(databaseRuns(settings.DATA_DIR)).toBe(false);
  });

  it('comes back after a kill -9, on the same data and the same port', async () => {
    const settings = await settingsOfItsOwn();
    const first = startSystem(settings);
    await first.says('Ready');
    const before = supervised(settings.DATA_DIR);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(databaseRuns(settings.DATA_DIR)).toBe(true);

    const second = startSystem(settings);
    await second.says('Ready');
    expect([before.web, before.worker].filter(isAlive)).toEqual([]);
    expect(second.output()).not.toContain('Making the database');
    expect(await statusOf(settings.PORT, '/health/ready')).toBe(200);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(databaseRuns(settings.DATA_DIR)).toBe(false);
  });

  it('starts a process again that was killed', async () => {
    const settings = await settingsOfItsOwn();
    const start = startSystem(settings);
    await start.says('Ready');
    const { worker, web } = supervised(settings.DATA_DIR);
    process.kill(worker, 'SIGKILL');
    process.kill(web, 'SIGKILL');
    await start.says('worker is up again');
    await start.says('web is up again');
    await eventually('the new processes are noted', () => supervised(settings.DATA_DIR).worker !== worker && supervised(settings.DATA_DIR).web !== web);
    expect(await statusOf(settings.PORT, '/health/ready')).toBe(200);
  });

  it.each([['SIGTERM' as const], ['SIGKILL' as const]])('stops all of it when npm gets a %s', async (signal) => {
    const settings = await settingsOfItsOwn();
    const npm = startCommand('npm', ['start'], settings);
    await npm.says('Ready');
    const { supervisor, web, worker } = supervised(settings.DATA_DIR);
    npm.child.kill(signal);
    await npm.ended;
    await eventually('all processes have ended', () => ![supervisor, web, worker].some(isAlive));
    expect(databaseRuns(settings.DATA_DIR)).toBe(false);
  });

  it('says who can sign in, and goes on with a demonstration whose loading was cut off', async () => {
    const settings = { ...(await settingsOfItsOwn()), DEMO: '1' };
    const first = startSystem(settings);
    await first.says('Who can sign in to the demonstration');
    await first.says('agency decision maker');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(databaseRuns(settings.DATA_DIR)).toBe(false);

    const second = startSystem(settings);
    await second.says('Loading the demonstration');
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(second.output()).not.toContain('could not be loaded');
  });

  it('works on a database of one’s own and leaves it running', async () => {
    const settings = await settingsOfItsOwn();
    const database = await createTestDatabase();
    try {
      const start = startSystem({ ...settings, ...elsewhere, DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl });
      await start.says('Ready');
      expect(await statusOf(settings.PORT, '/health/ready')).toBe(200);
      expect(databaseRuns(settings.DATA_DIR)).toBe(false);
      start.child.kill('SIGINT');
      expect(await start.ended).toBe(0);
    } finally {
      await database.drop();
    }
  });
});

describe('npm run hub', () => {
  const hub = (words: readonly string[], env: Readonly<Record<string, string>>) => startCommand('npm', ['run', '-s', 'hub', '--', ...words], env);

  it('shows its help without making a database', async () => {
    const settings = await settingsOfItsOwn();
    const help = hub(['--help'], settings);
    expect(await help.ended).toBe(0);
    expect(help.output()).toMatch(/^Usage: hub /);
    expect(databaseRuns(settings.DATA_DIR)).toBe(false);
  });

  it('brings its database for the time of the command, and passes the exit code on', async () => {
    const settings = await settingsOfItsOwn();
    const report = hub(['report', 'kpi', '--from', '2026-04-01', '--to', '2026-10-31', '--format', 'json'], settings);
    expect(await report.ended).toBe(0);
    expect(JSON.parse(report.output())).toBeInstanceOf(Object);
    const wrong = hub(['report', 'nonsense'], settings);
    expect(await wrong.ended).toBe(2);
    expect(wrong.output()).toBe('');
    expect(databaseRuns(settings.DATA_DIR)).toBe(false);
  });

  it('uses the database of a running system and leaves it up', async () => {
    const settings = await settingsOfItsOwn();
    const start = startSystem(settings);
    await start.says('Ready');
    const migrate = hub(['migrate'], settings);
    expect(await migrate.ended).toBe(0);
    expect(migrate.output()).toContain('up to date');
    expect(await statusOf(settings.PORT, '/health/ready')).toBe(200);
  });
});
