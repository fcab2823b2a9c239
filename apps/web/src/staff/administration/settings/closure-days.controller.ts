import { bankHolidaysFrom, ChangeSettings, closureDays, publishedBankHolidays, publishedUntil } from '@app/authorities';
import { Transactions } from '@app/database';
import { Clock, dateInWords, localDateOf, parseLocalDate } from '@app/kernel';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../../../platform/access';
import { type FormValues, formRefused, readForm } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import type { FormError } from '../../../platform/words';
import { date, requiredLine } from '../../fields';
import { closureDaysPath } from '../paths';
import { calendarInWords } from './calendar-in-words';
import { settingRefusal } from './setting-refusals';

const closureDayForm = z.object({ on: date('Enter the day'), reason: requiredLine(200, 'Say why the hub is closed') });

/** Days on which the hub stays closed besides weekends and bank holidays. */
@Controller('staff/administration/closure-days')
@Access('settings.manage')
export class ClosureDaysController {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeSettings: ChangeSettings,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, [], {});
  }

  @Post()
  async add(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(closureDayForm, body);
    if (!form.ok) return this.show(request, response, form.errors, form.values);
    const added = await this.changeSettings.addClosureDay(actorOf(request), form.value.on, form.value.reason);
    if (!added.ok) return this.show(request, response, [settingRefusal(added.refusal, 'on')], formRefused(body).values);
    redirectTo(response, closureDaysPath(), `${dateInWords(form.value.on)} is a closure day now. Clocks that run already keep their due time.`);
  }

  @Post(':on/remove')
  async remove(@Req() request: Request, @Res() response: Response, @Param('on') text: string): Promise<void> {
    const on = parseLocalDate(text);
    if (!on) throw new NotFoundException();
    const removed = await this.changeSettings.removeClosureDay(actorOf(request), on);
    if (!removed.ok) return this.show(request, response, [settingRefusal(removed.refusal, '')], {});
    redirectTo(response, closureDaysPath(), `The hub is open on ${dateInWords(on)} after all.`);
  }

  private async show(request: Request, response: Response, errors: readonly FormError[], values: FormValues): Promise<void> {
    const today = localDateOf(this.clock.now());
    const { closures, holidays, published } = await this.transactions.read(actorOf(request), async (tx) => ({ closures: await closureDays(tx), holidays: await bankHolidaysFrom(tx, today), published: await publishedBankHolidays(tx) }));
    await page(
      response,
      'staff/administration/settings/closure-days',
      {
        title: 'Closure days',
        closures: closures.map(({ on, reason }) => ({ on, reason, canBeRemoved: on >= today })),
        holidays,
        calendar: calendarInWords(publishedUntil(published, today)),
        errors,
        values,
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}
