/** What a command is told from outside, read by the rules of the whole system before anything is installed, and whether it can work there. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import settingRules from '../libs/settings/src/setting-rules.js';
import { Refusal } from './run-command.mjs';

const { hasLocalMailbox, missingSettings, publicUrlOf, valuesIn, wrongSettings } = settingRules;

const CONNECT_LIMIT_MS = 5_000;
const DEFAULT_PORTS = { 'postgres:': 5432, 'postgresql:': 5432, 'redis:': 6379, 'rediss:': 6379 };
/** What a command that starts its own database brings along. */
const BROUGHT = { EMBEDDED: '1', DATABASE_URL: 'postgres://embedded@127.0.0.1/hub', SESSION_SECRET: 'x'.repeat(32) };

/** Reads what a single command needs; a relative DATA_DIR starts at `root`. Refuses with one line for each wrong value. */
export function readSettings(env, root) {
  return read(env, root, () => []);
}

/** Reads what the whole system needs. Refuses with one line for each wrong value and for each that is missing. */
export function readSystemSettings(env, root) {
  return read(env, root, missingSettings);
}

function read(env, root, missing) {
  const given = valuesIn(env);
  const embedded = given.DATABASE_URL === undefined;
  const told = { ...env, EMBEDDED: '0', ...(embedded ? BROUGHT : {}) };
  const mistakes = [...wrongSettings(env), ...missing(told)];
  if (embedded && given.DATABASE_OWNER_URL !== undefined) mistakes.push('DATABASE_OWNER_URL is set without DATABASE_URL: set both, or neither for the embedded database.');
  if (mistakes.length > 0) throw new Refusal(mistakes.join('\n'));
  return {
    embedded,
    host: given.HOST,
    port: Number(given.PORT),
    publicUrl: publicUrlOf(env),
    dataDir: resolve(root, given.DATA_DIR),
    databaseUrl: given.DATABASE_URL,
    ownerUrl: given.DATABASE_OWNER_URL ?? given.DATABASE_URL,
    redisUrl: given.REDIS_URL,
    localMailbox: hasLocalMailbox(told),
    demo: (given.DEMO ?? (embedded ? '1' : '0')) === '1',
    sessionSecret: given.SESSION_SECRET,
  };
}

/** Refuses a folder in which nothing can be written; makes it when it is missing. */
export function mustBeWritable(folder) {
  try {
    makeFolder(folder);
    const probe = join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.code;
    throw new Refusal(`The data folder ${folder} cannot be written (${reason}): make it writable, or set DATA_DIR to another folder.`);
  }
}

/** One level at a time: Node's recursive way never returns in a file system that refuses new folders, such as /proc. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Refuses a port that another program listens on, or an address that is not this machine's. */
export async function mustBeFree(host, port) {
  const failure = await listeningFailure(host, port);
  if (failure === null) return;
  if (failure === 'EADDRINUSE') throw new Refusal(`Port ${port} on ${host} is in use by another program: stop that, or set PORT to another number.`);
  if (failure === 'EACCES') throw new Refusal(`Port ${port} may not be used by this account: set PORT to 1024 or more.`);
  throw new Refusal(`HOST "${host}" is not an address of this machine (${failure}): 127.0.0.1 is, and 0.0.0.0 means all of them.`);
}

/** The code of the error that keeps this process from listening there, or null when nothing does. */
function listeningFailure(host, port) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error) => done(error.code ?? error.message));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => done(null)));
  });
}

/** Refuses a server that does not even accept a connection; whether it lets us in is asked later. */
export function mustAnswer(name, address) {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A socket in the file system: the database client finds out.
  if (host === '' || host.startsWith('%2F') || url.searchParams.get('host')?.startsWith('/')) return Promise.resolve();
  const port = Number(url.port) || DEFAULT_PORTS[url.protocol];
  return new Promise((done, refuse) => {
    const socket = connect({ host, port, timeout: CONNECT_LIMIT_MS });
    const fail = (reason) => {
      socket.destroy();
      refuse(new Refusal(`${name}: nothing answers at ${host}:${port} (${reason}). Start that server, or correct ${name}.`));
    };
    socket.once('connect', () => {
      socket.destroy();
      done();
    });
    socket.once('timeout', () => fail(`no answer in ${CONNECT_LIMIT_MS / 1_000} s`));
    socket.once('error', (error) => fail(error.code ?? error.message));
  });
}
