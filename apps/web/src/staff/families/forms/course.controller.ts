import { CloseJourney, CorrectHistory, HoldJourney, MILESTONE_MEANINGS, MoveJourney, ReopenJourney, ResumeJourney } from '@app/journeys';
import { refused } from '@app/kernel';
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { FamilyForms, seen } from '../family-forms';
import { closeForm, reopenForm } from './close.form';
import { correctForm } from './correct.form';
import { holdForm, resumeForm } from './hold.form';
import { moveForm } from './move.form';

/** The course of a journey: moving on, resting, closing, reopening, and putting its history right. */
@Controller('staff/families/:reference')
@Access('journeys.work')
export class CourseController {
  constructor(
    private readonly forms: FamilyForms,
    private readonly moveJourney: MoveJourney,
    private readonly holdJourney: HoldJourney,
    private readonly resumeJourney: ResumeJourney,
    private readonly closeJourney: CloseJourney,
    private readonly reopenJourney: ReopenJourney,
    private readonly correctHistory: CorrectHistory,
  ) {}

  @Get('move')
  async askMove(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, moveForm);
  }

  @Post('move')
  async move(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, moveForm, body, (given, value) => this.moveJourney.run(given.actor, { ...seen(given), ...value }), ({ milestone }) => `${MILESTONE_MEANINGS[milestone].name} recorded.`);
  }

  @Get('hold')
  async askHold(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, holdForm);
  }

  @Post('hold')
  async hold(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, holdForm, body, (given, value) => this.holdJourney.run(given.actor, { ...seen(given), ...value }), 'The journey is on hold.');
  }

  @Get('resume')
  async askResume(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, resumeForm);
  }

  @Post('resume')
  async resume(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, resumeForm, body, (given) => this.resumeJourney.run(given.actor, seen(given)), 'The journey is open again.');
  }

  @Get('close')
  @Access('journeys.close')
  async askClose(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, closeForm);
  }

  @Post('close')
  @Access('journeys.close')
  async close(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, closeForm, body, (given, { why, on, note }) => this.closeJourney.run(given.actor, { ...seen(given), ...why, on, note }), 'The journey is closed.');
  }

  @Get('reopen')
  @Access('journeys.reopen')
  async askReopen(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, reopenForm);
  }

  @Post('reopen')
  @Access('journeys.reopen')
  async reopen(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, reopenForm, body, (given, value) => this.reopenJourney.run(given.actor, { ...seen(given), ...value }), 'The journey is open again.');
  }

  @Get('correct')
  @Access('journeys.correct')
  async askCorrection(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, correctForm);
  }

  @Post('correct')
  @Access('journeys.correct')
  async correct(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(
      request, response, reference, correctForm, body,
      async (given, { what, to, reason }) => {
        if (what === 'first_response') return this.correctHistory.run(given.actor, { ...seen(given), what, to, reason });
        if (what !== 'approved') return this.correctHistory.run(given.actor, { ...seen(given), what, to, reason });
        if (to) return this.correctHistory.run(given.actor, { ...seen(given), what, to, reason });
        const approvedOn = given.family.journey.approvedOn;
        return refused({ blockers: [approvedOn ? { kind: 'already', milestone: what, on: approvedOn } : { kind: 'nothing_to_correct' }] });
      },
      'The history is corrected.',
    );
  }
}
