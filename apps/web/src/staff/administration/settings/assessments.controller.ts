import { type AssessmentSettingRefusal, ChangeAssessmentSettings, checkTypeHistory, ruleHistory } from '@app/assessments';
import { AUTHORITY_CODES, AUTHORITY_NAMES, type AuthorityCode, isCouncil } from '@app/authorities';
import { Transactions } from '@app/database';
import { Clock, localDateOf, type Result, shortDateInWords } from '@app/kernel';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { type FormValues, readForm, valuesOf } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import type { FormError } from '../../../platform/words';
import { assessmentSettingsPath } from '../paths';
import { ABOUT_WORDS, CONDITION_WORDS, checkTypeForm, endForm, RULE_WORDS, ruleForm } from './assessments.form';
import { WHOLE_HUB } from './time-limits.form';

const REFUSED: Readonly<Record<AssessmentSettingRefusal, string>> = {
  not_permitted: 'Your role does not allow this',
  not_before_today: 'Choose today or a later date: what held before is history',
  already_set_from_that_date: 'There is one from that date or a later one already. Choose a later date',
  only_yes_or_no: 'Enter 1 for yes or 0 for no',
  no_such_check: 'There is no such check on that date',
};
const MARKS = { third_party: 'Somebody else answers in confidence: never shown to applicants', destroy: 'Its details are destroyed at the decision', in_law: 'The law asks for it' };

/** What assessments ask for: dated rules and types of checks, to which new rows are added. */
@Controller('staff/administration/assessments')
@Access('settings.manage')
export class AssessmentSettingsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settings: ChangeAssessmentSettings,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, [], {});
  }

  @Post('rules')
  async addRule(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(ruleForm, body);
    if (!form.ok) return this.show(request, response, form.errors, form.values);
    await this.finish(request, response, body, 'holdsFrom', await this.settings.addRule(actorOf(request), form.value), 'The rule is added.');
  }

  @Post('checks')
  async addCheck(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(checkTypeForm, body);
    if (!form.ok) return this.show(request, response, form.errors, form.values);
    const { code, name, about, condition, times, chase, valid, marks, type_from: holdsFrom, type_source: source } = form.value;
    const type = { code, name, about, condition, times, chaseAfterWorkingDays: chase, validMonths: valid, aboutThirdParty: marks.includes('third_party'), destroyDetails: marks.includes('destroy'), inLaw: marks.includes('in_law'), holdsFrom, source };
    await this.finish(request, response, body, 'type_from', await this.settings.addCheckType(actorOf(request), type), 'The check is added. Files that are open follow on that day.');
  }

  @Post('checks/end')
  async endCheck(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(endForm, body);
    if (!form.ok) return this.show(request, response, form.errors, form.values);
    await this.finish(request, response, body, 'end_from', await this.settings.endCheckType(actorOf(request), form.value.end_code, form.value.end_from), 'The check is not asked for from that day on.');
  }

  private async finish(request: Request, response: Response, body: unknown, field: string, outcome: Result<unknown, AssessmentSettingRefusal>, done: string): Promise<void> {
    if (!outcome.ok) return this.show(request, response, [{ field, text: REFUSED[outcome.refusal] }], valuesOf(body));
    redirectTo(response, assessmentSettingsPath(), done);
  }

  private async show(request: Request, response: Response, errors: readonly FormError[], values: FormValues): Promise<void> {
    const today = localDateOf(this.clock.now());
    const { rules, types } = await this.transactions.read(actorOf(request), async (tx) => ({ rules: await ruleHistory(tx), types: await checkTypeHistory(tx) }));
    const newest = types.filter((type) => !types.some((other) => other.code === type.code && other.holdsFrom > type.holdsFrom));
    const items = (names: Readonly<Record<string, string>>, first?: string) => [...(first === undefined ? [] : [{ value: '', text: first }]), ...Object.entries(names).map(([value, text]) => ({ value, text }))];
    await page(
      response,
      'staff/administration/settings/assessments',
      {
        title: 'Assessments',
        address: assessmentSettingsPath(),
        rules: rules.map(({ rule, authority, amount, holdsFrom, source }) => ({
          rule: RULE_WORDS[rule], where: authority === null ? 'All councils' : AUTHORITY_NAMES[authority as AuthorityCode], amount: String(amount), from: shortDateInWords(holdsFrom), source,
          state: holdsFrom > today ? 'to_come' : rules.some((other) => other.rule === rule && other.authority === authority && other.holdsFrom > holdsFrom && other.holdsFrom <= today) ? 'held' : 'holds',
        })),
        types: types.map(({ name, about, condition, times, chaseAfterWorkingDays, validMonths, holdsFrom, holdsUntil }) => ({
          name, about: ABOUT_WORDS[about], condition: CONDITION_WORDS[condition], times: String(times), chase: String(chaseAfterWorkingDays), valid: validMonths === null ? '' : String(validMonths),
          from: `${shortDateInWords(holdsFrom)}${holdsUntil ? ` to ${shortDateInWords(holdsUntil)}` : ''}`,
          state: holdsFrom > today ? 'to_come' : holdsUntil !== null && holdsUntil < today ? 'held' : 'holds',
        })),
        ruleChoices: items(RULE_WORDS, 'Choose'),
        authorityChoices: [{ value: WHOLE_HUB, text: 'All councils' }, ...AUTHORITY_CODES.filter(isCouncil).map((value) => ({ value, text: AUTHORITY_NAMES[value] }))],
        typeChoices: [{ value: '', text: 'A new check' }, ...newest.map(({ code, name }) => ({ value: code, text: name }))],
        endChoices: [{ value: '', text: 'Choose' }, ...newest.filter(({ holdsUntil }) => holdsUntil === null).map(({ code, name }) => ({ value: code, text: name }))],
        abouts: items(ABOUT_WORDS, 'Choose'),
        conditions: items(CONDITION_WORDS),
        marks: items(MARKS),
        errors,
        values: { holdsFrom: today, type_from: today, end_from: today, times: '1', chase: '10', ...values },
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}
