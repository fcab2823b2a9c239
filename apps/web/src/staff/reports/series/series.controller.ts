import type { StaffActor } from '@app/access';
import { AUTHORITY_NAMES } from '@app/authorities';
import { addDays, addMonthsClamped, Clock, dateInWords, localDateOf, momentInWords, ok, type Result } from '@app/kernel';
import { authoritiesInReach, ComputeKpiReport, ComputeQuarterlyFigures, ComputeWeeklyFigures, DEFINITIONS_VERSION, FindFirstEnquiry, type KpiMonth, type ReportRefusal } from '@app/reports';
import { Controller, Get, NotFoundException, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { groupedChoices } from '../grouped-choices';
import { SaysWhatIsToMend } from '../records-to-mend';
import { reportPlaces } from '../report-places';
import { noChoice, written } from '../report-question';
import { figureAsked, SERIES_FIGURES } from './series.figures';
import { seriesPage } from './series.page';
import { capital, SERIES_UNITS, type SeriesUnit } from './series.words';

const PATH = '/staff/reports/series';
/** Two years of months, five of quarters, one of weeks. */
const SHOWN: Readonly<Record<SeriesUnit, number>> = { month: 24, quarter: 20, week: 52 };

/** One figure over the last two years by month, the last five by quarter or the last by week, so that a change can be told from noise. */
@Controller('staff/reports/series')
@Access('reports.read')
@UseInterceptors(SaysWhatIsToMend)
export class SeriesController {
  constructor(
    private readonly computeKpiReport: ComputeKpiReport,
    private readonly computeQuarterlyFigures: ComputeQuarterlyFigures,
    private readonly computeWeeklyFigures: ComputeWeeklyFigures,
    private readonly findFirstEnquiry: FindFirstEnquiry,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const actor = actorOf(request);
    const authority = written(query['authority']) || null;
    const errors = [...noChoice('measure', query['measure'], SERIES_FIGURES.map(({ path }) => path)), ...noChoice('by', query['by'], SERIES_UNITS)];
    const unit = SERIES_UNITS.find((one) => one === query['by']) ?? 'month';
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
      errors,
      places: reportPlaces(actor, PATH),
      unit,
      units: SERIES_UNITS.map((value) => ({ value, text: capital(value) })),
      whole: SHOWN[unit],
      spans: spans.length,
      sinceTheFirst: spans.length > 0 && spans.length < asked.length,
      values: { measure: figure.path, authority: authority ?? '', by: unit },
      measures: groupedChoices(SERIES_FIGURES.map(({ section, path, name }) => ({ section, value: path, text: name }))),
      authorities: reach.length < 2 ? [] : [{ value: '', text: 'All of them' }, ...reach.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))],
      about: `${where === undefined ? 'The hub' : AUTHORITY_NAMES[where]}${first === undefined || last === undefined ? '' : `, ${dateInWords(first.period.from)} to ${dateInWords(last.period.to)}`}, as at now. Made on ${momentInWords(now)}.`,
      definitions: DEFINITIONS_VERSION,
      series: errors.length > 0 ? null : seriesPage(figure, spans, unit, localDateOf(now)),
    }, errors.length > 0 ? UNPROCESSABLE : 200);
  }

  /** Whole months, quarters or weeks alone: one that is not over would look like a fall. */
  private async spans(actor: StaffActor, unit: SeriesUnit, authority: string | null): Promise<readonly KpiMonth[]> {
    const computed = await this.computed(actor, unit, authority);
    if (!computed.ok) throw new NotFoundException();
    return computed.value;
  }

  private async computed(actor: StaffActor, unit: SeriesUnit, authority: string | null): Promise<Result<readonly KpiMonth[], ReportRefusal>> {
    if (unit === 'week') return this.computeWeeklyFigures.run(actor, { weeks: SHOWN.week, authority });
    if (unit === 'quarter') return this.computeQuarterlyFigures.run(actor, { quarters: SHOWN.quarter, authority });
    const today = localDateOf(this.clock.now());
    const firstOfMonth = addDays(today, 1 - Number(today.slice(8)));
    const report = await this.computeKpiReport.run(actor, { from: addMonthsClamped(firstOfMonth, -SHOWN.month), to: addDays(firstOfMonth, -1), authority });
    return report.ok ? ok(report.value.months) : report;
  }
}
