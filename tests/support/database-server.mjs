/**
 * Jest's global set-up: a PostgreSQL and a migrated template, of which every spec file makes its own copy.
 * Hands TEST_OWNER_URL, TEST_LOGIN_URL and TEST_TEMPLATE to the tests. A server that TEST_OWNER_URL names already
 * is used as it is; otherwise the embedded one runs, shared by all test runs of this checkout.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, filesUnder, hashOf } from '../../tools/build.mjs';
import { migrate } from '../../tools/database.mjs';
import { startEmbeddedPostgres } from '../../tools/embedded-postgres.mjs';
import { ROOT } from '../../tools/terminal.mjs';

/** Where the tear-down finds what this run holds. */
export const HELD = Symbol.for('the database server of this test run');

const LOGIN = 'hub_test_login';
const SETUP_LOCK = 5_102_733;
const TEMPLATE_PREFIX = 'hub_template_';
const SPEC_DATABASES_LIVE_SECONDS = 3_600;
const TEMPLATES_LIVE_HOURS = 24;

export default async function setUp() {
  if (globalThis[HELD] !== undefined) return;
  const given = process.env.TEST_OWNER_URL;
  const server = given === undefined ? await startEmbeddedPostgres({ root: ROOT, folder: join(ROOT, '.data/test-pg'), durable: false, maxConnections: 300 }) : null;
  const ownerUrl = given ?? server.url({ database: 'postgres' });
  const client = await connect(ownerUrl);
  globalThis[HELD] = { client, server };
  try {
    process.env.TEST_OWNER_URL = ownerUrl;
    process.env.TEST_LOGIN_URL = loginUrl(ownerUrl);
    process.env.TEST_TEMPLATE = await prepare(client, ownerUrl);
  } catch (error) {
    await letGo();
    throw error;
  }
}

/** Gives back what `setUp` took: the server stops when this run was the last to use it. */
export async function letGo() {
  const { client, server } = globalThis[HELD] ?? {};
  delete globalThis[HELD];
  await client?.end();
  await server?.stop();
}

/** One run after the other prepares; all of them hold on to their template until they end. */
async function prepare(client, ownerUrl) {
  const hash = hashOfTables();
  const template = `${TEMPLATE_PREFIX}${hash.slice(0, 12)}`;
  const built = await build({ root: ROOT, say: () => {} }).catch((error) => error);
  await client.query('SELECT pg_advisory_lock($1)', [SETUP_LOCK]);
  try {
    await makeLogin(client, ownerUrl);
    await dropAbandoned(client, template);
    if (!(await exists(client, template))) {
      if (built instanceof Error) throw built;
      await makeTemplate(client, ownerUrl, template);
    }
    await client.query('SELECT pg_advisory_lock_shared($1)', [keyOf(template)]);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [SETUP_LOCK]);
  }
  return template;
}

/** All that decides what the migrated tables look like and hold. */
function hashOfTables() {
  const libs = filesUnder(ROOT, ['libs']).filter((file) => /^libs\/database\/src\/|\/seed\/|migrate[\w-]*\.ts$/.test(file) && !file.endsWith('.spec.ts'));
  return hashOf(ROOT, [...libs, 'package-lock.json']);
}

async function makeTemplate(client, ownerUrl, template) {
  const unfinished = `${template}_unfinished`;
  await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${unfinished}`);
  await migrate({ root: ROOT, env: { ...process.env, DATABASE_OWNER_URL: inDatabase(ownerUrl, unfinished), DATABASE_URL: inDatabase(loginUrl(ownerUrl), unfinished) } });
  // A connection to the template would keep everybody from copying it.
  await client.query(`ALTER DATABASE ${unfinished} ALLOW_CONNECTIONS false`);
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
}

/** The databases of spec files that were killed, and the templates of tables as they were some days ago. */
async function dropAbandoned(client, template) {
  const { rows } = await client.query("SELECT datname AS name FROM pg_database WHERE datname LIKE 't\\_%'");
  const now = Date.now() / 1_000;
  for (const { name } of rows) {
    const madeAt = Number(/^t_(\d+)_/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
    if (now - madeAt > SPEC_DATABASES_LIVE_SECONDS) await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
  }
  const old = await client.query(
    `SELECT datname AS name FROM pg_database
     WHERE starts_with(datname, $1) AND NOT datallowconn AND datname <> $2
       AND (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification < now() - make_interval(hours => $3)`,
    [TEMPLATE_PREFIX, template, TEMPLATES_LIVE_HOURS],
  );
  for (const { name } of old.rows) {
    const { rows: [lock] } = await client.query('SELECT pg_try_advisory_lock($1) AS taken', [keyOf(name)]);
    if (!lock.taken) continue;
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)}`);
    await client.query('SELECT pg_advisory_unlock($1)', [keyOf(name)]);
  }
}

async function makeLogin(client, ownerUrl) {
  const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [LOGIN]);
  const password = client.escapeLiteral(new URL(loginUrl(ownerUrl)).password);
  if (known.rowCount === 0) await client.query(`CREATE ROLE ${LOGIN} LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT PASSWORD ${password}`);
}

async function exists(client, database) {
  return (await client.query('SELECT FROM pg_database WHERE datname = $1', [database])).rowCount > 0;
}

async function connect(url) {
  const { Client } = createRequire(join(ROOT, 'package.json'))('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** The application's login, with a password that every run on this server works out alike. */
function loginUrl(ownerUrl) {
  const url = new URL(ownerUrl);
  url.password = createHash('sha256').update(`${url.username}:${url.password}`).digest('base64url');
  url.username = LOGIN;
  return url.toString();
}

function inDatabase(url, database) {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}

function keyOf(template) {
  return Number.parseInt(template.slice(TEMPLATE_PREFIX.length, TEMPLATE_PREFIX.length + 7), 16);
}
