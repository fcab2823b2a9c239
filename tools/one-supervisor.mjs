/** One `npm start` per data folder, and what a killed one left behind. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, isStill } from './living-process.mjs';
import { tryLock } from './lock-file.mjs';
import { Refusal } from './run-command.mjs';

const ORPHANS_MAY_FINISH_MS = 8_000;

/**
 * Claims `dataDir` for this supervisor; refuses when another has it. The processes of one that was killed end by
 * themselves and are waited for, for they still hold the port. Answers `{ release, noteChildren(pids) }`.
 */
export async function claimDataFolder(dataDir, say, signal) {
  const attempt = tryLock(join(dataDir, 'supervisor.lock'));
  if (attempt.holder !== null) throw new Refusal(`Another npm start (process ${attempt.holder.pid}) is running on ${dataDir}: stop it, or set DATA_DIR to another folder.`);
  try {
    await outlive(attempt.leftBy?.children ?? [], say, signal);
  } catch (error) {
    attempt.release();
    throw error;
  }
  let noting;
  return {
    release: () => {
      clearInterval(noting);
      attempt.release();
    },
    noteChildren: (pids) => {
      let noted = '';
      const note = () => {
        const children = pids().map((pid) => ({ pid, identity: identityOf(pid) }));
        if (JSON.stringify(children) === noted) return;
        noted = JSON.stringify(children);
        attempt.note({ children });
      };
      note();
      // A crashed child is started again under another number.
      noting = setInterval(note, 1_000);
      noting.unref();
    },
  };
}

async function outlive(children, say, signal) {
  const alive = () => children.filter(({ pid, identity }) => isStill(pid, identity));
  if (alive().length > 0) say('Waiting for the processes of a supervisor that was killed');
  const until = Date.now() + ORPHANS_MAY_FINISH_MS;
  while (alive().length > 0) {
    signal.throwIfAborted();
    if (Date.now() > until) for (const { pid } of alive()) process.kill(pid, 'SIGKILL');
    await sleep(100);
  }
}
