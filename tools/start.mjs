/**
 * `npm start`: from a clean clone to a running system, saying what it does. Only what Node itself brings may be
 * imported here, for the packages are installed on the way.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ADDRESS_FILE, migrate, mustLetIn, openEmbeddedDatabase, keptSecret, wantsDemonstration } from './database.mjs';
import { announceSignIns, loadDemonstration } from './demonstration.mjs';
import { installDependencies } from './install.mjs';
import { claimDataFolder } from './one-supervisor.mjs';
import { mustAnswer, mustBeFree, mustBeWritable, readSystemSettings } from './settings.mjs';
import { superviseProcess } from './supervised.mjs';
import { ROOT, StopRequested, explain, mustRunOnThisNode, stopRequests, whereItIs } from './terminal.mjs';

const STOP_LIMIT_MS = 7_000;
const startedAt = performance.now();
const elapsed = () => ((performance.now() - startedAt) / 1_000).toFixed(1);
const say = (text) => process.stdout.write(`[${elapsed().padStart(5)} s] ${text}\n`);

process.exitCode = await main();
process.exit();

/** Brings everything up, waits for the request to stop or for what cannot be mended, and takes all down. */
async function main() {
  const requests = stopRequests();
  const undo = [];
  let end;
  try {
    await bringUp(requests, undo);
    end = await requests.stopped;
  } catch (error) {
    end = error;
  }
  const asked = end instanceof StopRequested;
  if (asked) say(`Stopping (${end.message})`);
  else process.stderr.write(`${explain(end)}\n`);
  for (const step of undo.reverse()) await step().catch((error) => process.stderr.write(`${explain(error)}\n`));
  if (asked) say('Stopped');
  return asked ? 0 : 1;
}

async function bringUp({ signal, giveUp }, undo) {
  mustRunOnThisNode();
  const settings = readSystemSettings(process.env, ROOT);
  mustBeWritable(settings.dataDir);
  const claim = settings.embedded ? await claimDataFolder(settings.dataDir, say, signal) : null;
  if (claim !== null) undo.push(async () => claim.release());
  await mustBeFree(settings.host, settings.port);
  if (!settings.embedded) await mustAnswer('DATABASE_URL', settings.databaseUrl);
  if (settings.redisUrl !== undefined) await mustAnswer('REDIS_URL', settings.redisUrl);

  if (await installDependencies({ root: ROOT, say, signal })) say('Everything that was missing is installed');
  if (await build({ root: ROOT, say, signal })) say('Built');

  const database = await openDatabase(settings, signal, undo);
  const env = systemEnvironment(settings, database.url);
  const ownersEnv = { ...env, DATABASE_OWNER_URL: database.ownerUrl };
  await migrate({ root: ROOT, env: ownersEnv, signal });
  say('The tables are up to date');

  const running = {};
  for (const name of ['web', 'worker']) {
    const logFile = settings.embedded ? join(settings.dataDir, 'logs', `${name}.log`) : undefined;
    running[name] = superviseProcess({ name, script: `dist/apps/${name}/src/main.js`, cwd: ROOT, env, logFile, say, onGivenUp: giveUp, signal });
  }
  const outcomes = await Promise.allSettled(Object.values(running));
  const up = outcomes.filter(({ status }) => status === 'fulfilled').map(({ value }) => value);
  undo.push(() => Promise.all(up.map((process) => process.stop(STOP_LIMIT_MS))));
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  claim?.noteChildren(() => up.map((process) => process.pid()));
  // The command line puts it into the links that it prints, so that they lead to this port.
  if (settings.embedded) writeFileSync(join(settings.dataDir, ADDRESS_FILE), settings.publicUrl);
  say('Ready');
  process.stdout.write(whereItIs({ address: settings.publicUrl, mailbox: settings.localMailbox, logs: settings.embedded ? join(settings.dataDir, 'logs') : null }));

  if (!settings.demo) return;
  const signIns = announceSignIns(settings.dataDir);
  undo.push(async () => signIns.stop());
  if (await wantsDemonstration(ROOT, database.ownerUrl)) {
    const loading = loadDemonstration({ root: ROOT, env: ownersEnv, say });
    undo.push(() => loading.stop(STOP_LIMIT_MS));
  }
}

async function openDatabase(settings, signal, undo) {
  if (settings.embedded) {
    const database = await openEmbeddedDatabase({ root: ROOT, dataDir: settings.dataDir, say, signal });
    undo.push(database.stop);
    return database;
  }
  await mustLetIn(ROOT, 'DATABASE_URL', settings.databaseUrl);
  if (settings.ownerUrl !== settings.databaseUrl) await mustLetIn(ROOT, 'DATABASE_OWNER_URL', settings.ownerUrl);
  return { url: settings.databaseUrl, ownerUrl: settings.ownerUrl };
}

/** What the processes of the system are told: all that this process was told, without the owner's address. */
function systemEnvironment(settings, databaseUrl) {
  const { DATABASE_OWNER_URL: _ownerUrl, ...env } = process.env;
  return {
    NODE_ENV: 'production',
    ...env,
    HOST: settings.host,
    PORT: String(settings.port),
    DATA_DIR: settings.dataDir,
    DATABASE_URL: databaseUrl,
    DEMO: settings.demo ? '1' : '0',
    EMBEDDED: settings.embedded ? '1' : '0',
    ...(settings.embedded ? { SESSION_SECRET: settings.sessionSecret ?? keptSecret(join(settings.dataDir, 'session-secret')) } : {}),
  };
}
