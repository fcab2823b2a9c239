/** How the tools speak with the person who started them. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from './run-command.mjs';

/** The folder of the project. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const LOOK_AT_PARENT_EVERY_MS = 500;
const OLDEST_NODE = [20, 19];
const NO_ROOM_OR_RIGHT = { EACCES: 'this account may not write it', EPERM: 'this account may not write it', EROFS: 'it is read-only', ENOSPC: 'the disk is full' };

/** Refuses a Node.js that cannot load the packages. */
export function mustRunOnThisNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) throw new Refusal(`This is Node.js ${version}: version ${OLDEST_NODE.join('.')} or newer is needed.`);
}

/** One line for what a person can mend; the stack for what only a developer can. */
export function explain(error) {
  if (error instanceof Refusal) return error.message;
  const reason = NO_ROOM_OR_RIGHT[error?.code];
  if (reason !== undefined && error.path !== undefined) return `${error.path} cannot be written: ${reason}.`;
  return error?.stack ?? String(error);
}

/** The reason of an orderly stop. */
export class StopRequested extends Error {}

/**
 * Listens for the wish to stop: Ctrl-C, a signal, or the end of npm, which does not pass every signal on. Answers
 * `{ signal, stopped, giveUp }`: an AbortSignal, a promise of its reason, and a way to stop for another reason.
 * The first reason counts; to repeat Ctrl-C changes nothing.
 */
export function stopRequests() {
  const controller = new AbortController();
  const { signal } = controller;
  const giveUp = (reason) => controller.abort(reason);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => giveUp(new StopRequested(name === 'SIGINT' ? 'Ctrl-C' : name)));
  // A closed terminal must not turn into a crash half-way through stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  if (process.env.npm_lifecycle_event !== undefined) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && giveUp(new StopRequested('npm ended')), LOOK_AT_PARENT_EVERY_MS).unref();
  }
  const stopped = new Promise((done) => signal.addEventListener('abort', () => done(signal.reason), { once: true }));
  return { signal, stopped, giveUp };
}

/** Where to look, once everything runs. */
export function whereItIs({ address, mailbox, logs }) {
  const lines = [
    ['Public pages', `${address}/`],
    ['Enquiry form', `${address}/enquire`],
    ['Staff sign-in', `${address}/staff`],
    ...(mailbox ? [['Mail that was sent', `${address}/dev/mailbox`]] : []),
    ...(logs === null ? [] : [['Logs', logs]]),
  ];
  return `\n${lines.map(([what, where]) => `  ${what.padEnd(20)}${where}`).join('\n')}\n\n  Ctrl-C stops all of it.\n\n`;
}
