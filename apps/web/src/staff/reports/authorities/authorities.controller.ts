import { addMonthsClamped, Clock, dateInWords, financialYearOf, localDateOf, momentInWords } from '@app/kernel';
import { ComputeKpiReport } from '@app/reports';
import { Controller, Get, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { SaysWhatIsToMend } from '../records-to-mend';
import { reportPlaces } from '../report-places';
import { noChoice, readReport, unanswered, unreadable } from '../report-question';
import { SHARE_CHOICES, shareAsked } from './authorities.measures';
import { authoritiesPage } from './authorities.page';

const PATH = '/staff/reports/authorities';

/** Authorities side by side, so that small ones are not blamed for luck. */
@Controller('staff/reports/authorities')
@Access('reports.analyse')
@UseInterceptors(SaysWhatIsToMend)
export class AuthoritiesController {
  constructor(
    private readonly computeKpiReport: ComputeKpiReport,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const actor = actorOf(request);
    const now = this.clock.now();
    const year = financialYearOf(localDateOf(now));
    const { written, question } = readReport({ ...(query['from'] || query['to'] ? query : { ...query, from: addMonthsClamped(year.from, -12), to: year.to }), authority: '' }, now);
    const computed = question.ok ? await this.computeKpiReport.run(actor, question.value) : null;
    const { value, measure } = shareAsked(query['measure']);
    const errors = [...noChoice('measure', query['measure'], SHARE_CHOICES.flatMap(({ items }) => items.map((item) => item.value))), ...(!question.ok ? unreadable(question.refusal) : computed !== null && !computed.ok ? unanswered(computed.refusal) : [])];
    const frame = { title: 'Authorities and chance', places: reportPlaces(actor, PATH), written, measure: value, measures: SHARE_CHOICES, errors };
    if (computed?.ok !== true || errors.length > 0) return page(response, 'staff/reports/authorities/authorities', { ...frame, shares: null }, UNPROCESSABLE);
    const { report } = computed.value;
    const about = `${dateInWords(report.period.from)} to ${dateInWords(report.period.to)}, as at the end of ${dateInWords(report.asAt)}. Made on ${momentInWords(new Date(report.generatedAt))}.`;
    await page(response, 'staff/reports/authorities/authorities', { ...frame, about, definitions: report.definitions, shares: authoritiesPage(measure, report) });
  }
}
