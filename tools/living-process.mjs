/** Tells a process that is still running from a number that was used before. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';

/**
 * What identifies the process beyond its number, which the system hands out again: the moment it started.
 * Null when there is no such process, or when it has ended and nobody has collected it yet (a zombie, typical
 * of containers whose first process does not reap).
 */
export function identityOf(pid) {
  if (!numberInUse(pid)) return null;
  if (existsSync('/proc/self/stat')) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : `started ${fields[19]}`;
    } catch {
      return null;
    }
  }
  if (process.platform === 'win32') return 'running';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

/** Whether the process that once said it was `identity` still runs under `pid`. */
export function isStill(pid, identity) {
  return identity !== null && identityOf(pid) === identity;
}

/** Whether any process, a zombie included, has this number. */
export function numberInUse(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

/** Whether the process under `pid` is a PostgreSQL server; where the system does not show, it is believed to be. */
export function isPostgres(pid) {
  if (identityOf(pid) === null) return false;
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false;
  }
}

/** Whether a process works inside `folder`; only Linux shows it, elsewhere the answer is no. */
export function anyProcessInside(folder) {
  if (!existsSync('/proc/self/cwd')) return false;
  return readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}
