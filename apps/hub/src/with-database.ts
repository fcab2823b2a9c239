import { dataSourceOptions, Transactions } from '@app/database';
import { DataSource } from 'typeorm';

/** Few: a command works alone. */
const CONNECTIONS = 2;

/** Runs the work of a command against the database that DATABASE_URL names, and leaves no connection open. */
export async function withDatabase<T>(work: (transactions: Transactions) => Promise<T>): Promise<T> {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('DATABASE_URL is missing: name the database to work on.');
  const source = await new DataSource(dataSourceOptions(url, CONNECTIONS)).initialize();
  try {
    return await work(new Transactions(source));
  } finally {
    await source.destroy();
  }
}
