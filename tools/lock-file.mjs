/** A lock that a crashed holder does not keep: the file names its process, and a dead one's file is taken over. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, isStill } from './living-process.mjs';

const UNWRITTEN_GRACE_MS = 5_000;
const LOOK_AGAIN_MS = 100;

/**
 * Takes the lock when it is free. Answers `{ holder: null, leftBy, release, note }`, where `leftBy` is what a
 * crashed holder had noted (or null) and `note(fields)` adds to what this holder leaves; else `{ holder }`.
 */
export function tryLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  const own = { pid: process.pid, identity: identityOf(process.pid) };
  let leftBy = null;
  for (;;) {
    if (create(file, own)) return { holder: null, leftBy, release: () => releaseIfOwn(file, own), note: (fields) => rewrite(file, { ...own, ...fields }) };
    const holder = read(file);
    if (holder !== null && (holder.unwritten || isStill(holder.pid, holder.identity))) return { holder };
    leftBy = removeStale(file) ?? leftBy;
  }
}

/** Waits for the lock, does `action` and gives the lock back. `onWait(holder)` is told once when there is a wait. */
export async function withLock(file, action, { onWait, signal } = {}) {
  let told = false;
  for (;;) {
    signal?.throwIfAborted();
    const attempt = tryLock(file);
    if (attempt.holder === null) {
      try {
        return await action();
      } finally {
        attempt.release();
      }
    }
    if (!told && attempt.holder.pid !== undefined) {
      told = true;
      onWait?.(attempt.holder);
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

function create(file, content) {
  let handle;
  try {
    handle = openSync(file, 'wx', 0o644);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeSync(handle, JSON.stringify(content));
  closeSync(handle);
  return true;
}

function rewrite(file, content) {
  const handle = openSync(file, 'w', 0o644);
  writeSync(handle, JSON.stringify(content));
  closeSync(handle);
}

/** What the lock says; `{ unwritten: true }` while its holder has created but not yet written it; null when gone. */
function read(file) {
  try {
    const { mtimeMs } = statSync(file);
    const text = readFileSync(file, 'utf8');
    if (text !== '') return JSON.parse(text);
    return Date.now() - mtimeMs < UNWRITTEN_GRACE_MS ? { unwritten: true } : { pid: 0, identity: null };
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    if (error instanceof SyntaxError) return { pid: 0, identity: null };
    throw error;
  }
}

/** Two that find the same dead lock must not remove each other's new one: only who holds `.takeover` may remove. */
function removeStale(file) {
  const takeover = `${file}.takeover`;
  if (!create(takeover, {})) {
    const abandoned = read(takeover);
    if (abandoned !== null && !abandoned.unwritten && ageOf(takeover) > UNWRITTEN_GRACE_MS) rmSync(takeover, { force: true });
    return null;
  }
  try {
    const holder = read(file);
    if (holder === null || holder.unwritten || isStill(holder.pid, holder.identity)) return null;
    rmSync(file, { force: true });
    return holder;
  } finally {
    rmSync(takeover, { force: true });
  }
}

function ageOf(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function releaseIfOwn(file, own) {
  const holder = read(file);
  if (holder?.pid === own.pid && holder.identity === own.identity) rmSync(file, { force: true });
}
