import { recordAudit } from '@app/audit';
import { system, Transactions } from '@app/database';
import { Clock, type Result } from '@app/kernel';
import { ComputeKpiReport, type KpiQuestion, type KpiReport, readKpiQuestion, REPORT_REFUSALS, type ReportRefusal, type WrittenKpiQuestion } from '@app/reports';
import { Controller, Get, HttpStatus, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { type FieldErrors, RefusedRequest } from '../../platform/problem';
import { ApiLimits } from '../api-limits';
import { websiteOf } from '../website-of';
import { kpiParameters } from './kpi-parameters';

/** The parameter that a refusal is about. */
const PARAMETER_OF: Readonly<Record<ReportRefusal, keyof WrittenKpiQuestion>> = {
  period_ends_before_it_starts: 'to',
  as_at_in_the_future: 'asAt',
  known_at_in_the_future: 'knownAt',
  unknown_authority: 'authority',
};

/** The KPI report for programs: figures of the whole hub, never a name. */
@Controller('api/v1/reports/kpi')
@Access('website reports:read')
export class KpiReportController {
  constructor(
    private readonly compute: ComputeKpiReport,
    private readonly limits: ApiLimits,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async read(@Req() request: Request, @Res() response: Response, @Query() query: unknown): Promise<void> {
    const website = websiteOf(request);
    await this.limits.count('reports', website.websiteId);
    const question = this.questionIn(query);
    const { report } = orRefuse(await this.compute.run(system('api'), question), (refusal) => ({ [PARAMETER_OF[refusal]]: [REPORT_REFUSALS[refusal]] }));
    await this.transactions.run(website, (tx) =>
      recordAudit(tx, website, this.clock.now(), { action: 'report.read', subjectKind: 'report', subjectId: 'kpi', authority: question.authority ?? null, detail: { website: website.websiteId, from: question.from, to: question.to } }),
    );
    response.setHeader('Cache-Control', 'no-store');
    response.json(report satisfies KpiReport);
  }

  private questionIn(query: unknown): KpiQuestion {
    const parameters = kpiParameters.safeParse(query);
    if (!parameters.success) {
      throw wrongParameters(Object.fromEntries(parameters.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [key.slice(0, 100), ['there is no such parameter']]) : [[String(issue.path[0]), ['give it once']]]))));
    }
    return orRefuse(readKpiQuestion(parameters.data, this.clock.now()), (unreadable) => Object.fromEntries(unreadable.map(({ part, text }) => [part, [text]])));
  }
}

function orRefuse<Value, Refusal>(result: Result<Value, Refusal>, errors: (refusal: Refusal) => FieldErrors): Value {
  if (result.ok) return result.value;
  throw wrongParameters(errors(result.refusal));
}

function wrongParameters(errors: FieldErrors): RefusedRequest {
  return new RefusedRequest(HttpStatus.UNPROCESSABLE_ENTITY, 'The report cannot be computed as it was asked for. “errors” says which parameters are wrong and why.', errors);
}
