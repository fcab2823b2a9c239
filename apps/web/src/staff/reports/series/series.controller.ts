import type { StaffActor } from '@app/access';
import { AUTHORITY_NAMES } from '@app/authorities';
import { addDays, addMonthsClamped, Clock, dateInWords, localDateOf, momentInWords } from '@app/kernel';
import { authoritiesInReach, ComputeKpiReport, ComputeWeeklyFigures, DEFINITIONS_VERSION, FindFirstEnquiry, type KpiMonth } from '@app/reports';
import { Controller, Get, NotFoundException, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { groupedChoices } from '../grouped-choices';
import { SaysWhatIsToMend } from '../records-to-mend';
import { reportPlaces } from '../report-places';
import { figureAsked, SERIES_FIGURES } from './series.figures';
import { seriesPage } from './series.page';
import type { SeriesUnit } from './series.words';

const PATH = '/staff/reports/series';
const MONTHS_SHOWN = 24;
const WEEKS_SHOWN = 52;

/** One figure over the last two years by month, or over the last year by week, so that a change can be told from noise. */
@Controller('staff/reports/series')
@Access('reports.read')
@UseInterceptors(SaysWhatIsToMend)
export class SeriesController {
  constructor(
    private readonly computeKpiReport: ComputeKpiReport,
    private readonly computeWeeklyFigures: ComputeWeeklyFigures,
    private readonly findFirstEnquiry: FindFirstEnquiry,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const actor = actorOf(request);
    const authority = typeof query['authority'] === 'string' && query['authority'] !== '' ? query['authority'] : null;
    const unit: SeriesUnit = query['by'] === 'week' ? 'week' : 'month';
    const asked = await this.spans(actor, unit, authority);
    const began = await this.findFirstEnquiry.run();
    const spans = asked.filter(({ period }) => began !== null && period.to >= began);
    const reach = authoritiesInReach(actor);
    const figure = figureAsked(query['measure']);
    const now = this.clock.now();
    const [first, last] = [spans[0], spans.at(-1)];
    const where = reach.find((code) => code === authority || reach.length === 1);
    await page(response, 'staff/reports/series/series', {
      title: 'Change or chance',
      errors: [],
      places: reportPlaces(actor, PATH),
      unit,
      spans: spans.length,
      sinceTheFirst: spans.length > 0 && spans.length < asked.length,
      values: { measure: figure.path, authority: authority ?? '', by: unit },
      measures: groupedChoices(SERIES_FIGURES.map(({ section, path, name }) => ({ section, value: path, text: name }))),
      authorities: reach.length < 2 ? [] : [{ value: '', text: 'All of them' }, ...reach.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))],
      about: `${where === undefined ? 'The hub' : AUTHORITY_NAMES[where]}${first === undefined || last === undefined ? '' : `, ${dateInWords(first.period.from)} to ${dateInWords(last.period.to)}`}, as at now. Made on ${momentInWords(now)}.`,
      definitions: DEFINITIONS_VERSION,
      series: seriesPage(figure, spans, unit, localDateOf(now)),
    });
  }

  /** Whole months or weeks alone: one that is not over would look like a fall. */
  private async spans(actor: StaffActor, unit: SeriesUnit, authority: string | null): Promise<readonly KpiMonth[]> {
    if (unit === 'week') {
      const weeks = await this.computeWeeklyFigures.run(actor, { weeks: WEEKS_SHOWN, authority });
      if (!weeks.ok) throw new NotFoundException();
      return weeks.value;
    }
    const today = localDateOf(this.clock.now());
    const firstOfMonth = addDays(today, 1 - Number(today.slice(8)));
    const computed = await this.computeKpiReport.run(actor, { from: addMonthsClamped(firstOfMonth, -MONTHS_SHOWN), to: addDays(firstOfMonth, -1), authority });
    if (!computed.ok) throw new NotFoundException();
    return computed.value.months;
  }
}
