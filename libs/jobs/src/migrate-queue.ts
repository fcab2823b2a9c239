import { runMigrations } from 'bullmq';
import type { Client } from 'pg';

/** The schema in which the queue lives when it lives in PostgreSQL. */
export const QUEUE_SCHEMA = 'bullmq';

/** Brings the queue's own tables up to date, as the owner of the database. */
export async function migrateQueue(client: Client): Promise<void> {
  await runMigrations(client, QUEUE_SCHEMA);
}
