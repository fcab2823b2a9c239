import { GiveWebsiteToken, WEBSITE_SCOPES, type WebsiteScope, websites, WithdrawWebsiteToken } from '@app/access';
import { Transactions } from '@app/database';
import { momentInWords } from '@app/kernel';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../../../platform/access';
import { type FormValues, readForm } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import type { FormError } from '../../../platform/words';
import { choices, requiredLine } from '../../fields';
import { anId } from '../id.pipe';
import { websitesPath } from '../paths';

const SCOPE_WORDS: Readonly<Record<WebsiteScope, string>> = { 'enquiries:write': 'Send enquiries', 'reports:read': 'Read reports: figures, never names' };

const websiteForm = z.object({
  name: requiredLine(120, 'Enter whose website or program it is'),
  scopes: choices(WEBSITE_SCOPES).refine((scopes) => scopes.length > 0, { message: 'Choose what the token is for' }),
});

/** Tokens of the councils' own websites, and of programs that read reports. */
@Controller('staff/administration/websites')
@Access('websites.manage')
export class WebsitesController {
  constructor(
    private readonly transactions: Transactions,
    private readonly giveWebsiteToken: GiveWebsiteToken,
    private readonly withdrawWebsiteToken: WithdrawWebsiteToken,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, [], {});
  }

  /** Answers with the token at once: it is kept nowhere, so it cannot wait for the page after a redirect. */
  @Post()
  async give(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(websiteForm, body);
    if (!form.ok) return this.show(request, response, form.errors, form.values);
    const given = await this.giveWebsiteToken.run(actorOf(request), form.value);
    if (!given.ok) return this.show(request, response, [given.refusal === 'no_name' ? { field: 'name', text: 'Enter whose website or program it is' } : { field: 'scopes', text: 'Choose what the token is for' }], form.value);
    await page(response, 'staff/administration/websites/token', { title: `The token of ${form.value.name}`, token: given.value.token, uses: form.value.scopes.map((scope) => SCOPE_WORDS[scope]) });
  }

  @Post(':id/withdraw')
  async withdraw(@Req() request: Request, @Res() response: Response, @Param('id', anId) id: string): Promise<void> {
    if (!(await this.withdrawWebsiteToken.run(actorOf(request), id))) throw new NotFoundException();
    redirectTo(response, websitesPath(), 'The token is withdrawn: nothing that comes with it is taken any more.');
  }

  private async show(request: Request, response: Response, errors: readonly FormError[], values: FormValues): Promise<void> {
    const known = await this.transactions.read(actorOf(request), websites);
    await page(
      response,
      'staff/administration/websites/websites',
      {
        title: 'Websites',
        websites: known.map(({ id, name, scopes, createdAt, lastUsedAt, revokedAt }) => ({
          id,
          name,
          uses: scopes.map((scope) => SCOPE_WORDS[scope]),
          given: momentInWords(createdAt),
          lastUsed: lastUsedAt ? momentInWords(lastUsedAt) : 'Never',
          withdrawn: revokedAt ? momentInWords(revokedAt) : null,
        })),
        scopeChoices: WEBSITE_SCOPES.map((value) => ({ value, text: SCOPE_WORDS[value] })),
        errors,
        values,
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}
