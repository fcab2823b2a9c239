/**
 * What a command can know of its settings before anything is installed: those that the tools use themselves.
 * All others are checked after the build, by the same code as in every process of the system.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { Refusal } from './run-command.mjs';

const CONNECT_LIMIT_MS = 5_000;
const DEFAULT_PORTS = { 'postgres:': 5432, 'postgresql:': 5432, 'redis:': 6379, 'rediss:': 6379 };

/** Reads the tools' own settings; a relative DATA_DIR starts at `root`. Refuses with one line per mistake. */
export function readSettings(env, root) {
  // An empty value counts as not given: compose files produce them.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value.trim() !== ''));
  const mistakes = [];
  const port = given.PORT ?? '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) mistakes.push(`PORT is "${port}": give a number from 1 to 65535.`);
  mustBeUrl('DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/hub');
  mustBeUrl('DATABASE_OWNER_URL', ['postgres:', 'postgresql:'], 'postgres://owner:password@host:5432/hub');
  mustBeUrl('REDIS_URL', ['redis:', 'rediss:'], 'redis://host:6379');
  if (given.DEMO !== undefined && !['0', '1'].includes(given.DEMO)) mistakes.push(`DEMO is "${given.DEMO}": give 1 for the demonstration or 0 for none.`);
  const embedded = given.DATABASE_URL === undefined;
  if (embedded && given.DATABASE_OWNER_URL !== undefined) mistakes.push('DATABASE_OWNER_URL is set without DATABASE_URL: set both, or neither for the embedded database.');
  if (mistakes.length > 0) throw new Refusal(mistakes.join('\n'));
  return {
    embedded,
    host: given.HOST ?? '127.0.0.1',
    port: Number(port),
    dataDir: resolve(root, given.DATA_DIR ?? '.data'),
    databaseUrl: given.DATABASE_URL,
    ownerUrl: given.DATABASE_OWNER_URL ?? given.DATABASE_URL,
    redisUrl: given.REDIS_URL,
    demo: (given.DEMO ?? (embedded ? '1' : '0')) === '1',
    sessionSecret: given.SESSION_SECRET,
  };

  function mustBeUrl(name, protocols, example) {
    const value = given[name];
    if (value === undefined) return;
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url === null || !protocols.includes(url.protocol)) mistakes.push(`${name} is not an address of the form ${example}.`);
  }
}

/** Refuses an environment that the system's processes would refuse. Needs the build. Answers their settings. */
export function mustSatisfyTheSystem(root, env) {
  const { parseSettings } = createRequire(join(root, 'package.json'))('./dist/libs/settings/src/settings.js');
  const parsed = parseSettings(env);
  if (!parsed.ok) throw new Refusal(parsed.refusal.join('\n'));
  return parsed.value;
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
