import { AUTHORITY_NAMES } from '@app/authorities';
import { addDays, addMonthsClamped, Clock, localDateOf } from '@app/kernel';
import { authoritiesInReach, ComputeKpiReport } from '@app/reports';
import { Controller, Get, NotFoundException, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { MEASURE_CHOICES, measureAsked, seriesPage } from './series.page';

const MONTHS_SHOWN = 24;

/** One figure over the last two years, so that a change can be told from noise. */
@Controller('staff/reports/series')
@Access('reports.read')
export class SeriesController {
  constructor(
    private readonly computeKpiReport: ComputeKpiReport,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const actor = actorOf(request);
    const authority = typeof query['authority'] === 'string' && query['authority'] !== '' ? query['authority'] : null;
    const today = localDateOf(this.clock.now());
    const firstOfMonth = addDays(today, 1 - Number(today.slice(8)));
    const computed = await this.computeKpiReport.run(actor, { from: addMonthsClamped(firstOfMonth, -MONTHS_SHOWN), to: addDays(firstOfMonth, -1), authority });
    if (!computed.ok) throw new NotFoundException();
    const reach = authoritiesInReach(actor);
    const measure = measureAsked(query['measure']);
    await page(response, 'staff/reports/series/series', {
      title: 'Change or chance',
      errors: [],
      values: { measure, authority: authority ?? '' },
      measures: MEASURE_CHOICES,
      authorities: reach.length < 2 ? [] : [{ value: '', text: 'All of them' }, ...reach.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))],
      series: seriesPage(measure, computed.value.months),
    });
  }
}
