import { GrantRole, may, RevokeRole, type ListedStaff, type RoleRefusal, staffMember, staffWhoMay } from '@app/access';
import { Transactions } from '@app/database';
import { LeaveStaff, type LeaveStaffRefusal } from '@app/journeys';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { type FormValues, formRefused, readForm } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { countOf, type FormError } from '../../../platform/words';
import { anId } from '../id.pipe';
import { memberPath } from '../paths';
import { leaveForm, NOBODY, roleForm } from './staff.form';
import { heldInWords, reachChoices, roleChoices, staffMemberPage } from './staff.page';

const ROLE_REFUSALS: Readonly<Record<RoleRefusal, FormError>> = {
  no_such_person: { field: 'role', text: 'They have left: no role can be given to them' },
  wrong_reach: { field: 'authority', text: 'That role cannot be held there' },
  held_already: { field: 'role', text: 'They hold this role already' },
  not_held: { field: '', text: 'They do not hold that role any more' },
  last_administrator: { field: '', text: 'They are the last administrator: give the role to somebody else first' },
};

const LEAVE_REFUSALS: Readonly<Record<LeaveStaffRefusal, FormError>> = {
  no_such_person: { field: 'to', text: 'They have left already' },
  no_such_colleague: { field: 'to', text: 'Choose somebody who works here, or nobody' },
  last_administrator: { field: 'to', text: 'They are the last administrator: give the role to somebody else first' },
  not_permitted: { field: 'to', text: 'You may not do this' },
};

/** One member of staff: roles given and taken, and leaving. */
@Controller('staff/administration/staff/:staffId')
@Access('staff.manage')
export class MemberController {
  constructor(
    private readonly transactions: Transactions,
    private readonly grantRole: GrantRole,
    private readonly revokeRole: RevokeRole,
    private readonly leaveStaff: LeaveStaff,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Param('staffId', anId) staffId: string): Promise<void> {
    await this.showMember(request, response, staffId, [], {});
  }

  @Post('roles')
  async grant(@Req() request: Request, @Res() response: Response, @Param('staffId', anId) staffId: string, @Body() body: unknown): Promise<void> {
    const form = readForm(roleForm, body);
    if (!form.ok) return this.showMember(request, response, staffId, form.errors, form.values);
    const granted = await this.grantRole.run(actorOf(request), { staffId, ...form.value });
    if (!granted.ok) return this.showMember(request, response, staffId, [ROLE_REFUSALS[granted.refusal]], formRefused(body).values);
    redirectTo(response, memberPath(staffId), `Role given: ${heldInWords(form.value)}.`);
  }

  @Post('roles/:roleId/take')
  async revoke(@Req() request: Request, @Res() response: Response, @Param('staffId', anId) staffId: string, @Param('roleId', anId) roleId: string): Promise<void> {
    const taken = await this.revokeRole.run(actorOf(request), { staffId, roleId });
    if (!taken.ok) return this.showMember(request, response, staffId, [ROLE_REFUSALS[taken.refusal]], {});
    redirectTo(response, memberPath(staffId), 'Role taken back. It counts with their next click.');
  }

  @Get('leave')
  async askWhoTakesOver(@Req() request: Request, @Res() response: Response, @Param('staffId', anId) staffId: string): Promise<void> {
    await this.showLeaving(request, response, staffId, [], {});
  }

  @Post('leave')
  async leave(@Req() request: Request, @Res() response: Response, @Param('staffId', anId) staffId: string, @Body() body: unknown): Promise<void> {
    const form = readForm(leaveForm, body);
    if (!form.ok) return this.showLeaving(request, response, staffId, form.errors, form.values);
    const member = await this.member(request, staffId);
    const left = await this.leaveStaff.run(actorOf(request), { staffId, to: form.value.to });
    if (!left.ok) return this.showLeaving(request, response, staffId, [LEAVE_REFUSALS[left.refusal]], formRefused(body).values);
    const { toColleague, toQueue } = left.value;
    const parts = [toColleague > 0 ? `${countOf(toColleague, 'family is', 'families are')} with the colleague` : '', toQueue > 0 ? `${countOf(toQueue, 'family waits', 'families wait')} to be assigned` : ''].filter((part) => part !== '');
    redirectTo(response, memberPath(staffId), `${member.name} has left and is signed out everywhere.${parts.length > 0 ? ` ${parts.join('; ')}.` : ''}`);
  }

  private async member(request: Request, staffId: string): Promise<ListedStaff> {
    const member = await this.transactions.read(actorOf(request), (tx) => staffMember(tx, staffId));
    if (!member) throw new NotFoundException();
    return member;
  }

  private async showMember(request: Request, response: Response, staffId: string, errors: readonly FormError[], values: FormValues): Promise<void> {
    const member = await this.member(request, staffId);
    await page(
      response,
      'staff/administration/staff/member',
      { title: member.name, member: staffMemberPage(member), path: memberPath(staffId), errors, values, roleChoices, reachChoices },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }

  private async showLeaving(request: Request, response: Response, staffId: string, errors: readonly FormError[], values: FormValues): Promise<void> {
    const member = await this.member(request, staffId);
    const colleagues = (await this.transactions.read(actorOf(request), (tx) => staffWhoMay(tx, 'journeys.work'))).filter((colleague) => colleague.staffId !== staffId);
    await page(
      response,
      'staff/administration/staff/leave',
      {
        title: `${member.name} leaves`,
        member: staffMemberPage(member),
        path: memberPath(staffId),
        families: await this.leaveStaff.familiesOf(staffId),
        choices: [
          { value: '', text: 'Choose' },
          { value: NOBODY, text: 'Nobody: the families wait to be assigned' },
          ...colleagues.map(({ staffId: value, name, roles }) => ({ value, text: `${name} (${roles.filter((held) => may({ roles: [held] }, 'journeys.work')).map(heldInWords).join('; ')})` })),
        ],
        errors,
        values,
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}
