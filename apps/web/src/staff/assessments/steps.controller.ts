import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { DecisionSteps } from '../decisions/decision-steps';
import { FamilyForms } from '../families/family-forms';
import { PanelCaseSteps } from '../panels/case-steps';
import type { FileStep } from './file-step';
import { CheckSteps } from './steps/check-steps';
import { Stage1Steps } from './steps/stage-1-steps';
import { Stage2Steps } from './steps/stage-2-steps';

/**
 * Every step of an assessment has a page of its own: its form, and what it does. Each step names its action; one that
 * the actor may not take for this family is a 404, as is a step that does not exist.
 */
@Controller('staff/families/:reference/assessment')
@Access('assessments.read')
export class StepsController {
  private readonly steps: ReadonlyMap<string, FileStep>;

  constructor(
    private readonly forms: FamilyForms,
    checks: CheckSteps,
    stage1: Stage1Steps,
    stage2: Stage2Steps,
    panel: PanelCaseSteps,
    decision: DecisionSteps,
  ) {
    this.steps = new Map([checks, stage1, stage2, panel, decision].flatMap(({ steps }) => steps).map((step) => [step.slug, step]));
  }

  @Get(':step')
  ask(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('step') step: string): Promise<void> {
    return this.stepOf(step).ask(this.forms, request, response, reference, '');
  }

  @Post(':step')
  take(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('step') step: string, @Body() body: unknown): Promise<void> {
    return this.stepOf(step).take(this.forms, request, response, reference, '', body);
  }

  @Get(':step/:subject')
  askAbout(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('step') step: string, @Param('subject') subject: string): Promise<void> {
    return this.stepOf(step).ask(this.forms, request, response, reference, idOf(subject));
  }

  @Post(':step/:subject')
  takeAbout(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('step') step: string, @Param('subject') subject: string, @Body() body: unknown): Promise<void> {
    return this.stepOf(step).take(this.forms, request, response, reference, idOf(subject), body);
  }

  private stepOf(slug: string): FileStep {
    const step = this.steps.get(slug);
    if (!step) throw new NotFoundException();
    return step;
  }
}

/** What follows a step in its address is always an id. */
function idOf(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) throw new NotFoundException();
  return text;
}
