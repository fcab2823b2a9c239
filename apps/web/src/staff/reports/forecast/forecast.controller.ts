import type { StaffActor } from '@app/access';
import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import { Transactions } from '@app/database';
import { addDays, addMonthsClamped, Clock, financialYearOf, type LocalDate, localDateOf } from '@app/kernel';
import { authoritiesInReach, ComputeKpiReport, DEFINITIONS_VERSION, type ForecastRefusal, ForecastYear, LAST_BACK_TEST, type KeptForecast, type KpiMonth, monthlyForecasts, newestForecast, type Period, type YearForecast } from '@app/reports';
import { Controller, Get, NotFoundException, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { SaysWhatIsToMend } from '../records-to-mend';
import { reportPlaces } from '../report-places';
import { forecastPage, triedInWords } from './forecast.page';

const PATH = '/staff/reports/forecast';
/** How the whole hub is called in the address. */
const HUB = 'hub';

const REFUSAL_WORDS: Readonly<Record<Exclude<ForecastRefusal, 'unknown_authority' | 'in_the_future'>, string>> = {
  year_is_over: 'The financial year ends today: what it came to stands in the report.',
  too_little_history: 'A forecast needs three months of enquiries and at least five approvals to go by. Until then it would be a guess.',
};

/** What the year will come to if nothing changes, and where to push. */
@Controller('staff/reports/forecast')
@Access('reports.read')
@UseInterceptors(SaysWhatIsToMend)
export class ForecastController {
  constructor(
    private readonly forecastYear: ForecastYear,
    private readonly computeKpiReport: ComputeKpiReport,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query('of') of: unknown, @Query('fresh') fresh: unknown): Promise<void> {
    const actor = actorOf(request);
    const scopes = scopesOf(actor);
    const scope = typeof of === 'string' && of !== '' ? scopes.find((one) => (one ?? HUB) === of) : scopes[0];
    if (scope === undefined) throw new NotFoundException();
    const { forecast, madeAt, refusal } = await this.newest(actor, scope, fresh === '1');
    const frame = {
      title: scope === null ? 'What the year will come to' : `What the year will come to in ${AUTHORITY_NAMES[scope]}`,
      places: reportPlaces(actor, PATH),
      of: scope ?? HUB,
      scopes: scopes.length < 2 ? [] : scopes.map((one) => ({ value: one ?? HUB, text: one === null ? 'The whole hub' : AUTHORITY_NAMES[one] })),
      definitions: DEFINITIONS_VERSION,
      freshHref: `${PATH}?of=${scope ?? HUB}&fresh=1`,
    };
    if (forecast === null) return page(response, 'staff/reports/forecast/forecast', { ...frame, forecast: null, refusal });
    const since = addMonthsClamped(financialYearOf(forecast.asAt).from, -12);
    const earlier = await this.transactions.read(actor, (tx) => monthlyForecasts(tx, scope, since));
    const months = await this.months(actor, forecast.year, forecast.asAt, scope);
    await page(response, 'staff/reports/forecast/forecast', { ...frame, isKept: madeAt !== null, tried: triedInWords(LAST_BACK_TEST), forecast: forecastPage({ forecast, madeAt, months, earlier, came: await this.came(actor, earlier, scope) }) });
  }

  /** Last night's forecast where there is one; else, or when it is asked for, one that is made now. */
  private async newest(actor: StaffActor, scope: AuthorityCode | null, fresh: boolean): Promise<{ readonly forecast: YearForecast | null; readonly madeAt: Date | null; readonly refusal: string }> {
    const today = localDateOf(this.clock.now());
    const kept = fresh ? null : await this.transactions.read(actor, (tx) => newestForecast(tx, scope));
    if (kept !== null && kept.asAt >= addDays(today, -1) && kept.forecast.year.from === financialYearOf(today).from) return { forecast: kept.forecast, madeAt: kept.madeAt, refusal: '' };
    const made = await this.forecastYear.run(actor, { authority: scope, asAt: today });
    if (made.ok) return { forecast: made.value, madeAt: null, refusal: '' };
    if (made.refusal === 'unknown_authority' || made.refusal === 'in_the_future') throw new NotFoundException();
    return { forecast: null, madeAt: null, refusal: REFUSAL_WORDS[made.refusal] };
  }

  private async months(actor: StaffActor, year: Period, asAt: LocalDate, authority: AuthorityCode | null): Promise<readonly KpiMonth[]> {
    const computed = await this.computeKpiReport.run(actor, { from: year.from, to: year.to, asAt, authority });
    if (!computed.ok) throw new Error(`The report of the year was refused: ${computed.refusal}`);
    return computed.value.months;
  }

  /** What the years that are over came to. */
  private async came(actor: StaffActor, earlier: readonly KeptForecast[], authority: AuthorityCode | null): Promise<Map<LocalDate, number>> {
    const today = localDateOf(this.clock.now());
    const came = new Map<LocalDate, number>();
    for (const { year } of earlier.map(({ forecast }) => forecast)) {
      if (year.to >= today || came.has(year.from)) continue;
      const months = await this.months(actor, year, year.to, authority);
      came.set(year.from, months.reduce((sum, { block }) => sum + block.turnaround.approvals, 0));
    }
    return came;
  }
}

/** The hub for those who see all of it, and every council in reach. */
function scopesOf(actor: StaffActor): readonly (AuthorityCode | null)[] {
  const reach = authoritiesInReach(actor);
  return [...(reach.includes('unrouted') ? [null] : []), ...reach.filter((code) => code !== 'unrouted')];
}
