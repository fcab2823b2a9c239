import { AUTHORITY_CODES, AUTHORITY_NAMES, type Council } from '@app/authorities';
import { ChangeConstellationLimits, CONSTELLATION_LIMITS, type ConstellationLimit, limitHistory, type LimitRefusal } from '@app/constellations';
import { Transactions } from '@app/database';
import { Clock, localDateOf, shortDateInWords } from '@app/kernel';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../../platform/access';
import { type FormValues, readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import type { FormError } from '../../platform/words';
import { wholeNumber } from '../carers/terms-fields';
import { choice, date, requiredLine } from '../fields';
import { limitsPath } from './paths';

const ALL = 'all';
const MOST = 30;
const LIMIT_WORDS: Readonly<Record<ConstellationLimit, string>> = { most_satellites: 'Satellite families at most', fewest_satellites: 'Satellite families at least (a warning below)', hub_spare_beds: 'Beds that a hub home keeps free' };
const REFUSED: Readonly<Record<LimitRefusal, FormError>> = {
  not_permitted: { field: 'rule', text: 'Your role does not allow this' },
  not_before_today: { field: 'holdsFrom', text: 'Choose today or a later date: what held before is history' },
  already_set_from_that_date: { field: 'holdsFrom', text: 'This limit is set from that date already. Choose another date' },
  constellations_have_more: { field: 'amount', text: 'A constellation has more satellite families then. Choose a later date, or let families leave first' },
  hub_homes_have_fewer: { field: 'amount', text: 'A hub home has fewer beds free then. Choose a later date, or change the hub home first' },
};
const schema = z.object({
  rule: choice(CONSTELLATION_LIMITS, 'Choose the limit'),
  authority: choice([ALL, ...AUTHORITY_CODES], 'Choose all councils or one').transform((code): Council | null => (code === ALL ? null : code)),
  amount: wholeNumber(0, MOST, 'Enter how many'),
  holdsFrom: date('Enter the date from which this holds'),
  source: requiredLine(300, 'Say who decided this'),
});

/** How large constellations may be: dated limits, to which new rows are added. */
@Controller('staff/administration/constellations')
@Access('settings.manage')
export class ConstellationLimitsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly limits: ChangeConstellationLimits,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, [], {});
  }

  @Post()
  async add(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(schema, body);
    if (!form.ok) return this.show(request, response, form.errors, form.values);
    const outcome = await this.limits.run(actorOf(request), form.value);
    if (!outcome.ok) return this.show(request, response, [REFUSED[outcome.refusal]], valuesOf(body));
    redirectTo(response, limitsPath(), 'The limit is added.');
  }

  private async show(request: Request, response: Response, errors: readonly FormError[], values: FormValues): Promise<void> {
    const today = localDateOf(this.clock.now());
    const kept = await this.transactions.read(actorOf(request), (tx) => limitHistory(tx));
    await page(
      response,
      'staff/constellations/limits',
      {
        title: 'Constellations',
        address: limitsPath(),
        limits: kept.map(({ rule, authority, amount, holdsFrom, source }) => ({
          rule: LIMIT_WORDS[rule], where: authority === null ? 'All councils' : AUTHORITY_NAMES[authority], amount: String(amount), from: shortDateInWords(holdsFrom), source,
          state: holdsFrom > today ? 'to_come' : kept.some((other) => other.rule === rule && other.authority === authority && other.holdsFrom > holdsFrom && other.holdsFrom <= today) ? 'held' : 'holds',
        })),
        rules: [{ value: '', text: 'Choose' }, ...CONSTELLATION_LIMITS.map((value) => ({ value, text: LIMIT_WORDS[value] }))],
        authorities: [{ value: ALL, text: 'All councils' }, ...AUTHORITY_CODES.map((value) => ({ value, text: AUTHORITY_NAMES[value] }))],
        errors,
        values: { holdsFrom: today, ...values },
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}
