/** Runs one program to its end. */
import { spawn } from 'node:child_process';

const PATIENCE_AFTER_STOP_MS = 5_000;

/** A refusal that the person at the keyboard can act on: printed as its one line, without a stack. */
export class Refusal extends Error {}

/**
 * Runs `command` and answers `{ code, output }`; `output` holds what the program printed when `capture` is set,
 * and otherwise the program writes to this process's standard error, so that standard output stays for results;
 * with `inherit` it writes to both.
 * The program gets a process group of its own, so that Ctrl-C reaches it only through `signal`, an AbortSignal.
 */
export function runCommand(command, args, { cwd, env = process.env, capture = false, inherit = false, signal, uid, gid } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stdio = capture ? ['ignore', 'pipe', 'pipe'] : inherit ? ['ignore', 'inherit', 'inherit'] : ['ignore', 2, 2];
    const account = uid === undefined ? {} : { uid, gid };
    const child = spawn(command, args, { cwd, env, stdio, detached: process.platform !== 'win32', ...account });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));

    const stop = () => {
      signalGroup(child, 'SIGTERM');
      setTimeout(() => signalGroup(child, 'SIGKILL'), PATIENCE_AFTER_STOP_MS).unref();
    };
    signal?.addEventListener('abort', stop, { once: true });
    child.once('error', (error) => {
      signal?.removeEventListener('abort', stop);
      reject(error);
    });
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code, output });
    });
  });
}

function signalGroup(child, name) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // It ended by itself between the question and the signal.
  }
}
