import { may } from '@app/access';
import { AUTHORITY_CODES, AUTHORITY_NAMES } from '@app/authorities';
import { careNeed, needOn, type NeedStated, placesOffered, StateNeed } from '@app/carers';
import { Transactions } from '@app/database';
import { Clock, type LocalDate, localDateOf, shortDateInWords } from '@app/kernel';
import { Body, Controller, Get, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../../platform/access';
import { type FormValues, readForm } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { count, type FormError } from '../../platform/words';
import { date, one, requiredLine } from '../fields';
import { SaysWhatIsToMend } from '../reports/records-to-mend';
import { needPicture } from './need.presenter';
import { needPath } from './paths';
import { wholeNumber } from './terms-fields';

const MOST_CHILDREN = 9999;
const schema = z.object({
  authority: z.preprocess(one, z.enum(AUTHORITY_CODES, 'Choose the authority')),
  on: date('Enter the day from which it holds'),
  children: wholeNumber(0, MOST_CHILDREN, 'Enter how many children'),
  households: wholeNumber(0, MOST_CHILDREN, 'Enter how many households'),
  source: requiredLine(200, 'Enter where the numbers are from'),
});

/** What children in care need, beside what approved carers and families in assessment offer: where to recruit next. */
@Controller('staff/carers/need')
@Access('reports.read')
@UseInterceptors(SaysWhatIsToMend)
export class NeedController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly stateNeed: StateNeed,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.page(request, response, [], {});
  }

  @Post()
  @Access('targets.manage')
  async state(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const read = readForm(schema, body);
    if (!read.ok) return this.page(request, response, read.errors, read.values);
    const { authority, on, children, households, source } = read.value;
    const stated: NeedStated = { authority, holdsFrom: on, children, households, source };
    await this.stateNeed.run(actorOf(request), stated);
    redirectTo(response, needPath(), 'The numbers are kept. What was stated before stays in the list.');
  }

  private async page(request: Request, response: Response, errors: readonly FormError[], values: FormValues): Promise<void> {
    const actor = actorOf(request);
    const today = localDateOf(this.clock.now());
    const { need, offered } = await this.transactions.read(actor, async (tx) => ({ need: await careNeed(tx), offered: await placesOffered(tx, today) }));
    await page(
      response,
      'staff/carers/need',
      {
        title: 'What children need, and what carers offer',
        ...needPicture(need, offered, today),
        stated: need.map((each) => [{ text: AUTHORITY_NAMES[each.authority] }, { text: `${shortDateInWords(each.holdsFrom)}${standingOf(need, each, today)}` }, { text: count(each.children), numeric: true }, { text: count(each.households), numeric: true }, { text: each.source }]),
        authorities: [{ value: '', text: 'Choose an authority' }, ...AUTHORITY_CODES.filter((code) => may(actor, 'targets.manage', code)).map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))],
        states: may(actor, 'targets.manage'),
        values,
        errors,
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}

/** What stands beside a day: whether its numbers count today, will later, or were corrected. */
function standingOf(stated: readonly NeedStated[], each: NeedStated, today: LocalDate): string {
  if (stated.find(({ authority, holdsFrom }) => authority === each.authority && holdsFrom === each.holdsFrom) !== each) return ' (corrected since)';
  if (each.holdsFrom > today) return ' (to come)';
  return needOn(stated, each.authority, today) === each ? ' (counts now)' : '';
}
