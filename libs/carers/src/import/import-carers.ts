import { rulesInForce } from '@app/assessments';
import { recordAudit } from '@app/audit';
import { type Calendars, councilOf, loadCalendars } from '@app/authorities';
import { type Actor, actorName, insertRows, refreshStatistics, rows, Transactions } from '@app/database';
import { type CellMistake, householdName } from '@app/journeys';
import { Clock, type LocalDate, localDateOf, newId, ok, parseLocalDate, refused, type Result } from '@app/kernel';
import { type FileRow, UnreadableFile } from '@app/spreadsheets';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { termsColumns } from '../persistence/carer-record';
import { planReview } from '../persistence/review-record';
import { isSocialWorkerOf } from '../use-cases/register-carer';
import { type CarerCells, carerCells, type CarerColumn, type CarerRow, readCarerHeader, readCarerRow } from './rules/carer-row';

export interface CarerImport {
  /** The rows of the file, the header first. */
  readonly rows: AsyncIterable<FileRow>;
  readonly dryRun: boolean;
  /** Imports the good rows when others have mistakes. */
  readonly skipInvalid: boolean;
  readonly onMistake: (row: number, mistake: CellMistake) => void;
  /** Told every row with mistakes; the header comes first, as row 1, without any. */
  readonly onRejected?: (row: FileRow, mistakes: readonly CellMistake[]) => Promise<void>;
}

export interface CarerImportOutcome {
  readonly imported: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly mistakes: number;
}

interface Context {
  readonly tx: EntityManager;
  readonly actor: Actor;
  readonly now: Date;
  readonly today: LocalDate;
  readonly calendars: Calendars;
}

type Checked = { readonly outcome: 'new'; readonly row: CarerRow; readonly supervisorId: string | null; readonly cells: CarerCells } | { readonly outcome: 'unchanged' } | { readonly outcome: 'mistaken'; readonly mistakes: readonly CellMistake[] };

/** A key of our own: two imports at once go one after the other. */
const IMPORT_LOCK = 7_201_526;
const LIMIT_BEFORE_IT_IS_KNOWN = 3;
/** What `write` fills. */
const WRITTEN_TABLES = ['carer_households', 'carer_people', 'carer_terms', 'carer_reviews', 'carer_imports'];

/**
 * Takes in households that were approved before the hub kept the register: all of the file or nothing, in one transaction.
 * Every row is checked before anything is written; rows that an earlier import had are compared with what they were then.
 */
@Injectable()
export class ImportCarers {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, request: CarerImport): Promise<Result<CarerImportOutcome, Pick<CarerImportOutcome, 'rejected' | 'mistakes'>>> {
    const result = await this.importAll(actor, request);
    if (result.ok && result.value.imported > 0 && !request.dryRun) await this.transactions.run(actor, (tx) => refreshStatistics(tx, WRITTEN_TABLES));
    return result;
  }

  private importAll(actor: Actor, request: CarerImport): Promise<Result<CarerImportOutcome, Pick<CarerImportOutcome, 'rejected' | 'mistakes'>>> {
    return this.transactions.run(actor, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
      const now = this.clock.now();
      const context: Context = { tx, actor, now, today: localDateOf(now), calendars: await loadCalendars(tx) };
      const { fresh, unchanged, rejected, mistakes, unreadable } = await checkAll(context, request);
      if (unreadable || (mistakes > 0 && !request.skipInvalid)) return refused({ rejected, mistakes });
      if (!request.dryRun) {
        for (const { row, supervisorId, cells } of fresh) await write(context, row, supervisorId, cells);
        await recordAudit(tx, actor, now, { action: 'carers.import', subjectKind: 'import', subjectId: newId(), detail: { imported: fresh.length, unchanged, rejected } });
      }
      return ok({ imported: fresh.length, unchanged, rejected, mistakes });
    });
  }
}

async function checkAll(context: Context, request: CarerImport) {
  const fresh: Extract<Checked, { outcome: 'new' }>[] = [];
  const told = { unchanged: 0, rejected: 0, mistakes: 0, unreadable: false };
  const tell = (row: number, mistakes: readonly CellMistake[]): void => {
    told.mistakes += mistakes.length;
    for (const mistake of mistakes) request.onMistake(row, mistake);
  };
  const rowOf = new Map<string, number>();
  let header: readonly CarerColumn[] | null = null;
  try {
    for await (const file of request.rows) {
      if (header === null) {
        const read = readCarerHeader(file.cells);
        if (!read.ok) {
          tell(file.row, read.refusal);
          return { fresh, ...told, unreadable: true };
        }
        header = read.value;
        await request.onRejected?.(file, []);
        continue;
      }
      const checked = await checkRow(context, header, file, rowOf);
      if (checked.outcome === 'new') fresh.push(checked);
      if (checked.outcome === 'unchanged') told.unchanged += 1;
      if (checked.outcome === 'mistaken') {
        told.rejected += 1;
        tell(file.row, checked.mistakes);
        await request.onRejected?.(file, checked.mistakes);
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    tell(error.row, [{ column: 'the row', what: error.message }]);
    told.unreadable = true;
  }
  if (header === null && !told.unreadable) {
    tell(1, [{ column: 'header', what: 'the file is empty: the first row has to name the columns' }]);
    told.unreadable = true;
  }
  return { fresh, ...told };
}

async function checkRow({ tx, today }: Context, header: readonly CarerColumn[], file: FileRow, rowOf: Map<string, number>): Promise<Checked> {
  const cells = carerCells(header, file.cells);
  if (!cells.ok) return { outcome: 'mistaken', mistakes: cells.refusal };
  const authority = councilOf(cells.value.authority ?? '');
  const approvedOn = parseLocalDate(cells.value.approved_on ?? '');
  const usualLimit = authority && approvedOn && approvedOn >= '2016-01-01' ? (await rulesInForce(tx, authority, approvedOn)).usualFosteringLimit : LIMIT_BEFORE_IT_IS_KNOWN;
  const read = readCarerRow(cells.value, today, usualLimit);
  const mistakes: CellMistake[] = read.ok ? [] : [...read.refusal];
  const reference = cells.value.reference ?? '';
  const earlier = rowOf.get(reference);
  if (reference !== '' && earlier !== undefined) mistakes.push({ column: 'reference', what: `${reference.slice(0, 40)} is there twice, first in row ${String(earlier)}` });
  rowOf.set(reference, earlier ?? file.row);
  let supervisorId: string | null = null;
  if (read.ok) {
    const row = read.value;
    if (row.supervisorEmail !== null) {
      const [found] = await rows<{ id: string }>(tx, `SELECT id FROM staff WHERE email = $1 AND state <> 'left'`, [row.supervisorEmail]);
      if (found && (await isSocialWorkerOf(tx, found.id, row.authority))) supervisorId = found.id;
      else mistakes.push({ column: 'supervisor', what: `${row.supervisorEmail} is not the address of a social worker of this authority: invite them first, or leave the cell empty` });
    }
    const [known] = await rows<{ same: boolean | null }>(tx, 'SELECT i.row = $2::jsonb AS same FROM carer_households h LEFT JOIN carer_imports i ON i.reference = h.reference WHERE h.reference = $1', [row.reference, JSON.stringify(cells.value)]);
    if (known?.same && mistakes.length === 0) return { outcome: 'unchanged' };
    if (known) mistakes.push({ column: 'reference', what: known.same === null ? `${row.reference} is on the register already, from a journey` : `${row.reference} was imported before with other values: change the household on its page instead` });
  }
  return mistakes.length > 0 || !read.ok ? { outcome: 'mistaken', mistakes } : { outcome: 'new', row: read.value, supervisorId, cells: cells.value };
}

async function write({ tx, actor, now, calendars }: Context, row: CarerRow, supervisorId: string | null, cells: CarerCells): Promise<void> {
  const id = newId();
  const by = actorName(actor);
  await insertRows(tx, 'carer_households', [
    {
      id, reference: row.reference, authority: row.authority, kind: row.kind, name: householdName(row.people.map((person) => ({ ...person, preferredContact: null, bestTime: null }))), town: row.town, approved_on: row.approvedOn,
      agreement_signed_on: row.agreementSignedOn, supervisor_id: supervisorId, beds: row.beds, left_on: row.left?.on, left_by: row.left?.by, left_reason: row.left?.reason, registered_at: now, registered_by: by,
    },
  ]);
  await insertRows(tx, 'carer_people', row.people.map((person, index) => ({ id: newId(), carer_id: id, position: index + 1, name: `${person.firstName} ${person.lastName}`.trim(), email: person.email, phone: person.phone })));
  await insertRows(tx, 'carer_terms', [{ carer_id: id, holds_from: row.approvedOn, ...termsColumns(row.terms), reason: 'As imported', recorded_at: now, recorded_by: by }]);
  await insertRows(tx, 'carer_imports', [{ reference: row.reference, carer_id: id, row: JSON.stringify(cells), imported_at: now, imported_by: by }]);
  if (row.left === null) await planReview(tx, calendars, { carerId: id, authority: row.authority, number: row.lastReviewOn === null ? 1 : 2, startOn: row.lastReviewOn ?? row.approvedOn });
}
