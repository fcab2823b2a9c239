import { AUTHORITY_NAMES } from '@app/authorities';
import { addMonthsClamped, Clock, dateInWords, financialYearOf, localDateOf, momentInWords } from '@app/kernel';
import { authoritiesInReach, DEFINITIONS_VERSION, LOSS_DIMENSIONS, TraceLosses } from '@app/reports';
import { Controller, Get, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { SaysWhatIsToMend } from '../records-to-mend';
import { reportPlaces } from '../report-places';
import { noChoice, readReport, unanswered, unreadable } from '../report-question';
import { DIMENSION_NAMES, lossesPage } from './losses.page';

const PATH = '/staff/reports/losses';

/** Where families are lost on their way, and between whom that differs. */
@Controller('staff/reports/losses')
@Access('reports.read')
@UseInterceptors(SaysWhatIsToMend)
export class LossesController {
  constructor(
    private readonly traceLosses: TraceLosses,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const actor = actorOf(request);
    const now = this.clock.now();
    // Without a period, this financial year and the one before: a younger cohort has hardly ended yet.
    const year = financialYearOf(localDateOf(now));
    const { written, question } = readReport(query['from'] || query['to'] ? query : { ...query, from: addMonthsClamped(year.from, -12), to: year.to }, now);
    const reach = authoritiesInReach(actor);
    // Within one council there is nothing to set beside it.
    const dimensions = LOSS_DIMENSIONS.filter((one) => one !== 'authority' || reach.length > 1);
    const dimension = dimensions.find((one) => one === query['by']) ?? dimensions[0] ?? 'authority';
    const traced = question.ok ? await this.traceLosses.run(actor, question.value, dimension) : null;
    const errors = [...noChoice('by', query['by'], dimensions), ...(!question.ok ? unreadable(question.refusal) : traced !== null && !traced.ok ? unanswered(traced.refusal) : [])];
    const frame = {
      title: 'Where families are lost',
      places: reportPlaces(actor, PATH),
      written,
      by: dimension,
      dimensions: dimensions.map((one) => ({ value: one, text: DIMENSION_NAMES[one].name })),
      authorities: reach.length < 2 ? [] : [{ value: '', text: 'All of them' }, ...reach.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))],
      definitions: DEFINITIONS_VERSION,
      errors,
    };
    if (traced?.ok !== true || errors.length > 0) return page(response, 'staff/reports/losses/losses', { ...frame, losses: null }, UNPROCESSABLE);
    const { request: asked, all, computedAt } = traced.value;
    const one = reach.find((code) => code === asked.authority || reach.length === 1);
    const about = `${one === undefined ? 'Enquiries' : `${AUTHORITY_NAMES[one]}: enquiries`} of ${dateInWords(asked.period.from)} to ${dateInWords(asked.period.to)}, as at the end of ${dateInWords(asked.asAt)}. Made on ${momentInWords(computedAt)}.`;
    await page(response, 'staff/reports/losses/losses', { ...frame, about, enquiries: all.enquiries, losses: lossesPage(traced.value) });
  }
}
