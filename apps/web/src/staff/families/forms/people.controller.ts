import { EditApplicants, EditHome, EditMembers } from '@app/journeys';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { valuesOf } from '../../../platform/forms';
import { redirectTo } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { familyPath } from '../../paths';
import { FamilyForms, seen } from '../family-forms';
import { homeForm } from './home.form';
import { membersForm } from './members.form';
import { peopleForm } from './people.form';

/** Who the family are and how they live. */
@Controller('staff/families/:reference')
@Access('journeys.work')
export class PeopleController {
  constructor(
    private readonly forms: FamilyForms,
    private readonly editApplicants: EditApplicants,
    private readonly editHome: EditHome,
    private readonly editMembers: EditMembers,
  ) {}

  @Get('people')
  async askPeople(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, peopleForm);
  }

  @Post('people')
  async people(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, peopleForm, body, (given, applicants) => this.editApplicants.run(given.actor, { ...seen(given), applicants }), 'The applicants are saved.');
  }

  @Get('home')
  async askHome(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, homeForm);
  }

  @Post('home')
  async home(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, homeForm, body, (given, home) => this.editHome.run(given.actor, { ...seen(given), home }), 'The home is saved.');
  }

  @Get('members')
  async askMember(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, membersForm);
  }

  @Post('members')
  async member(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, membersForm, body, ({ actor, family }, member) => this.editMembers.add(actor, { journeyId: family.journey.id, member }), ({ name }) => `${name} is added.`);
  }

  @Post('members/leave')
  async memberLeaves(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    const family = await this.forms.family(actor, reference, membersForm);
    const { member: memberId } = valuesOf(body);
    const member = family.members.find(({ id }) => id === memberId);
    if (!member) throw new NotFoundException();
    const outcome = await this.editMembers.leave(actor, { journeyId: family.journey.id, memberId: member.id });
    if (!outcome.ok) throw new NotFoundException();
    redirectTo(response, familyPath(reference, {}, 'people'), `${member.name} no longer lives there.`);
  }
}
