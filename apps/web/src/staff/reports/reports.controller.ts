import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import { Transactions } from '@app/database';
import { addMonthsClamped, Clock, type LocalDate } from '@app/kernel';
import { authoritiesInReach, type ComputedKpi, ComputeKpiReport, DEFINITIONS, DEFINITIONS_VERSION, keptReports, kpiCsv, type KpiQuestion, type Period, REPORT_REFUSALS, statedTargets } from '@app/reports';
import { Controller, Get, NotFoundException, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { readReport, reportPath, type WrittenReport, yearBefore, yearLinks, yearOfTargets } from './report-question';
import { reportPage } from './report.page';
import type { HeldAgainst } from './sections/targets';

/** A question that no report can be made of: what is wrong, beside which part of it. */
interface Mistake {
  readonly field: string;
  readonly text: string;
}
type Answer = { readonly ok: true; readonly computed: ComputedKpi; readonly question: KpiQuestion } | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** The KPI report as a page, and the same figures to take away. */
@Controller('staff/reports')
@Access('reports.read')
export class ReportsController {
  constructor(
    private readonly computeKpiReport: ComputeKpiReport,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const actor = actorOf(request);
    const { written, answer } = await this.answer(actor, query);
    const frame = this.frame(actor, written);
    if (!answer.ok) return page(response, 'staff/reports/report', { title: 'Reports', ...frame, errors: answer.mistakes, report: null }, UNPROCESSABLE);
    const { computed, question } = answer;
    const { period, asAt } = computed.report;
    const authority = onlyAuthority(actor, question);
    const before = await this.computeKpiReport.run(actor, { ...question, ...yearBefore(period, asAt) });
    if (!before.ok) throw new Error(`The report of the year before was refused: ${before.refusal}`);
    const report = reportPage({ computed, yearBefore: before.value.report, held: await this.heldAgainst(actor, period, asAt, authority), kept: await this.kept(actor, period), authority });
    await page(response, 'staff/reports/report', { title: 'Reports', ...frame, errors: [], report });
  }

  @Get('kpi.csv')
  async table(@Req() request: Request, @Res() response: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const { report } = await this.taken(actorOf(request), query, 'csv');
    response.attachment(fileName(report.period, 'csv')).type('text/csv').send(`\uFEFF${kpiCsv(report)}`);
  }

  @Get('kpi.json')
  async json(@Req() request: Request, @Res() response: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const { report } = await this.taken(actorOf(request), query, 'json');
    response.attachment(fileName(report.period, 'json')).type('application/json').send(`${JSON.stringify(report, null, 2)}\n`);
  }

  @Get('definitions')
  async definitions(@Res() response: Response): Promise<void> {
    await page(response, 'staff/reports/definitions', { title: 'What the figures mean', definitions: DEFINITIONS, version: DEFINITIONS_VERSION });
  }

  private async answer(actor: StaffActor, query: Record<string, unknown>): Promise<{ readonly written: WrittenReport; readonly answer: Answer }> {
    const { written, question } = readReport(query, this.clock.now());
    if (!question.ok) return { written, answer: { ok: false, mistakes: question.refusal.map(({ part, text }) => ({ field: part, text: sentence(text) })) } };
    const computed = await this.computeKpiReport.run(actor, question.value);
    if (computed.ok) return { written, answer: { ok: true, computed: computed.value, question: question.value } };
    if (computed.refusal === 'unknown_authority') throw new NotFoundException();
    const field = { period_ends_before_it_starts: 'to', as_at_in_the_future: 'asAt', known_at_in_the_future: 'knownAt' }[computed.refusal];
    return { written, answer: { ok: false, mistakes: [{ field, text: sentence(REPORT_REFUSALS[computed.refusal]) }] } };
  }

  /** A report that leaves the hub is written into the trail. */
  private async taken(actor: StaffActor, query: Record<string, unknown>, format: string): Promise<ComputedKpi> {
    const { written, answer } = await this.answer(actor, query);
    if (!answer.ok) throw new NotFoundException();
    await this.transactions.run(actor, (tx) =>
      recordAudit(tx, actor, this.clock.now(), { action: 'report.download', subjectKind: 'report', subjectId: 'kpi', authority: answer.question.authority ?? null, detail: { ...written, format } }),
    );
    return answer.computed;
  }

  private async heldAgainst(actor: StaffActor, period: Period, asAt: LocalDate, authority: string | null): Promise<HeldAgainst | null> {
    const year = yearOfTargets(period);
    const someCouncilsOnly = authority === null && !authoritiesInReach(actor).includes('unrouted');
    if (year === null || someCouncilsOnly) return null;
    const found = await this.transactions.read(actor, (tx) => statedTargets(tx, year.from, authority));
    return { ...found, year, asAt };
  }

  private kept(actor: StaffActor, period: Period): ReturnType<typeof keptReports> {
    return this.transactions.read(actor, (tx) => keptReports(tx, period, addMonthsClamped(period.from, -1)));
  }

  /** What the page needs whatever is asked: the form, and where else to go. */
  private frame(actor: StaffActor, written: WrittenReport) {
    const reach = authoritiesInReach(actor);
    return {
      written,
      years: yearLinks(written, this.clock.now()),
      authorities: reach.length < 2 ? [] : [{ value: '', text: 'All of them' }, ...reach.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))],
      csvHref: reportPath(written, '/staff/reports/kpi.csv'),
      jsonHref: reportPath(written, '/staff/reports/kpi.json'),
      mayStateTargets: may(actor, 'targets.manage'),
    };
  }
}

/** The one authority that the report is of: the one asked for, or the only one in reach. */
function onlyAuthority(actor: StaffActor, { authority }: KpiQuestion): AuthorityCode | null {
  const reach = authoritiesInReach(actor);
  return reach.find((code) => code === authority) ?? (reach.length === 1 ? (reach[0] ?? null) : null);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function fileName({ from, to }: Period, ending: string): string {
  return `kpi-${from}-to-${to}.${ending}`;
}
