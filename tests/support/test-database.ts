import { randomBytes } from 'node:crypto';
import { dataSourceOptions, Transactions } from '@app/database';
import { Client } from 'pg';
import { DataSource } from 'typeorm';

export interface TestDatabase {
  /** The address for the application's login. */
  readonly url: string;
  readonly ownerUrl: string;
  readonly source: DataSource;
  readonly transactions: Transactions;
  /** One connection as the owner, whom no policy holds back: to look behind the curtain. */
  readonly owner: Client;
  drop(): Promise<void>;
}

const named = (url: string, database: string): string => {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
};

function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is set by the suite's global set-up: run these tests through npm test or npx jest.`);
  return value;
}

/** A database of its own for one spec file: a copy of the migrated template, which is dropped at the end. */
export async function createTestDatabase(poolSize = 5): Promise<TestDatabase> {
  const server = environment('TEST_OWNER_URL');
  const name = `t_${String(Math.floor(Date.now() / 1000))}_${randomBytes(6).toString('hex')}`;
  await asOwner(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${environment('TEST_TEMPLATE')}`));
  const ownerUrl = named(server, name);
  const url = named(environment('TEST_LOGIN_URL'), name);
  const source = await new DataSource(dataSourceOptions(url, poolSize)).initialize();
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  return {
    url,
    ownerUrl,
    source,
    transactions: new Transactions(source),
    owner,
    async drop() {
      await source.destroy();
      await owner.end();
      await asOwner(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Whether somebody waits for a lock on a table of this database: a server knows the locks of all its databases, and copies number their tables alike. */
export async function waitingFor({ owner }: TestDatabase, table: string): Promise<boolean> {
  const { rowCount } = await owner.query('SELECT FROM pg_locks WHERE NOT granted AND relation = $1::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database())', [table]);
  return rowCount !== null && rowCount > 0;
}

async function asOwner(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
