import { may, type StaffActor } from '@app/access';
import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import { Transactions } from '@app/database';
import { addMonthsClamped, Clock, type LocalDate, localDateOf } from '@app/kernel';
import { authoritiesInReach, type ComputedKpi, ComputeKpiReport, countedUntil, DEFINITIONS, DEFINITIONS_VERSION, keptReports, type KpiQuestion, type Period, statedTargets } from '@app/reports';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { recordsToMend } from './records-to-mend';
import { reportPlaces } from './report-places';
import { readReport, reportPath, unanswered, unreadable, type WrittenReport, yearBefore, yearLinks, yearOfTargets } from './report-question';
import { reportPage } from './report.page';
import type { HeldAgainst } from './sections/targets';

/** A question that no report can be made of: what is wrong, beside which part of it. */
interface Mistake {
  readonly field: string;
  readonly text: string;
}
type Answer = { readonly ok: true; readonly computed: ComputedKpi; readonly question: KpiQuestion } | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** The KPI report as a page. */
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
    const toMend = await recordsToMend(this.transactions, this.clock.now(), authority === null ? authoritiesInReach(actor) : [authority]);
    await page(response, 'staff/reports/report', { title: 'Reports', ...frame, errors: [], report, toMend });
  }

  /** Files go out by the form that asks what for; these addresses lead there with the question filled in. */
  @Get('kpi.csv')
  table(@Res() response: Response, @Query() query: Record<string, unknown>): void {
    redirectTo(response, exportPath(readReport(query, this.clock.now()).written));
  }

  @Get('kpi.json')
  json(@Res() response: Response, @Query() query: Record<string, unknown>): void {
    redirectTo(response, exportPath(readReport(query, this.clock.now()).written));
  }

  @Get('definitions')
  async definitions(@Res() response: Response): Promise<void> {
    await page(response, 'staff/reports/definitions', { title: 'What the figures mean', definitions: DEFINITIONS, version: DEFINITIONS_VERSION });
  }

  private async answer(actor: StaffActor, query: Record<string, unknown>): Promise<{ readonly written: WrittenReport; readonly answer: Answer }> {
    const { written, question } = readReport(query, this.clock.now());
    if (!question.ok) return { written, answer: { ok: false, mistakes: unreadable(question.refusal) } };
    const computed = await this.computeKpiReport.run(actor, question.value);
    if (computed.ok) return { written, answer: { ok: true, computed: computed.value, question: question.value } };
    return { written, answer: { ok: false, mistakes: unanswered(computed.refusal) } };
  }

  private async heldAgainst(actor: StaffActor, period: Period, asAt: LocalDate, authority: string | null): Promise<HeldAgainst | null> {
    const year = yearOfTargets(period);
    const someCouncilsOnly = authority === null && !authoritiesInReach(actor).includes('unrouted');
    if (year === null || someCouncilsOnly) return null;
    const found = await this.transactions.read(actor, (tx) => statedTargets(tx, year.from, authority));
    const until = countedUntil(period, asAt);
    return { ...found, year, until, untilNow: until === localDateOf(this.clock.now()) };
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
      places: reportPlaces(actor, '/staff/reports'),
      exportHref: may(actor, 'reports.export') ? exportPath(written) : null,
    };
  }
}

/** The one authority that the report is of: the one asked for, or the only one in reach. */
function onlyAuthority(actor: StaffActor, { authority }: KpiQuestion): AuthorityCode | null {
  const reach = authoritiesInReach(actor);
  return reach.find((code) => code === authority) ?? (reach.length === 1 ? (reach[0] ?? null) : null);
}

/** The form that makes a file of the report in the address. */
function exportPath(written: WrittenReport): string {
  return reportPath({ what: 'kpi', ...written }, '/staff/reports/export');
}
