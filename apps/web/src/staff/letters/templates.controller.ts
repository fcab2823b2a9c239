import { AUTHORITY_CODES, AUTHORITY_NAMES } from '@app/authorities';
import { Transactions } from '@app/database';
import { Clock, dateInWords, localDateOf, shortDateInWords } from '@app/kernel';
import { AddTemplate, isLetterCode, LETTER_CODES, type LetterCode, LETTERS, PLACEHOLDER_MEANINGS, templateInForce, type TemplateRefusal, templatesOf, wordingRefusalInWords } from '@app/letters';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { type FormValues, readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import type { FormError } from '../../platform/words';
import { templateForm, WHOLE_HUB } from './letters.form';
import { letterTemplatePath, letterTemplatesPath } from './paths';

/** The wordings of letters: dated, for all authorities or one. */
@Controller('staff/administration/letter-templates')
@Access('settings.manage')
export class LetterTemplatesController {
  constructor(
    private readonly transactions: Transactions,
    private readonly addTemplate: AddTemplate,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Res() response: Response): Promise<void> {
    await page(response, 'staff/letters/templates', { title: 'Letters', letters: LETTER_CODES.map((code) => ({ href: letterTemplatePath(code), text: LETTERS[code].name })) });
  }

  @Get(':code')
  async show(@Req() request: Request, @Res() response: Response, @Param('code') code: string): Promise<void> {
    await this.form(request, response, known(code), null, []);
  }

  @Post(':code')
  async add(@Req() request: Request, @Res() response: Response, @Param('code') given: string, @Body() body: unknown): Promise<void> {
    const code = known(given);
    const form = readForm(templateForm, body);
    if (!form.ok) return this.form(request, response, code, form.values, form.errors);
    const added = await this.addTemplate.run(actorOf(request), { code, ...form.value });
    if (!added.ok) return this.form(request, response, code, valuesOf(body), [errorOf(code, added.refusal)]);
    redirectTo(response, letterTemplatePath(code), `The wording holds from ${dateInWords(form.value.holdsFrom)}. Letters that were sent keep theirs.`);
  }

  private async form(request: Request, response: Response, code: LetterCode, typed: FormValues | null, errors: readonly FormError[]): Promise<void> {
    const today = localDateOf(this.clock.now());
    const { templates, hubs } = await this.transactions.read(actorOf(request), async (tx) => ({ templates: await templatesOf(tx, code), hubs: await templateInForce(tx, code, WHOLE_HUB, today) }));
    await page(
      response,
      'staff/letters/template',
      {
        title: LETTERS[code].name,
        back: letterTemplatesPath(),
        address: letterTemplatePath(code),
        templates: templates.map(({ authority, holdsFrom, subject, body }) => ({ where: authority === null ? 'All authorities' : AUTHORITY_NAMES[authority], from: shortDateInWords(holdsFrom), toCome: holdsFrom > today, subject, body })),
        places: LETTERS[code].facts.map((name) => ({ name: `{{${name}}}`, meaning: PLACEHOLDER_MEANINGS[name] })),
        authorityChoices: [{ value: WHOLE_HUB, text: 'All authorities' }, ...AUTHORITY_CODES.map((value) => ({ value, text: AUTHORITY_NAMES[value] }))],
        values: typed ?? { authority: WHOLE_HUB, holdsFrom: today, subject: hubs?.subject ?? '', body: hubs?.body ?? '' },
        errors,
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}

function known(code: string): LetterCode {
  if (!isLetterCode(code)) throw new NotFoundException();
  return code;
}

function errorOf(code: LetterCode, refusal: TemplateRefusal): FormError {
  switch (refusal.kind) {
    case 'not_before_today':
      return { field: 'holdsFrom', text: 'Choose today or a later date: what held before is history' };
    case 'already_set_from_that_date':
      return { field: 'holdsFrom', text: 'There is a wording from that date already. Choose another date' };
    default:
      return { field: 'body', text: wordingRefusalInWords(code, refusal) };
  }
}
