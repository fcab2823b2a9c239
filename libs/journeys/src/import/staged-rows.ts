import { insertManyRows, rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { ImportRouting } from './journey-tables';
import type { RowCells } from './rules/columns';

/** A row that is to be imported, as it waits for its turn. */
export interface StagedRow {
  readonly row: number;
  readonly cells: RowCells;
  readonly routing: ImportRouting;
}

/**
 * The tables in which an import keeps what it has read, so that it needs no more memory for a long file than for a short
 * one. They live for one transaction and are seen by nobody else.
 */
export async function prepareStaging(tx: EntityManager): Promise<void> {
  await tx.query('CREATE TEMPORARY TABLE import_references (reference text PRIMARY KEY, row_number integer NOT NULL) ON COMMIT DROP');
  await tx.query('CREATE TEMPORARY TABLE import_rows (row_number integer PRIMARY KEY, cells jsonb NOT NULL, routing jsonb NOT NULL) ON COMMIT DROP');
}

/** In which rows of the file these references were before; then remembers them for the rows to come. */
export async function earlierRows(tx: EntityManager, references: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
  const asked = [...references.keys()];
  const found = await rows<{ reference: string; row: number }>(tx, 'SELECT reference, row_number AS row FROM import_references WHERE reference = ANY ($1)', [asked]);
  await tx.query('INSERT INTO import_references SELECT * FROM unnest($1::text[], $2::integer[]) ON CONFLICT DO NOTHING', [asked, [...references.values()]]);
  return new Map(found.map(({ reference, row }) => [reference, row]));
}

/** Keeps rows that are good until every row was checked. */
export async function stageRows(tx: EntityManager, staged: readonly StagedRow[]): Promise<void> {
  await insertManyRows(tx, 'import_rows', staged.map(({ row, cells, routing }) => ({ row_number: row, cells: JSON.stringify(cells), routing: JSON.stringify(routing) })));
}

/** The staged rows in the order of the file, some at a time. */
export async function* stagedRows(tx: EntityManager, atOnce: number): AsyncGenerator<readonly StagedRow[]> {
  for (let after = 0; ; ) {
    const portion = await rows<StagedRow>(tx, 'SELECT row_number AS row, cells, routing FROM import_rows WHERE row_number > $1 ORDER BY row_number LIMIT $2', [after, atOnce]);
    const last = portion.at(-1);
    if (!last) return;
    yield portion;
    after = last.row;
  }
}

/** A row of an earlier import, as it was then. */
export interface RememberedImport {
  readonly reference: string;
  readonly cells: RowCells;
  readonly importedAt: Date;
}

/** What earlier imports had for these references. */
export function rememberedImports(tx: EntityManager, references: readonly string[]): Promise<RememberedImport[]> {
  return rows<RememberedImport>(tx, 'SELECT reference, row AS cells, imported_at AS "importedAt" FROM journey_imports WHERE reference = ANY ($1)', [references]);
}

/** Those of the references that a journey has already, imported or not. */
export async function referencesInUse(tx: EntityManager, references: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await rows<{ reference: string }>(tx, 'SELECT reference FROM journeys WHERE reference = ANY ($1)', [references]);
  return new Set(found.map(({ reference }) => reference));
}
