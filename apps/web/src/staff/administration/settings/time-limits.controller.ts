import { AUTHORITY_CODES, AUTHORITY_NAMES, type AuthorityCode, ChangeSettings } from '@app/authorities';
import { Transactions } from '@app/database';
import { limitInForce, type SourcedTimeLimit, type TimeLimitRule, timeLimitRules, timeLimits } from '@app/deadlines';
import { Clock, dateInWords, type LocalDate, localDateOf, shortDateInWords } from '@app/kernel';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { type FormValues, formRefused, readForm } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import type { FormError } from '../../../platform/words';
import { timeLimitsPath } from '../paths';
import { limitInWords, ruleInWords } from './limit-in-words';
import { settingRefusal } from './setting-refusals';
import { timeLimitForm, WHOLE_HUB } from './time-limits.form';

/** Time limits: dated rows, to which new ones are added. */
@Controller('staff/administration/time-limits')
@Access('settings.manage')
export class TimeLimitsController {
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
    const limits = await this.limits(request);
    const form = readForm(timeLimitForm(rulesOf(limits)), body);
    if (!form.ok) return this.show(request, response, form.errors, form.values);
    const added = await this.changeSettings.addTimeLimit(actorOf(request), form.value);
    if (!added.ok) return this.show(request, response, [settingRefusal(added.refusal, 'holdsFrom')], formRefused(body).values);
    redirectTo(response, timeLimitsPath(), `${ruleInWords(form.value.rule)}: ${limitInWords(form.value)} from ${dateInWords(form.value.holdsFrom)}. Clocks that run already keep the limit they started with.`);
  }

  private limits(request: Request): Promise<SourcedTimeLimit[]> {
    return this.transactions.read(actorOf(request), timeLimits);
  }

  private async show(request: Request, response: Response, errors: readonly FormError[], values: FormValues): Promise<void> {
    const today = localDateOf(this.clock.now());
    const limits = await this.limits(request);
    const rules = rulesOf(limits);
    await page(
      response,
      'staff/administration/settings/time-limits',
      {
        title: 'Time limits',
        rows: rules.flatMap((rule) => rowsOf(rule, limits, today)),
        ruleChoices: [{ value: '', text: 'Choose' }, ...rules.map((value) => ({ value, text: ruleInWords(value) }))],
        authorityChoices: [{ value: WHOLE_HUB, text: 'All authorities' }, ...AUTHORITY_CODES.map((value) => ({ value, text: AUTHORITY_NAMES[value] }))],
        unitChoices: [{ value: 'working_days', text: 'working days' }, { value: 'calendar_days', text: 'calendar days' }, { value: 'months', text: 'months' }],
        errors,
        values: { holdsFrom: today, ...values },
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}

/** The rules in use, in the order in which a family meets them. */
const rulesOf = (limits: readonly SourcedTimeLimit[]): TimeLimitRule[] => timeLimitRules.filter((rule) => limits.some((limit) => limit.rule === rule));

/** The rows of one rule, newest first: what holds now, what held, what is to come. */
function rowsOf(rule: TimeLimitRule, limits: readonly SourcedTimeLimit[], today: LocalDate): readonly object[] {
  return limits
    .filter((limit) => limit.rule === rule)
    .sort((one, other) => (one.holdsFrom < other.holdsFrom ? 1 : -1))
    .map((limit) => ({
      rule: ruleInWords(rule),
      authority: limit.authority === null ? 'All authorities' : AUTHORITY_NAMES[limit.authority as AuthorityCode],
      limit: limitInWords(limit),
      from: shortDateInWords(limit.holdsFrom),
      source: limit.source,
      state: limit.holdsFrom > today ? 'to_come' : limitInForce(limits.filter(({ authority }) => authority === limit.authority), rule, today, limit.authority)?.id === limit.id ? 'holds' : 'held',
    }));
}
