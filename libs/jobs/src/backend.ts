import { asApplication } from '@app/database';
import { type ConnectionOptions, createPostgresBackend, createRedisBackend, type PostgresConnectionOptions, runMigrations, setDefaultBackendFactory } from 'bullmq';
import type { Client } from 'pg';

/** Where the queues live: Redis when an address is given, else the system's own PostgreSQL. */
export interface JobsSettings {
  readonly redisUrl: string | null;
  readonly databaseUrl: string;
}

/** The schema of the queue's tables in PostgreSQL. */
export const QUEUE_SCHEMA = 'bullmq';

/** Each queue and each worker has a small pool of its own. */
const CONNECTIONS_EACH = 2;

/**
 * Chooses the backend for every queue and worker that this process makes afterwards, and answers how they connect.
 * On PostgreSQL they work as the application's role.
 */
export function chooseBackend(settings: JobsSettings): ConnectionOptions {
  if (settings.redisUrl !== null) {
    setDefaultBackendFactory(createRedisBackend);
    return { url: settings.redisUrl, maxRetriesPerRequest: null };
  }
  setDefaultBackendFactory(createPostgresBackend);
  // @nestjs/bullmq knows the options of Redis only, and hands these on as they are.
  return postgresConnection(settings.databaseUrl) as unknown as ConnectionOptions;
}

/**
 * The options that the address carries are moved out of it: pg lets those of an address replace the ones beside it,
 * and BullMQ puts its search path there.
 */
export function postgresConnection(databaseUrl: string): PostgresConnectionOptions {
  const url = new URL(asApplication(databaseUrl));
  const options = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  return { connectionString: url.toString(), options, schema: QUEUE_SCHEMA, max: CONNECTIONS_EACH, application_name: 'hub-queue', connectionTimeoutMillis: 5000 };
}

/** Brings the queue's tables up to date, as the owner of the database. Needed on PostgreSQL only, harmless beside Redis. */
export async function migrateQueue(client: Client): Promise<void> {
  await runMigrations(client, QUEUE_SCHEMA);
}
