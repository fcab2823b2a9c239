/** Brings node_modules to what package-lock.json says, when it is not there already. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock-file.mjs';
import { Refusal, runCommand } from './run-command.mjs';

/**
 * Whether every package of the lock is installed in its version. npm writes its own record at the very end of an
 * installation, so an interrupted one counts as missing; optional packages of other platforms may be absent.
 */
export function dependenciesAreInstalled(root) {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    const present = installed[path];
    return present === undefined ? optional === true || devOptional === true : present.version === version;
  });
}

/** Installs when something is missing; two at once take turns. Answers whether it had to. */
export async function installDependencies({ root, say, signal }) {
  if (dependenciesAreInstalled(root)) return false;
  const onWait = ({ pid }) => say(`Waiting for another installation (process ${pid})`);
  return withLock(join(root, '.data/locks/install'), async () => {
    if (dependenciesAreInstalled(root)) return false;
    say('Installing what is missing: npm ci');
    // npm says where it is; started without npm, the one on the path is taken.
    const npm = process.env.npm_execpath;
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code } = npm?.endsWith('.js') ? await runCommand(process.execPath, [npm, ...args], { cwd: root, signal }) : await runCommand('npm', args, { cwd: root, signal });
    if (code !== 0) throw new Refusal(`npm ci failed (exit ${code}): its own words are above.`);
    return true;
  }, { onWait, signal });
}
