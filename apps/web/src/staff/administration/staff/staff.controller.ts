import { InviteStaff, type InvitationRefusal, staffList, staffMember } from '@app/access';
import { Transactions } from '@app/database';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { type FormValues, formRefused, readForm } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import type { FormError } from '../../../platform/words';
import { anId } from '../id.pipe';
import { memberPath } from '../paths';
import { inviteForm } from './staff.form';
import { reachChoices, roleChoices, staffRow } from './staff.page';

const REFUSALS: Readonly<Record<InvitationRefusal, FormError>> = {
  not_an_email: { field: 'email', text: 'Enter an email address, such as name@example.org' },
  no_name: { field: 'name', text: 'Enter the name' },
  wrong_reach: { field: 'authority', text: 'That role cannot be held there' },
  known_already: { field: 'email', text: 'Somebody with this address has a sign-in already: give them the role on their page' },
};

/** Who works here, and inviting somebody new. */
@Controller('staff/administration/staff')
@Access('staff.manage')
export class StaffController {
  constructor(
    private readonly transactions: Transactions,
    private readonly inviteStaff: InviteStaff,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const staff = await this.transactions.read(actorOf(request), staffList);
    await page(response, 'staff/administration/staff/list', {
      title: 'Staff and roles',
      present: staff.filter(({ state }) => state !== 'left').map(staffRow),
      gone: staff.filter(({ state }) => state === 'left').map(staffRow),
    });
  }

  @Get('invite')
  async askWhom(@Res() response: Response): Promise<void> {
    await this.showInvitation(response, [], {});
  }

  @Post('invite')
  async invite(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(inviteForm, body);
    if (!form.ok) return this.showInvitation(response, form.errors, form.values);
    const invited = await this.inviteStaff.run(actorOf(request), form.value);
    if (!invited.ok) {
      const { errors, values } = formRefused(body, REFUSALS[invited.refusal]);
      return this.showInvitation(response, errors, values);
    }
    redirectTo(response, memberPath(invited.value.staffId), `Invited. A link to choose a password is on its way to ${form.value.email}; it works for a week.`);
  }

  @Post(':staffId/invite-again')
  async inviteAgain(@Req() request: Request, @Res() response: Response, @Param('staffId', anId) staffId: string): Promise<void> {
    const actor = actorOf(request);
    const sent = await this.inviteStaff.again(actor, staffId);
    const member = await this.transactions.read(actor, (tx) => staffMember(tx, staffId));
    if (!member) throw new NotFoundException();
    redirectTo(response, memberPath(staffId), sent ? 'A new link is on its way. It works for a week.' : `${member.name} has been here already and needs no invitation.`);
  }

  private async showInvitation(response: Response, errors: readonly FormError[], values: FormValues): Promise<void> {
    await page(response, 'staff/administration/staff/invite', { title: 'Invite somebody', errors, values, roleChoices, reachChoices }, errors.length > 0 ? UNPROCESSABLE : 200);
  }
}
