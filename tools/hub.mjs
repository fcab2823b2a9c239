/**
 * `npm run -s hub -- COMMAND`: the command line, against the same database as `npm start`, running or not.
 * Standard output belongs to the command alone; what the tools have to say goes to standard error.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ADDRESS_FILE, HUB, hasTables, keptSecret, migrate, openEmbeddedDatabase } from './database.mjs';
import { installDependencies } from './install.mjs';
import { mustBeWritable, readSettings } from './settings.mjs';
import { ROOT, StopRequested, explain, mustRunOnThisNode, stopRequests } from './terminal.mjs';

const REFUSED = 1;
const CHILD_HEARS_CTRL_C_MS = 1_000;
const KILL_AFTER_MS = 8_000;

const say = (text) => process.stderr.write(`${text}\n`);
const command = process.argv.slice(2);

process.exitCode = await main();
process.exit();

async function main() {
  const requests = stopRequests();
  let database = null;
  try {
    mustRunOnThisNode();
    await installDependencies({ root: ROOT, say, signal: requests.signal });
    await build({ root: ROOT, say, signal: requests.signal });
    if (asksForHelp(command)) return await runHub(process.env, requests);
    const settings = readSettings(process.env, ROOT);
    if (!settings.embedded) return await runHub({ ...process.env, DATA_DIR: settings.dataDir, EMBEDDED: '0' }, requests);
    mustBeWritable(settings.dataDir);
    database = await openEmbeddedDatabase({ root: ROOT, dataDir: settings.dataDir, say: () => {}, signal: requests.signal });
    const env = embeddedEnvironment(settings, database);
    if (command[0] !== 'migrate' && !(await hasTables(ROOT, database.ownerUrl))) {
      say('Making the tables');
      await migrate({ root: ROOT, env, signal: requests.signal });
    }
    return await runHub(env, requests);
  } catch (error) {
    if (!(error instanceof StopRequested)) say(explain(error));
    return error instanceof StopRequested ? 128 + constants.signals.SIGINT : REFUSED;
  } finally {
    await database?.stop();
  }
}

/** Help needs no database, and must not make one. */
function asksForHelp(words) {
  return words.length === 0 || words[0] === 'help' || words.some((word) => ['--help', '-h', '--version', '-V'].includes(word));
}

function embeddedEnvironment(settings, database) {
  const address = join(settings.dataDir, ADDRESS_FILE);
  return {
    ...(existsSync(address) ? { PUBLIC_URL: readFileSync(address, 'utf8') } : {}),
    ...process.env,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    SESSION_SECRET: settings.sessionSecret ?? keptSecret(join(settings.dataDir, 'session-secret')),
    EMBEDDED: '1',
  };
}

/** Runs the command on this terminal, in the folder where npm was called, and answers its exit code as a shell would. */
function runHub(env, { signal }) {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', join(ROOT, HUB), ...command], { cwd: process.env.INIT_CWD, env: { NODE_ENV: 'production', ...env }, stdio: 'inherit' });
    const pass = () => {
      // On a terminal Ctrl-C has reached the command as well; a second one is for a command that did not hear it.
      const wait = signal.reason.message === 'Ctrl-C' ? CHILD_HEARS_CTRL_C_MS : 0;
      setTimeout(() => child.kill('SIGTERM'), wait).unref();
      setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
    };
    if (signal.aborted) pass();
    else signal.addEventListener('abort', pass, { once: true });
    child.once('error', reject);
    child.once('exit', (code, name) => done(code ?? 128 + constants.signals[name]));
  });
}
