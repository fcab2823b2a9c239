import { AUTHORITY_CODES, AUTHORITY_NAMES } from '@app/authorities';
import { Transactions } from '@app/database';
import { addMonthsClamped, Clock, financialYearOf, localDateOf } from '@app/kernel';
import { StateTarget, targetHistory } from '@app/reports';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { formRefused, type FormValues, readForm } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import type { FormError } from '../../../platform/words';
import { targetInWords } from '../sections/targets';
import { TARGET_QUESTIONS, targetForm } from './targets.form';

const PATH = '/staff/reports/targets';

/** The targets as they were stated, and a form to state one. */
@Controller('staff/reports/targets')
@Access('targets.manage')
export class TargetsController {
  constructor(
    private readonly stateTarget: StateTarget,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.page(request, response, [], {});
  }

  @Post()
  async state(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(targetForm, body);
    if (!form.ok) return this.page(request, response, form.errors, form.values);
    const stated = await this.stateTarget.run(actorOf(request), form.value);
    if (!stated.ok) {
      const again = formRefused(body, { field: 'value', text: 'This target could not be taken: check the year, the number and the source' });
      return this.page(request, response, again.errors, again.values);
    }
    redirectTo(response, PATH, 'The target is stated. It holds from now on; what was stated before stays in the list.');
  }

  private async page(request: Request, response: Response, errors: readonly FormError[], values: FormValues): Promise<void> {
    const history = await this.transactions.read(actorOf(request), (tx) => targetHistory(tx));
    const today = localDateOf(this.clock.now());
    const years = [12, 0, -12, -24].map((months) => financialYearOf(addMonthsClamped(today, months)));
    await page(
      response,
      'staff/reports/targets/targets',
      {
        title: 'Targets',
        errors,
        values,
        years: [{ value: '', text: 'Choose a year' }, ...years.map(({ from, label }) => ({ value: from, text: label }))],
        authorities: [{ value: '', text: 'The whole hub' }, ...AUTHORITY_CODES.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))],
        targets: [{ value: '', text: 'Choose a target' }, ...Object.entries(TARGET_QUESTIONS).map(([value, { text }]) => ({ value, text }))],
        history: history.map(({ yearFrom, authority, target, value, source, recordedAt, holds }) => ({
          year: financialYearOf(yearFrom).label.replace('–', '\u2060–\u2060'),
          of: AUTHORITY_CODES.filter((code) => code === authority).map((code) => AUTHORITY_NAMES[code])[0] ?? 'The whole hub',
          target: TARGET_QUESTIONS[target].text.replace(/, in per cent$/, ''),
          value: targetInWords(target, value),
          source,
          recordedOn: localDateOf(recordedAt),
          holds,
        })),
      },
      errors.length === 0 ? 200 : UNPROCESSABLE,
    );
  }
}
