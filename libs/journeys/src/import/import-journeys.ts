import { setImmediate } from 'node:timers/promises';
import { recordAudit } from '@app/audit';
import { loadCalendars } from '@app/authorities';
import { storeClocks, timeLimits } from '@app/deadlines';
import { type Actor, insertManyRows, refreshStatistics, rows, Transactions } from '@app/database';
import { Clock, newId, ok, refused, type Result } from '@app/kernel';
import { type FileRow, UnreadableFile } from '@app/spreadsheets';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { boundsOf, checkRows } from './check-rows';
import { type ImportContext, type JourneyTables, tablesOf } from './journey-tables';
import type { CellMistake } from './rules/columns';
import { type Header, readHeader } from './rules/read-header';
import { readRow } from './rules/read-row';
import { prepareStaging, type StagedRow, stagedRows, stageRows } from './staged-rows';

/** How far an import is: bytes of the file checked, then journeys written. */
export type ImportProgress = { readonly phase: 'checking'; readonly bytes: number } | { readonly phase: 'writing'; readonly journeys: number; readonly of: number } | { readonly phase: 'waiting' };

export interface JourneyImport {
  /** The rows of the file, the header first. */
  readonly rows: AsyncIterable<FileRow>;
  /** Only checks. */
  readonly dryRun: boolean;
  /** Imports the good rows when others have mistakes. */
  readonly skipInvalid: boolean;
  /** Told every mistake, in the order of the rows. */
  readonly onMistake: (row: number, mistake: CellMistake) => void;
  /** Told every row with mistakes; the header comes first, as row 1, without any. */
  readonly onRejected?: (row: FileRow, mistakes: readonly CellMistake[]) => Promise<void>;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** What an import found and did. */
export interface ImportOutcome {
  /** New journeys: imported, or in a dry run to be imported. */
  readonly imported: number;
  /** Rows that an earlier import had just so. */
  readonly unchanged: number;
  readonly rejected: number;
  readonly mistakes: number;
  readonly byAuthority: Readonly<Record<string, number>>;
  /** New journeys that nobody could route because no file of postcodes that was imported has theirs. */
  readonly unknownPostcodes: number;
}

/** Nothing was imported: rows had mistakes, or the file could not be read to its end. */
export type ImportRefusal = Pick<ImportOutcome, 'rejected' | 'mistakes'>;

const ROWS_AT_ONCE = 500;
const ROWS_A_PIECE = 10;
/** Tables in the order in which rows refer to each other; after them come the clocks. */
const FILLED_IN_ORDER = ['households', 'applicants', 'journeys', 'journey_events', 'contacts', 'timeline_entries', 'journey_imports'] as const satisfies readonly (keyof JourneyTables)[];
const WRITTEN_TABLES = [...FILLED_IN_ORDER, 'clocks', 'alerts'];
/** A key of our own: two imports at once go one after the other, so that both tell the truth about what is there. */
const IMPORT_LOCK = 7_201_525;

/**
 * Imports the hub's own list: all of it or nothing, in one transaction. Every row is checked before anything is written;
 * rows that an earlier import had are compared with what they were then, not with what became of the journey since.
 */
@Injectable()
export class ImportJourneys {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, request: JourneyImport): Promise<Result<ImportOutcome, ImportRefusal>> {
    const result = await this.importAll(actor, request);
    if (result.ok && result.value.imported > 0 && !request.dryRun) await this.transactions.run(actor, (tx) => refreshStatistics(tx, WRITTEN_TABLES));
    return result;
  }

  private importAll(actor: Actor, request: JourneyImport): Promise<Result<ImportOutcome, ImportRefusal>> {
    return this.transactions.run(actor, async (tx) => {
      await takeTurn(tx, request);
      const context: ImportContext = { actor, now: this.clock.now(), limits: await timeLimits(tx), calendars: await loadCalendars(tx) };
      await prepareStaging(tx);
      const outcome = await checkAll(tx, request, context);
      if (outcome.unreadable || (outcome.mistakes > 0 && !request.skipInvalid)) return refused({ rejected: outcome.rejected, mistakes: outcome.mistakes });
      if (!request.dryRun) {
        await writeAll(tx, outcome.imported, context, request);
        await recordAudit(tx, actor, context.now, { action: 'journeys.import', subjectKind: 'import', subjectId: newId(), detail: { imported: outcome.imported, unchanged: outcome.unchanged, rejected: outcome.rejected } });
      }
      return ok(outcome);
    });
  }
}

async function takeTurn(tx: EntityManager, { onProgress }: JourneyImport): Promise<void> {
  const [lock] = await rows<{ taken: boolean }>(tx, 'SELECT pg_try_advisory_xact_lock($1) AS taken', [IMPORT_LOCK]);
  if (lock?.taken) return;
  onProgress?.({ phase: 'waiting' });
  await tx.query('SELECT pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
}

type Check = { -readonly [Count in keyof ImportOutcome]: ImportOutcome[Count] } & { byAuthority: Record<string, number>; unreadable: boolean };

/** The first pass: reads the file to its end and stages the good rows. */
async function checkAll(tx: EntityManager, request: JourneyImport, context: ImportContext): Promise<Check> {
  const check: Check = { imported: 0, unchanged: 0, rejected: 0, mistakes: 0, byAuthority: {}, unknownPostcodes: 0, unreadable: false };
  const tell = (row: number, mistakes: readonly CellMistake[]): void => {
    check.mistakes += mistakes.length;
    for (const mistake of mistakes) request.onMistake(row, mistake);
  };
  const unreadable = (row: number, mistakes: readonly CellMistake[]): Check => {
    tell(row, mistakes);
    check.unreadable = true;
    return check;
  };
  let header: Header | null = null;
  try {
    for await (const portion of inPortions(request.rows, ROWS_AT_ONCE)) {
      let below: readonly FileRow[] = portion;
      if (header === null) {
        const [first, ...others] = portion;
        const read = readHeader(first.cells);
        if (!read.ok) return unreadable(first.row, read.refusal);
        header = read.value;
        below = others;
        await request.onRejected?.(first, []);
      }
      await checkPortion(tx, header, below, request, context, check, tell);
      request.onProgress?.({ phase: 'checking', bytes: portion[portion.length - 1]?.bytes ?? 0 });
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return unreadable(error.row, [{ column: 'the row', what: error.message }]);
  }
  return header === null ? unreadable(1, [{ column: 'header', what: 'the file is empty: the first row has to name the columns' }]) : check;
}

async function checkPortion(tx: EntityManager, header: Header, portion: readonly FileRow[], { onRejected }: JourneyImport, context: ImportContext, check: Check, tell: (row: number, mistakes: readonly CellMistake[]) => void): Promise<void> {
  const checked = await checkRows(tx, header, portion, context);
  for (const row of checked) {
    if (row.outcome === 'unchanged') check.unchanged += 1;
    if (row.outcome === 'new') {
      const { authority, why } = row.staged.routing;
      check.imported += 1;
      if (why === 'unknown') check.unknownPostcodes += 1;
      check.byAuthority[authority] = (check.byAuthority[authority] ?? 0) + 1;
    }
    if (row.outcome === 'mistaken') {
      check.rejected += 1;
      tell(row.file.row, row.mistakes);
      await onRejected?.(row.file, row.mistakes);
    }
  }
  await stageRows(tx, checked.flatMap((row) => (row.outcome === 'new' ? [row.staged] : [])));
}

/** Some at a time; those before a failure come before it. */
async function* inPortions<T>(given: AsyncIterable<T>, size: number): AsyncGenerator<readonly [T, ...T[]]> {
  let portion: [T, ...T[]] | null = null;
  let failure: { readonly error: unknown } | null = null;
  try {
    for await (const one of given) {
      if (portion === null) portion = [one];
      else portion.push(one);
      if (portion.length < size) continue;
      yield portion;
      portion = null;
    }
  } catch (error) {
    failure = { error };
  }
  if (portion !== null) yield portion;
  if (failure) throw failure.error;
}

/** The second pass: writes the staged rows, table by table. While PostgreSQL writes some, the next are made ready. */
async function writeAll(tx: EntityManager, of: number, context: ImportContext, { onProgress }: JourneyImport): Promise<void> {
  let journeys = 0;
  let ready: readonly JourneyTables[] = [];
  const write = async (): Promise<void> => {
    for (const table of FILLED_IN_ORDER) await insertManyRows(tx, table, ready.flatMap((one) => one[table]));
    await storeClocks(tx, ready.flatMap(({ clocks }) => clocks));
    journeys += ready.length;
    if (ready.length > 0) onProgress?.({ phase: 'writing', journeys, of });
  };
  for await (const portion of stagedRows(tx, ROWS_AT_ONCE)) {
    const [writing, making] = [write(), tablesOfRows(portion, context)];
    // Whichever fails: nothing is left running on the connection.
    await Promise.allSettled([writing, making]);
    await writing;
    ready = await making;
  }
  await write();
}

/** In pieces, so that the connection is attended to in between. */
async function tablesOfRows(portion: readonly StagedRow[], context: ImportContext): Promise<readonly JourneyTables[]> {
  const bounds = boundsOf(context);
  const tables: JourneyTables[] = [];
  for (const { row, cells, routing } of portion) {
    if (tables.length % ROWS_A_PIECE === 0) await setImmediate();
    const read = readRow(cells, bounds);
    if (!read.ok) throw new Error(`Row ${String(row)} did not survive being staged: ${JSON.stringify(read.refusal)}`);
    tables.push(tablesOf(read.value, routing, context));
  }
  return tables;
}
