import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import type { AuthorityCode } from '@app/authorities';
import { system, Transactions } from '@app/database';
import { Clock, type LocalDate, newId, ok, refused, type Result } from '@app/kernel';
import { authoritiesInReach, ComputeKpiReport, type KpiQuestion, type KpiReport, type Period, type ReportRefusal } from '@app/reports';
import { FILE_FORMATS, type FileFormat, type Workbook, workbookFile } from '@app/spreadsheets';
import { Injectable } from '@nestjs/common';
import { faultCounts } from '../queries/data-quality';
import { extractRows } from '../queries/extract-rows';
import { savedReport } from '../queries/saved-reports';
import { extractWorkbook } from '../rules/extract-workbook';
import { kpiWorkbook, type Readership } from '../rules/kpi-workbook';
import { yearWorkbook } from '../rules/year-workbook';
import { CountOfstedYear } from './count-ofsted-year';

/** What leaves the hub: a report as it is asked for, a saved one, the year, or rows without names. */
export type ExportSubject =
  | { readonly what: 'kpi'; readonly question: KpiQuestion }
  | { readonly what: 'saved'; readonly reportId: string }
  | { readonly what: 'year'; readonly inYearOf: LocalDate }
  | { readonly what: 'rows'; readonly period: Period };

export type ExportFormat = FileFormat | 'json';

export interface ExportRequest {
  readonly subject: ExportSubject;
  readonly format: ExportFormat;
  readonly readership: Readership;
  /** Why it is taken away, in the words of who does. */
  readonly reason: string;
}

/** A file to be sent. */
export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

export type ExportRefusal = ReportRefusal | 'not_allowed' | 'not_there' | 'not_begun' | 'no_reason' | 'format_not_offered' | 'too_many_rows';

/** A workbook of more rows than this is no longer a sheet to work with; choose a shorter period. */
export const MOST_ROWS = 50_000;

/** Makes a file of figures or rows, and writes into the trail who took what away, and why. Without a reason nothing leaves. */
@Injectable()
export class ExportFigures {
  constructor(
    private readonly transactions: Transactions,
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
    const made = await this.make(actor, request);
    if (!made.ok) return made;
    const { name, json, workbook, detail, authority } = made.value;
    const now = this.clock.now();
    const content = request.format === 'json' ? Buffer.from(json ?? '', 'utf8') : workbookFile(workbook, request.format);
    await this.transactions.run(actor, (tx) =>
      recordAudit(tx, actor, now, { action: 'report.export', subjectKind: 'report', subjectId: subject.what, authority, detail: { ...detail, format: request.format, readership, reason: request.reason.trim(), bytes: content.length } }),
    );
    const type = request.format === 'json' ? 'application/json; charset=utf-8' : FILE_FORMATS[request.format].type;
    return ok({ name: `${name}${readership === 'publication' ? '-for-publication' : ''}.${request.format}`, type, content });
  }

  private async make(actor: StaffActor, { subject, readership }: ExportRequest): Promise<Result<Made, ExportRefusal>> {
    switch (subject.what) {
      case 'kpi': {
        const computed = await this.computeKpiReport.run(actor, subject.question);
        if (!computed.ok) return computed;
        const { report } = computed.value;
        const { period, asAt, knownAt } = report;
        const authority = subject.question.authority ?? null;
        const toMend = await this.toMend(authority === null ? authoritiesInReach(actor) : [authority]);
        return ok({ name: `kpi-${period.from}-to-${period.to}`, workbook: kpiWorkbook(report, readership, toMend), json: jsonOf(report), authority, detail: { ...period, asAt, knownAt } });
      }
      case 'saved': {
        const found = await this.transactions.read(actor, (tx) => savedReport(tx, subject.reportId));
        if (found === null || !may(actor, 'reports.export', found.authority as AuthorityCode | null)) return refused('not_there');
        const report: KpiReport = { ...found.figures, generatedAt: found.madeAt.toISOString() };
        const name = `${found.cadence}-${found.authority ?? 'hub'}-${found.from}-version-${String(found.version)}`;
        return ok({ name, workbook: kpiWorkbook(report, readership, found.toMend), json: `${found.content}\n`, authority: found.authority, detail: { reportId: found.id, version: found.version, sha256: found.sha256 } });
      }
      case 'year': {
        const year = await this.countOfstedYear.run(actor, subject.inYearOf);
        if (!year.ok) return year;
        const { period, asAt } = year.value;
        return ok({ name: `year-${period.from}-to-${period.to}`, workbook: yearWorkbook(year.value, readership, await this.toMend(authoritiesInReach(actor))), authority: null, detail: { ...period, asAt } });
      }
      case 'rows': {
        const { period } = subject;
        if (period.to < period.from) return refused('period_ends_before_it_starts');
        const now = this.clock.now();
        const reach = authoritiesInReach(actor).filter((code) => may(actor, 'reports.rows', code));
        // Households are out of an analyst's reach, and stay there: only what the columns say leaves this use case.
        const found = await this.transactions.read(system('row-extract'), (tx) => extractRows(tx, period, now, newId(), reach, MOST_ROWS + 1));
        if (found.length > MOST_ROWS) return refused('too_many_rows');
        return ok({ name: `rows-${period.from}-to-${period.to}`, workbook: extractWorkbook(found, period, now), authority: null, detail: { ...period, rows: found.length, authorities: reach } });
      }
    }
  }

  private async toMend(authorities: readonly string[]): Promise<number> {
    const counts = await this.transactions.read(system('data-quality'), (tx) => faultCounts(tx, this.clock.now(), authorities));
    return counts.reduce((sum, { count }) => sum + count, 0);
  }
}

interface Made {
  readonly name: string;
  readonly workbook: Workbook;
  readonly json?: string;
  readonly authority: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

function jsonOf(report: KpiReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
