import { ChangeSettings, openingWeeks, type OpeningWeek } from '@app/authorities';
import { Transactions } from '@app/database';
import { Clock, dateInWords, localDateOf } from '@app/kernel';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { type FormValues, formRefused, readForm } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import type { FormError } from '../../../platform/words';
import { openingHoursPath } from '../paths';
import { controlsOf, openingHoursForm, WEEKDAYS } from './opening-hours.form';
import { settingRefusal } from './setting-refusals';

/** When the hub is open, week by week from a date on. */
@Controller('staff/administration/opening-hours')
@Access('settings.manage')
export class OpeningHoursController {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeSettings: ChangeSettings,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, [], null);
  }

  @Post()
  async add(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(openingHoursForm, body);
    if (!form.ok) return this.show(request, response, form.errors, form.values);
    const { holdsFrom, days } = form.value;
    const added = await this.changeSettings.addOpeningHours(actorOf(request), holdsFrom, days);
    if (!added.ok) return this.show(request, response, [settingRefusal(added.refusal, 'holdsFrom')], formRefused(body).values);
    redirectTo(response, openingHoursPath(), `Saved. These hours hold from ${dateInWords(holdsFrom)}. Clocks that run already keep their due time.`);
  }

  private async show(request: Request, response: Response, errors: readonly FormError[], typed: FormValues | null): Promise<void> {
    const today = localDateOf(this.clock.now());
    const weeks = await this.transactions.read(actorOf(request), openingWeeks);
    const inForce = weeks.find(({ holdsFrom }) => holdsFrom <= today);
    await page(
      response,
      'staff/administration/settings/opening-hours',
      {
        title: 'Opening hours',
        weekdays: WEEKDAYS.map((name, index) => ({ name, ...controlsOf(index + 1) })),
        weeks: weeks.map((week) => ({ holdsFrom: week.holdsFrom, days: hoursByWeekday(week), state: week === inForce ? 'holds' : week.holdsFrom > today ? 'to_come' : 'held' })),
        errors,
        values: typed ?? { holdsFrom: today, ...timesOf(weeks[0]) },
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}

const hoursByWeekday = ({ days }: OpeningWeek): readonly string[] =>
  WEEKDAYS.map((_, index) => {
    const day = days.find(({ weekday }) => weekday === index + 1);
    return day ? `${day.opensAt} to ${day.closesAt}` : 'closed';
  });

/** The week as the controls show it, to be changed. */
function timesOf(week: OpeningWeek | undefined): FormValues {
  return Object.fromEntries((week?.days ?? []).flatMap(({ weekday, opensAt, closesAt }) => [[controlsOf(weekday).opens, opensAt], [controlsOf(weekday).closes, closesAt]]));
}
