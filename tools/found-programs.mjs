/** Programs of the machine that tests use when they are there: a Chromium, a Redis server. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Refusal, runCommand } from './run-command.mjs';

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const CHROMIUMS_ELSEWHERE = [
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const FOLDERS_BESIDE_PATH = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/** The path of a Chromium, or null. CHROMIUM_PATH decides when it is set; refuses one that cannot be run. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (!canRun(env.CHROMIUM_PATH)) throw new Refusal(`CHROMIUM_PATH is "${env.CHROMIUM_PATH}", which cannot be run: correct it, or leave it out.`);
    return env.CHROMIUM_PATH;
  }
  return onPath(CHROMIUMS, env) ?? CHROMIUMS_ELSEWHERE.find(canRun) ?? null;
}

/** The path of a Redis server, or null. REDIS_SERVER decides when it is set. */
export function findRedisServer(env = process.env) {
  return env.REDIS_SERVER || onPath(['redis-server', 'valkey-server'], env);
}

/** As root on Debian or its like: installs the package. Answers whether it did. */
export async function installByApt(name, { say, signal }) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  say(`Installing ${name}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = async (...args) => (await runCommand('/usr/bin/apt-get', ['-qq', ...args], { env, capture: true, signal })).code === 0;
  return (await run('install', '--yes', '--no-install-recommends', name)) || ((await run('update')) && (await run('install', '--yes', '--no-install-recommends', name)));
}

/** The one command that installs a Chromium on this machine. */
export function howToInstallChromium() {
  if (process.platform === 'darwin') return 'brew install --cask chromium';
  if (process.platform === 'win32') return 'winget install Google.Chrome';
  return 'sudo apt-get install --yes chromium';
}

function onPath(names, env) {
  const folders = [...(env.PATH ?? '').split(delimiter), ...FOLDERS_BESIDE_PATH];
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(canRun);
    if (found !== undefined) return found;
  }
  return null;
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
