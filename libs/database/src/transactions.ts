import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, actorSettings } from './actor';

/**
 * The only way to data: every transaction belongs to an actor, and the `EntityManager` that it hands over is passed on
 * from function to function. Inside one, run queries one after the other and never ask the data source for another
 * connection.
 */
@Injectable()
export class Transactions {
  constructor(private readonly source: DataSource) {}

  /** Runs `work` in one transaction of `actor`; commits what it did when it resolves, undoes all of it when it throws. */
  run<T>(actor: Actor, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction(async (tx) => {
      await setActor(tx, actor);
      return work(tx);
    });
  }

  /** As `run`, for queries that must see one moment of the data: repeatable read, read only. */
  read<T>(actor: Actor, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction('REPEATABLE READ', async (tx) => {
      await tx.query('SET TRANSACTION READ ONLY');
      await setActor(tx, actor);
      return work(tx);
    });
  }
}

/** Makes what follows in this transaction belong to an actor: for whoever does the work of several in one. */
export async function setActor(tx: EntityManager, actor: Actor): Promise<void> {
  const settings = Object.entries(actorSettings(actor));
  const calls = settings.map((_, index) => `set_config($${String(index * 2 + 1)}, $${String(index * 2 + 2)}, true)`);
  await tx.query(`SELECT ${calls.join(', ')}`, settings.flatMap(([name, value]) => [`app.${name}`, value]));
}

/** Runs one query and types its rows; `sql` must name every column of `Row`. */
export async function rows<Row>(tx: EntityManager, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return tx.query<Row[]>(sql, [...parameters]);
}

/** Inserts plain rows by column name, without RETURNING, so that an actor who may only add can use it too. */
export async function insertRows(tx: EntityManager, table: string, given: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const [first] = given;
  if (!first) return;
  const columns = Object.keys(first);
  const values: unknown[] = [];
  const tuples = given.map((row) => `(${columns.map((column) => `$${String(values.push(row[column] ?? null))}`).join(', ')})`);
  await tx.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples.join(', ')}`, values);
}

/**
 * As `insertRows`, for any number of rows: a column is one parameter, which PostgreSQL reads faster than thousands. No
 * column may be an array itself.
 */
export async function insertManyRows(tx: EntityManager, table: string, given: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const [first] = given;
  if (!first) return;
  const columns = Object.keys(first);
  const types = await rows<{ name: string; type: string }>(tx, 'SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = $1::regclass AND attname = ANY ($2)', [table, columns]);
  const typeOf = new Map(types.map(({ name, type }) => [name, type]));
  const lists = columns.map((column, index) => `$${String(index + 1)}::${typeOf.get(column) ?? 'text'}[]`);
  await tx.query(`INSERT INTO ${table} (${columns.join(', ')}) SELECT * FROM unnest(${lists.join(', ')})`, columns.map((column) => given.map((row) => row[column] ?? null)));
}

/** How many rows an `UPDATE`, `DELETE` or `INSERT` touched. */
export async function affected(tx: EntityManager, sql: string, parameters: readonly unknown[] = []): Promise<number> {
  const result: unknown = await tx.query(sql, [...parameters]);
  return Array.isArray(result) && typeof result[1] === 'number' ? result[1] : 0;
}
