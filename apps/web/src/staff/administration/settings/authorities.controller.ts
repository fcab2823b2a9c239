import { authorityDetails, authorityDetailsHistory, AUTHORITY_NAMES, type AuthorityDetails, ChangeSettings, type Council, HOST_COUNCIL, isCouncil } from '@app/authorities';
import { Transactions } from '@app/database';
import { Clock, dateInWords, localDateOf } from '@app/kernel';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { type FormValues, formRefused, readForm } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import type { FormError } from '../../../platform/words';
import { authorityPath } from '../paths';
import { authorityForm } from './authorities.form';
import { settingRefusal } from './setting-refusals';

/** How each council is reached, from a date on. */
@Controller('staff/administration/authorities')
@Access('settings.manage')
export class AuthoritiesController {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeSettings: ChangeSettings,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const today = localDateOf(this.clock.now());
    const details = await this.transactions.read(actorOf(request), (tx) => authorityDetails(tx, today));
    const authorities = details.map((each) => ({ ...each, href: authorityPath(each.authority), isHost: each.authority === HOST_COUNCIL }));
    await page(response, 'staff/administration/settings/authorities', { title: 'Authorities', authorities });
  }

  @Get(':code')
  async show(@Req() request: Request, @Res() response: Response, @Param('code') code: string): Promise<void> {
    const council = councilOr404(code);
    const [newest] = await this.history(request, council);
    const values: FormValues = newest ? { name: newest.name, team: newest.team, phone: newest.phone, email: newest.email, website: newest.website, address: newest.address } : {};
    await this.showCouncil(request, response, council, [], values);
  }

  @Post(':code')
  async change(@Req() request: Request, @Res() response: Response, @Param('code') code: string, @Body() body: unknown): Promise<void> {
    const council = councilOr404(code);
    const form = readForm(authorityForm, body);
    if (!form.ok) return this.showCouncil(request, response, council, form.errors, form.values);
    const changed = await this.changeSettings.addAuthorityDetails(actorOf(request), { authority: council, ...form.value });
    if (!changed.ok) return this.showCouncil(request, response, council, [settingRefusal(changed.refusal, 'holdsFrom')], formRefused(body).values);
    redirectTo(response, authorityPath(council), `Saved. It holds from ${dateInWords(form.value.holdsFrom)}.`);
  }

  private history(request: Request, council: Council): Promise<AuthorityDetails[]> {
    return this.transactions.read(actorOf(request), (tx) => authorityDetailsHistory(tx, council));
  }

  private async showCouncil(request: Request, response: Response, council: Council, errors: readonly FormError[], values: FormValues): Promise<void> {
    const today = localDateOf(this.clock.now());
    const history = await this.history(request, council);
    const inForce = history.find(({ holdsFrom }) => holdsFrom <= today);
    await page(
      response,
      'staff/administration/settings/authority',
      {
        title: AUTHORITY_NAMES[council],
        isHost: council === HOST_COUNCIL,
        history: history.map((each) => ({ ...each, state: each === inForce ? 'holds' : each.holdsFrom > today ? 'to_come' : 'held' })),
        errors,
        values: { holdsFrom: today, ...values },
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}

function councilOr404(code: string): Council {
  if (!isCouncil(code)) throw new NotFoundException();
  return code;
}
