import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './free-port';

const ROOT = resolve(__dirname, '../..');
const PATIENCE_MS = 60_000;

/** A command of the project that was started as a person would, and what it has said so far. */
export interface StartedCommand {
  readonly child: ChildProcess;
  output(): string;
  errors(): string;
  /** Resolves when the output contains the words; fails when it ends without, or does not say them in a minute. */
  says(words: string): Promise<void>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

const started = new Set<StartedCommand>();
const folders = new Set<string>();

/** The environment without the suite's own settings and without any that a developer has set. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _1, DATABASE_OWNER_URL: _2, REDIS_URL: _3, SMTP_URL: _4, SESSION_SECRET: _5, PUBLIC_URL: _6, npm_lifecycle_event: _7, NODE_ENV: _8, ...env } = process.env;
  return env;
}

/** Starts `command` in the project's folder. It is ended by `endAll` at the latest. */
export function startCommand(command: string, args: readonly string[], env: Readonly<Record<string, string>>): StartedCommand {
  const child = spawn(command, args, { cwd: ROOT, env: { ...bareEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = new Promise<number | NodeJS.Signals | null>((done) => child.once('close', (code, signal) => done(code ?? signal)));
  const command_: StartedCommand = {
    child,
    ended,
    output: () => output,
    errors: () => errors,
    says: (words) => eventually(`the command says "${words}"`, () => {
      if (output.includes(words)) return true;
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended without saying "${words}":\n${output}\n${errors}`);
      return false;
    }),
  };
  started.add(command_);
  return command_;
}

/** `npm start`, without npm in between. */
export function startSystem(env: Readonly<Record<string, string>>): StartedCommand {
  return startCommand(process.execPath, ['tools/start.mjs'], env);
}

/** Settings for a system of its own: an empty data folder and a free port, without the demonstration. */
export async function settingsOfItsOwn(): Promise<{ PORT: string; DATA_DIR: string; DEMO: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-'));
  // As root the database runs as another account, which has to get in.
  await chmod(folder, 0o755);
  folders.add(folder);
  return { PORT: String(await freePort()), DATA_DIR: join(folder, 'data'), DEMO: '0' };
}

/** Ends whatever a test left running and removes its folders. */
export async function endAll(): Promise<void> {
  for (const { child, ended } of started) {
    child.kill('SIGTERM');
    await ended;
  }
  started.clear();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  folders.clear();
}

/** The supervisor of a data folder and its processes: web first, then the worker. */
export function supervised(dataDir: string): { readonly supervisor: number; readonly web: number; readonly worker: number } {
  const lock = JSON.parse(readFileSync(join(dataDir, 'supervisor.lock'), 'utf8')) as { pid: number; children: { pid: number }[] };
  return { supervisor: lock.pid, web: lock.children[0]!.pid, worker: lock.children[1]!.pid };
}

export function databaseRuns(dataDir: string): boolean {
  return existsSync(join(dataDir, 'pg/data/postmaster.pid'));
}

/** Whether the process is there and not a zombie. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

export async function eventually(what: string, holds: () => boolean): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > until) throw new Error(`Not within ${String(PATIENCE_MS / 1_000)} s: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
