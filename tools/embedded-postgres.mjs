/**
 * The PostgreSQL that comes with the project. The binaries are driven directly, because the server must also
 * start as root, outlive Ctrl-C (its own process group), be found again after its starter was killed, and never
 * leave a half-made data folder behind. Several commands may use one server: the last one to leave stops it.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { anyProcessInside, identityOf, isPostgres, isStill, numberInUse } from './living-process.mjs';
import { withLock } from './lock-file.mjs';
import { FALLBACK_FOLDER, binary, canEnter, postgresBinaries, serverAccount } from './postgres-binaries.mjs';
import { Refusal, runCommand } from './run-command.mjs';

/** The role that owns the database and everything in it; the application signs in as another. */
export const OWNER = 'hub_owner';

const VERSION = '18';
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 4_000;
const LOG_LIMIT_BYTES = 10_000_000;
/** Terse: the details of a refused row would put a family's data into the log. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=128MB', 'timezone=UTC', 'log_timezone=UTC', 'log_error_verbosity=terse'];
const FASTER_BUT_UNSAFE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

let users = 0;

/**
 * Starts the server whose files are under `folder`, making them at first, or joins the one that is running.
 * `durable: false` is for tests only: a power cut may cost the data. Answers `{ port, url({ database, user,
 * password }), stop() }`. Refuses, in one line, a folder that cannot be written, a failed initdb or start.
 */
export async function startEmbeddedPostgres({ root, folder, durable = true, maxConnections = 100, say = () => {}, signal }) {
  const account = serverAccount(join(resolve(folder), 'data'));
  const base = prepareFolder(resolve(folder), account, say);
  const server = { root, base, account, durable, maxConnections, say, signal, data: join(base, 'data'), log: join(base, 'server.log') };
  const mark = join(base, 'users', `${process.pid}-${++users}`);
  const port = await withLock(join(base, 'lock'), async () => {
    if (!existsSync(join(server.data, 'PG_VERSION'))) await makeDataFolder(server);
    refuseOtherVersion(server);
    const running = await runningPort(server);
    const startedOn = running ?? (await startServer(server));
    if (running !== null) say(`PostgreSQL is already running on port ${running}`);
    mkdirSync(join(base, 'users'), { recursive: true });
    writeFileSync(mark, identityOf(process.pid) ?? '');
    return startedOn;
  }, { signal });
  const ownersPassword = readFileSync(join(base, 'secret'), 'utf8').trim();
  return {
    port,
    url: ({ database, user = OWNER, password = ownersPassword }) => `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    stop: () => leave(server, mark),
  };
}

function prepareFolder(folder, account, say) {
  try {
    mkdirSync(folder, { recursive: true });
    let base = folder;
    if (!canEnter(account, folder)) {
      base = join(FALLBACK_FOLDER, createHash('sha256').update(folder).digest('hex').slice(0, 16));
      mkdirSync(base, { recursive: true });
      say(`PostgreSQL's account cannot enter ${folder}: its files are in ${base}`);
    }
    if (account.uid !== undefined) chownSync(base, account.uid, account.gid);
    chmodSync(base, 0o700);
    const probe = join(base, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return base;
  } catch (error) {
    throw new Refusal(`PostgreSQL's folder ${folder} cannot be written (${error.code}): make it yours, or set DATA_DIR to another folder.`);
  }
}

/** initdb beside the final place, then one rename: an interrupted one leaves nothing that looks complete. */
async function makeDataFolder({ root, base, data, account, durable, say, signal }) {
  const unfinished = `${data}.unfinished`;
  const passwordFile = join(base, 'first-password');
  const password = randomBytes(24).toString('base64url');
  say('Making the database');
  try {
    rmSync(unfinished, { recursive: true, force: true });
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account.uid !== undefined) chownSync(passwordFile, account.uid, account.gid);
    const args = ['-D', unfinished, '-U', OWNER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-messages=C'];
    const made = await runCommand(binary(postgresBinaries(root, account), 'initdb'), durable ? args : [...args, '--no-sync'], { ...account, env: serverEnvironment(), cwd: base, capture: true, signal });
    if (made.code !== 0) throw new Refusal(`The database could not be made in ${base}: ${firstComplaint(made.output)}`);
    writeFileSync(join(base, 'secret'), password, { mode: 0o600 });
    renameSync(unfinished, data);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (error.code === 'ENOSPC') throw new Refusal(`The database could not be made in ${base}: the disk is full.`);
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function refuseOtherVersion({ data }) {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== VERSION) throw new Refusal(`${data} was made by PostgreSQL ${version}, and this is PostgreSQL ${VERSION}: set DATA_DIR to another folder.`);
}

/**
 * The port of a server that survived its starter, or null when none runs. A pid file whose process is gone is
 * PostgreSQL's own affair; one whose number now belongs to another program, or to a zombie, would stop it from
 * starting, and is removed once nothing works in the data folder any more.
 */
async function runningPort({ data, base, signal }) {
  const until = Date.now() + START_LIMIT_MS / 2;
  for (;;) {
    signal?.throwIfAborted();
    const stated = readPidFile(data);
    if (stated === null || !numberInUse(stated.pid)) return null;
    const serving = isPostgres(stated.pid);
    if (serving && stated.status === 'ready') return stated.port;
    if (!serving && !anyProcessInside(data)) {
      rmSync(join(data, 'postmaster.pid'), { force: true });
      return null;
    }
    if (Date.now() > until) throw new Refusal(`Another PostgreSQL (process ${stated.pid}) is starting or stopping in ${data} and does not finish: see ${base}/server.log.`);
    await sleep(100);
  }
}

async function startServer({ root, base, data, log, account, durable, maxConnections, say, signal }) {
  const port = await choosePort(base);
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.old`);
  const output = openSync(log, 'a');
  const logStart = statSync(log).size;
  const settings = [...SETTINGS, `max_connections=${maxConnections}`, ...(durable ? [] : FASTER_BUT_UNSAFE)];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const child = spawn(binary(postgresBinaries(root, account), 'postgres'), args, { ...account, env: serverEnvironment(), cwd: base, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  child.unref();
  let failed = false;
  child.once('error', () => (failed = true));
  child.once('exit', () => (failed = true));
  const until = Date.now() + START_LIMIT_MS;
  while (!failed && Date.now() < until) {
    const stated = readPidFile(data);
    // A server that was killed leaves a file that still says it is ready.
    if (stated?.pid === child.pid && stated.status === 'ready') {
      say(`PostgreSQL runs on port ${port}`);
      return port;
    }
    if (signal?.aborted) {
      child.kill('SIGINT');
      throw signal.reason;
    }
    await sleep(20);
  }
  if (!failed) child.kill('SIGKILL');
  const said = existsSync(log) ? readFileSync(log, 'utf8').slice(logStart) : '';
  throw new Refusal(`PostgreSQL cannot start: ${firstComplaint(said)} (see ${log})`);
}

/** Takes this user off the list, and stops the server when nobody else is on it. Answers whether it stopped. */
async function leave({ base, data, say }, mark) {
  return withLock(join(base, 'lock'), async () => {
    rmSync(mark, { force: true });
    if (othersUsing(base)) {
      say('PostgreSQL stays up for another command that uses it');
      return false;
    }
    const stated = readPidFile(data);
    if (stated === null || !isPostgres(stated.pid)) return true;
    for (const name of ['SIGINT', 'SIGQUIT']) {
      const until = Date.now() + STOP_LIMIT_MS;
      process.kill(stated.pid, name);
      while (Date.now() < until) {
        if (!isPostgres(stated.pid)) return true;
        await sleep(20);
      }
    }
    return false;
  });
}

function othersUsing(base) {
  const folder = join(base, 'users');
  return readdirSync(folder).some((name) => {
    const file = join(folder, name);
    const alive = isStill(Number(name.split('-')[0]), readFileSync(file, 'utf8'));
    if (!alive) rmSync(file, { force: true });
    return alive;
  });
}

/** postmaster.pid: line 1 the process, line 4 the port, line 8 its state. */
function readPidFile(data) {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
  } catch {
    return null;
  }
}

/** The port of last time when it is free, so that addresses noted elsewhere keep working. */
async function choosePort(base) {
  const file = join(base, 'port');
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = (before > 0 ? await bind(before) : null) ?? (await bind(0));
  writeFileSync(file, String(port));
  return port;
}

function bind(port) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(null));
    probe.listen(port, '127.0.0.1', () => {
      const chosen = probe.address().port;
      probe.close(() => done(chosen));
    });
  });
}

function serverEnvironment() {
  const { PGDATA: _data, PGPORT: _port, PGHOST: _host, ...env } = process.env;
  return { ...env, LC_ALL: 'C', TZ: 'UTC' };
}

function firstComplaint(output) {
  if (output.includes('No space left on device')) return 'the disk is full.';
  const lines = output.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return lines.find((line) => /error:|FATAL:|PANIC:|could not/i.test(line)) ?? lines.at(-1) ?? 'it said nothing.';
}
