/** What the tools themselves say to the database. Needs the installed packages and, for migrating, the build. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startEmbeddedPostgres } from './embedded-postgres.mjs';
import { Refusal, runCommand } from './run-command.mjs';

/** The command line of the hub, as built. */
/** In the data folder: where the system was last reached. */
export const ADDRESS_FILE = 'address';
export const HUB = 'dist/apps/hub/src/main.js';

const DATABASE = 'hub';
const LOGIN = 'hub_login';
const OLDEST_VERSION = 180000;
const CONNECT_LIMIT_MS = 5_000;

/**
 * Starts or joins the embedded server of `dataDir` and makes the database and the application's login on it.
 * Answers `{ ownerUrl, url, stop }`, `url` being the application's.
 */
export async function openEmbeddedDatabase({ root, dataDir, say, signal }) {
  const server = await startEmbeddedPostgres({ root, folder: join(dataDir, 'pg'), say, signal });
  try {
    const password = keptSecret(join(dataDir, 'database-password'));
    await withClient(root, server.url({ database: 'postgres' }), async (client) => {
      const known = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
      if (known.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`).catch(unless('42P04'));
      await client.query(`CREATE ROLE ${LOGIN} LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT`).catch(unless('42710'));
      await client.query(`ALTER ROLE ${LOGIN} PASSWORD ${client.escapeLiteral(password)}`);
    });
    return { ownerUrl: server.url({ database: DATABASE }), url: server.url({ database: DATABASE, user: LOGIN, password }), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Refuses, in one line, a database that does not let us in or is older than PostgreSQL 18. */
export async function mustLetIn(root, name, url) {
  await withClient(root, url, async (client) => {
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version");
    if (rows[0].number < OLDEST_VERSION) throw new Refusal(`${name} leads to PostgreSQL ${rows[0].version}: 18 or newer is needed.`);
  }).catch((error) => {
    throw error instanceof Refusal ? error : new Refusal(`${name}: the database does not let us in (${error.message}). Correct ${name}.`);
  });
}

/** Brings the tables up to date, as the owner. */
export async function migrate({ root, env, signal }) {
  const { code, output } = await runCommand(process.execPath, ['--enable-source-maps', HUB, 'migrate'], { cwd: root, env, capture: true, signal });
  if (code !== 0) throw new Refusal(`The database could not be migrated: ${output.trim() || `exit ${code}`}`);
}

/** Whether the tables are there at all. */
export async function hasTables(root, ownerUrl) {
  return withClient(root, ownerUrl, async (client) => (await client.query("SELECT to_regclass('public.migrations') IS NOT NULL AS has")).rows[0].has);
}

/** Whether nobody has used the database yet, or the demonstration was interrupted while it was being loaded. */
export async function wantsDemonstration(root, ownerUrl) {
  return withClient(root, ownerUrl, async (client) => {
    const { rows } = await client.query(`
      SELECT NOT EXISTS (SELECT FROM journeys) AND NOT EXISTS (SELECT FROM staff)
             OR EXISTS (SELECT FROM progress WHERE ended_at IS NULL) AS wants`);
    return rows[0].wants;
  });
}

/** A random secret that is made once and readable by its owner only; one that a full disk cut off is made again. */
export function keptSecret(file) {
  if (!existsSync(file) || statSync(file).size === 0) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** Connects, does `work` and disconnects. */
export async function withClient(root, connectionString, work) {
  const { Client } = createRequire(join(root, 'package.json'))('pg');
  const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_LIMIT_MS });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function unless(code) {
  return (error) => {
    if (error.code !== code) throw error;
  };
}
