import { DataSource } from 'typeorm';
import { Client } from 'pg';
import { APPLICATION_ROLE } from './connection';
import { MIGRATIONS } from './migrations';

/** A key of our own: two processes that migrate at once do so one after the other. */
const MIGRATION_LOCK = 7_201_524;

/** A role or a version that cannot carry the system; the message says what to do. */
export class UnfitDatabase extends Error {}

/** The oldest PostgreSQL that has all that the tables use (`uuidv7()`). */
const OLDEST_VERSION = 180000;

/**
 * Brings the tables and the queue's schema up to date as the owner, and lets the application's login use them.
 * Returns the names of the migrations that ran. Refuses a PostgreSQL older than 18.
 */
export async function migrate(ownerUrl: string, applicationUrl: string, migrateQueue: (client: Client) => Promise<void>): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    const version = await client.query<{ version: number }>(`SELECT current_setting('server_version_num')::int AS version`);
    if ((version.rows[0]?.version ?? 0) < OLDEST_VERSION) throw new UnfitDatabase('PostgreSQL 18 or newer is needed.');
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const source = new DataSource({ type: 'postgres', url: ownerUrl, migrations: MIGRATIONS, migrationsTableName: 'migrations', installExtensions: false, migrationsTransactionMode: 'each' });
    await source.initialize();
    try {
      const ran = await source.runMigrations();
      await migrateQueue(client);
      await letApplicationIn(client, applicationUrl);
      return ran.map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  } finally {
    await client.end();
  }
}

/** Grants the application's role to the login of the application, and the queue's tables to the role. */
async function letApplicationIn(client: Client, applicationUrl: string): Promise<void> {
  await client.query(`
    GRANT USAGE, CREATE ON SCHEMA bullmq TO ${APPLICATION_ROLE};
    GRANT ALL ON ALL TABLES IN SCHEMA bullmq TO ${APPLICATION_ROLE};
    GRANT ALL ON ALL SEQUENCES IN SCHEMA bullmq TO ${APPLICATION_ROLE};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA bullmq TO ${APPLICATION_ROLE};
    GRANT SELECT ON migrations TO ${APPLICATION_ROLE};
  `);
  const login = decodeURIComponent(new URL(applicationUrl).username);
  const known = await client.query<{ has: boolean }>(`SELECT pg_has_role(rolname, $2, 'member') AS has FROM pg_roles WHERE rolname = $1`, [login, APPLICATION_ROLE]);
  if (known.rows[0] && !known.rows[0].has) {
    await client.query(`GRANT ${APPLICATION_ROLE} TO ${client.escapeIdentifier(login)}`);
  }
}
