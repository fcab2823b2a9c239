import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { REPORTED_AUTHORITIES } from '@app/authorities';
import { system, Transactions } from '@app/database';
import { Clock, newId, ok, refused, type Result } from '@app/kernel';
import { ComputeKpiReport, type KpiReport } from '@app/reports';
import { FILE_FORMATS, type FileFormat, type Workbook, workbookFile } from '@app/spreadsheets';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { extractRows } from '../queries/extract-rows';
import { extractWorkbook } from '../rules/extract-workbook';
import { kpiWorkbook, type Readership } from '../rules/kpi-workbook';
import type { AskedOfFile } from '../rules/publication-copies';
import { savedNotes } from '../rules/saved-notes';
import { yearWorkbook } from '../rules/year-workbook';
import { CountOfstedYear } from './count-ofsted-year';
import { type ExportSubject, PrepareExport, type PreparedExport, type UnansweredExport } from './prepare-export';

export type ExportFormat = FileFormat | 'json';

export interface ExportRequest {
  readonly subject: ExportSubject;
  readonly format: ExportFormat;
  readonly readership: Readership;
  /** Why it is taken away, in the words of who does. */
  readonly reason: string;
  /** The earlier copies for publication of which whoever takes this one says that none has been or will be published. */
  readonly noneOf?: readonly string[];
}

/** A file to be sent. */
export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

export type ExportRefusal = UnansweredExport | 'not_allowed' | 'no_reason' | 'format_not_offered' | 'too_many_rows' | 'begins_within_a_month' | 'ends_within_a_month' | 'month_in_progress' | 'copies_beside';

/** A workbook of more rows than this is no longer a sheet to work with; choose a shorter period. */
export const MOST_ROWS = 50_000;

/** So that of two copies for publication one is taken first. */
const ONE_AFTER_THE_OTHER = `SELECT pg_advisory_xact_lock(hashtextextended('publication-copies', 110))`;

/**
 * Makes a file of figures or rows, and writes into the trail who took what away, and why. Without a reason nothing leaves.
 * Rows and copies for publication are of whole calendar months: rows of one day tell the day that they leave out, and a month
 * less another that is a day shorter tells of that day. Rows are of months that are over: of one in progress, what a file has
 * more than that of the day before came on that day. A copy for publication that could be set against an earlier one is made only for
 * whoever says that none of those has been or will be published.
 */
@Injectable()
export class ExportFigures {
  constructor(
    private readonly transactions: Transactions,
    private readonly prepareExport: PrepareExport,
    private readonly computeKpiReport: ComputeKpiReport,
    private readonly countOfstedYear: CountOfstedYear,
    private readonly clock: Clock,
  ) {}

  async run(actor: StaffActor, request: ExportRequest): Promise<Result<ExportedFile, ExportRefusal>> {
    const { subject, readership } = request;
    if (!may(actor, subject.what === 'rows' ? 'reports.rows' : 'reports.export')) return refused('not_allowed');
    if (request.reason.trim() === '') return refused('no_reason');
    if (request.format === 'json' && (subject.what === 'year' || subject.what === 'rows' || readership === 'publication')) return refused('format_not_offered');
    if (subject.what === 'rows' && readership === 'publication') return refused('format_not_offered');
    const prepared = await this.prepareExport.run(actor, subject);
    if (!prepared.ok) return prepared;
    const { asked, withinAMonth, isOver } = prepared.value;
    if (withinAMonth !== null && (subject.what === 'rows' || readership === 'publication')) return refused(withinAMonth === 'from' ? 'begins_within_a_month' : 'ends_within_a_month');
    if (subject.what === 'rows' && !isOver) return refused('month_in_progress');
    const made = await this.make(actor, request, prepared.value);
    if (!made.ok) return made;
    const { name, json, workbook, detail } = made.value;
    const content = request.format === 'json' ? Buffer.from(json ?? '', 'utf8') : workbookFile(workbook, request.format);
    const { period, asAt, knownAt, authorities } = asked;
    const taken = { ...period, asAt, knownAt, authorities, ...detail, format: request.format, readership, reason: request.reason.trim(), bytes: content.length };
    const type = request.format === 'json' ? 'application/json; charset=utf-8' : FILE_FORMATS[request.format].type;
    return this.transactions.run(actor, async (tx) => {
      const beside = readership === 'publication' ? await this.beside(tx, asked) : [];
      if (beside.some((id) => request.noneOf?.includes(id) !== true)) return refused('copies_beside');
      const authority = authorities.length === 1 ? (authorities[0] ?? null) : null;
      await recordAudit(tx, actor, this.clock.now(), { action: 'report.export', subjectKind: 'report', subjectId: subject.what, authority, detail: { ...taken, ...(beside.length > 0 ? { confirmedThatNoneIsPublished: beside } : {}) } });
      return ok({ name: `${name}${readership === 'publication' ? '-for-publication' : ''}.${request.format}`, type, content });
    });
  }

  private async beside(tx: EntityManager, asked: AskedOfFile): Promise<string[]> {
    await tx.query(ONE_AFTER_THE_OTHER);
    return (await this.prepareExport.beside(tx, asked)).map(({ id }) => id);
  }

  private async make(actor: StaffActor, { subject, readership }: ExportRequest, { asked, saved, toMend }: PreparedExport): Promise<Result<Made, ExportRefusal>> {
    switch (subject.what) {
      case 'kpi': {
        const computed = await this.computeKpiReport.run(actor, subject.question);
        if (!computed.ok) return computed;
        const { report } = computed.value;
        return ok({ name: fileName(asked), workbook: kpiWorkbook(report, readership, toMend), json: jsonOf(report), detail: { toMend } });
      }
      case 'saved': {
        if (saved === null) return refused('not_there');
        const report: KpiReport = { ...saved.figures, generatedAt: saved.madeAt.toISOString() };
        const name = `${saved.cadence}-${saved.authority ?? 'hub'}-${saved.from}-version-${String(saved.version)}`;
        return ok({ name, workbook: kpiWorkbook(report, readership, toMend, savedNotes(saved, readership)), json: `${saved.content}\n`, detail: { toMend, reportId: saved.id, version: saved.version, sha256: saved.sha256, signed: saved.signedAt !== null } });
      }
      case 'year': {
        const year = await this.countOfstedYear.run(actor, subject.inYearOf, subject.knownAt);
        return year.ok ? ok({ name: fileName(asked), workbook: yearWorkbook(year.value, readership, toMend), detail: { toMend } }) : year;
      }
      case 'rows': {
        const { period, authorities } = asked;
        const now = this.clock.now();
        // Households are out of an analyst's reach, and stay there: only what the columns say leaves this use case.
        const found = await this.transactions.read(system('row-extract'), (tx) => extractRows(tx, period, now, newId(), authorities, MOST_ROWS + 1));
        if (found.length > MOST_ROWS) return refused('too_many_rows');
        return ok({ name: `rows-${period.from}-to-${period.to}`, workbook: extractWorkbook(found, period, now), detail: { rows: found.length } });
      }
    }
  }
}

interface Made {
  readonly name: string;
  readonly workbook: Workbook;
  readonly json?: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A name that no other question's file has: of whom, when, and as it stood and was known when. */
function fileName({ what, authorities, period, asAt, knownAt }: AskedOfFile): string {
  const of = authorities.length === 1 ? (authorities[0] ?? '') : authorities.length === REPORTED_AUTHORITIES.length ? 'hub' : 'several';
  return `${what}-${of}-${period.from}-to-${period.to}-as-at-${asAt}${knownAt === null ? '' : `-known-at-${knownAt.toISOString().slice(0, 16).replaceAll(':', '-')}Z`}`;
}

function jsonOf(report: KpiReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
