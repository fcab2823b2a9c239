/** Keeps one long-running process of the system up: starts it, starts it again after a crash, stops it. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from './run-command.mjs';

const READY_LIMIT_MS = 60_000;
const RESTART_DELAYS_MS = [500, 1_000, 2_000, 4_000];
const STEADY_AFTER_MS = 60_000;
const LOG_LIMIT_BYTES = 20_000_000;
const LINES_SHOWN = 8;
/** On a machine with much memory Node.js tidies up late: with a limit that nothing comes near, a process stays a third smaller. */
const MEMORY = '--max-old-space-size=1024';

/**
 * Starts `script` and resolves when it says that it is ready; the promise is refused when it ends before that.
 * Afterwards a crash is followed by a new start, after a growing pause, and `onGivenUp(refusal)` is called when
 * that has not helped. The process has an IPC channel, by whose end it notices that this one is gone.
 * `logFile` receives what it prints; without one it prints to where this process prints.
 * Answers `{ pid(), stop(limitMs) }`.
 */
export async function superviseProcess({ name, script, cwd, env, logFile, say, onGivenUp, signal }) {
  let child;
  let stopping = false;
  let failures = 0;

  await launch();
  return { pid: () => child.pid, stop };

  async function launch() {
    const startedAt = Date.now();
    const logged = logFile === undefined ? null : openLog(logFile);
    const output = logged?.handle ?? 'inherit';
    child = spawn(process.execPath, ['--enable-source-maps', MEMORY, script], { cwd, env, detached: process.platform !== 'win32', stdio: ['ignore', output, output, 'ipc'] });
    if (logged !== null) closeSync(logged.handle);
    await ready(child, name, signal, () => lastWords(logFile, logged?.from));
    child.once('exit', (code, signalName) => {
      if (stopping) return;
      if (Date.now() - startedAt > STEADY_AFTER_MS) failures = 0;
      void again(`${name} ended unexpectedly (${signalName ?? `exit ${code}`})`);
    });
  }

  async function again(what) {
    const delay = RESTART_DELAYS_MS[failures++];
    if (delay === undefined) return onGivenUp(new Refusal(`${what} again and again: giving up.${logFile === undefined ? '' : ` See ${logFile}.`}`));
    say(`${what}: starting it again in ${delay / 1_000} s`);
    await new Promise((done) => setTimeout(done, delay));
    if (stopping) return;
    try {
      await launch();
      say(`${name} is up again`);
    } catch {
      if (!stopping) await again(`${name} did not come up`);
    }
  }

  /** Asks it to end, and ends it when it has not after `limitMs`. */
  async function stop(limitMs) {
    stopping = true;
    await endProcess(child, limitMs);
  }
}

/** Asks a child process to end by SIGTERM and kills it when it has not ended after `limitMs`. */
export async function endProcess(child, limitMs) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const killing = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await ended;
  clearTimeout(killing);
}

function ready(child, name, signal, words) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => fail(new Refusal(`${name} is not ready after ${READY_LIMIT_MS / 1_000} s.${words()}`)), READY_LIMIT_MS);
    const abort = () => fail(signal.reason);
    const settle = () => {
      clearTimeout(late);
      signal?.removeEventListener('abort', abort);
      child.off('exit', ended);
      child.off('message', heard);
    };
    const fail = (reason) => {
      settle();
      if (child.exitCode === null && child.signalCode === null) void endProcess(child, 3_000).then(() => reject(reason));
      else reject(reason);
    };
    const ended = (code, signalName) => fail(new Refusal(words() || `${name} ended while starting (${signalName ?? `exit ${code}`}).`));
    const heard = (message) => {
      if (message?.ready !== true) return;
      settle();
      resolve();
    };
    child.once('error', (error) => fail(new Refusal(`${name} cannot be started: ${error.message}`)));
    child.once('exit', ended);
    child.on('message', heard);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.old`);
  const handle = openSync(file, 'a', 0o600);
  return { handle, from: statSync(file).size };
}

/** What the process said before it ended: plain lines as they are, log records by their message. */
function lastWords(file, from) {
  if (file === undefined) return '';
  const lines = readFileSync(file).subarray(from).toString('utf8').split('\n').flatMap((line) => messageOf(line) ?? []);
  return lines.slice(-LINES_SHOWN).join('\n');
}

function messageOf(line) {
  if (line.trim() === '') return null;
  if (!line.startsWith('{')) return line;
  try {
    const record = JSON.parse(line);
    return record.level < 40 ? null : [record.msg, record.err?.message].filter((part) => part !== undefined).join(': ');
  } catch {
    return line;
  }
}
