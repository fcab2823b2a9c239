import { AUTHORITY_NAMES } from '@app/authorities';
import { AssignJourney, type FamilyPage, familyPage, MarkKinship, MarkSafeguarding, MergeJourneys, RouteJourney, TellApart } from '@app/journeys';
import { Transactions } from '@app/database';
import { shortDateInWords } from '@app/kernel';
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { readForm, valuesOf } from '../../../platform/forms';
import { actorOf } from '../../../platform/request';
import { phoneInWords } from '../../in-words';
import { STAGE_NAMES } from '../../stage-names';
import { FamilyForms, seen } from '../family-forms';
import { assignForm } from './assign.form';
import { kinshipForm, safeguardingForm } from './marks.form';
import { familyPath } from '../../paths';
import { mergeForm } from './merge.form';
import { routeForm } from './route.form';

/** In whose hands a family is, and the marks that decide how it is treated: assigning, routing, marking, merging. */
@Controller('staff/families/:reference')
export class HandsController {
  constructor(
    private readonly forms: FamilyForms,
    private readonly transactions: Transactions,
    private readonly assignJourney: AssignJourney,
    private readonly routeJourney: RouteJourney,
    private readonly markKinship: MarkKinship,
    private readonly markSafeguarding: MarkSafeguarding,
    private readonly mergeJourneys: MergeJourneys,
    private readonly tellApart: TellApart,
  ) {}

  @Get('assign')
  @Access('journeys.assign')
  async askAssign(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, assignForm);
  }

  @Post('assign')
  @Access('journeys.assign')
  async assign(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(
      request, response, reference, assignForm, body,
      (given, { officer, social_worker: socialWorkerId, note }) => this.assignJourney.run(given.actor, { ...seen(given), officerId: officer, socialWorkerId, note }),
      'The family is assigned.',
    );
  }

  @Get('route')
  @Access('journeys.route')
  async askRoute(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, routeForm);
  }

  @Post('route')
  @Access('journeys.route')
  async route(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, routeForm, body, (given, value) => this.routeJourney.run(given.actor, { ...seen(given), ...value }), ({ authority }) => `The family is now with ${AUTHORITY_NAMES[authority]}.`);
  }

  @Get('kinship')
  @Access('journeys.work')
  async askKinship(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, kinshipForm);
  }

  @Post('kinship')
  @Access('journeys.work')
  async kinship(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, kinshipForm, body, (given, { reason }) => this.markKinship.run(given.actor, { ...seen(given), kinship: !given.family.journey.kinship, reason }), 'The kinship mark is changed.');
  }

  @Get('safeguarding')
  @Access('journeys.work')
  async askSafeguarding(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, safeguardingForm);
  }

  @Post('safeguarding')
  @Access('journeys.work')
  async safeguarding(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, safeguardingForm, body, (given, { note }) => this.markSafeguarding.run(given.actor, { ...seen(given), concern: !given.family.journey.safeguarding, note }), 'The safeguarding mark is changed.');
  }

  @Get('merge')
  @Access('journeys.merge')
  async askMerge(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, mergeForm);
  }

  /** The first time it shows both journeys beside each other; once it is said whether they are of one family it merges them, or keeps that they are not. */
  @Post('merge')
  @Access('journeys.merge')
  async merge(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    const values = valuesOf(body);
    const family = await this.forms.family(actor, reference, mergeForm);
    const read = readForm(mergeForm.schema, body);
    const other = read.ok ? await this.transactions.read(actor, (tx) => familyPage(tx, read.value.reference)) : null;
    if (read.ok && !other) return this.forms.showAgain(response, actor, reference, mergeForm, { values, errors: [{ field: 'reference', text: 'There is no such journey, or it is not yours to see. Check the reference' }] });
    if (read.ok && other && read.value.same === null && other.journey.id !== family.journey.id) {
      const errors = read.value.asked ? [{ field: 'same', text: 'Say whether this is one family' }] : [];
      return this.forms.showAgain(response, actor, reference, mergeForm, { values, errors, extra: { other: beside(family, other) } });
    }
    if (read.ok && other && read.value.same === 'no') {
      return this.forms.take(request, response, reference, mergeForm, body, (given) => this.tellApart.run(given.actor, { ...seen(given), otherId: other.journey.id }), 'They are kept as two families.');
    }
    const kept = other && other.journey.enquiryReceivedAt < family.journey.enquiryReceivedAt ? other.journey.reference : reference;
    await this.forms.take(request, response, reference, mergeForm, { ...values, back: familyPath(kept) }, (given) => this.mergeJourneys.run(given.actor, { ...seen(given), otherId: other?.journey.id ?? '' }), 'The two journeys are merged.');
  }
}

/** Two journeys in one table, for whoever decides whether they are the same household. */
function beside(family: FamilyPage, other: FamilyPage) {
  const facts: readonly (readonly [string, (one: FamilyPage) => string])[] = [
    ['Name', (one) => one.name],
    ['Telephone', (one) => one.applicants.map(({ phone }) => phoneInWords(phone)).filter(Boolean).join(', ')],
    ['Email', (one) => one.applicants.map(({ email }) => email).filter(Boolean).join(', ')],
    ['Postcode', (one) => one.home.postcode ?? ''],
    ['Council', (one) => AUTHORITY_NAMES[one.journey.authority]],
    ['Enquired', (one) => shortDateInWords(one.journey.enquiryOn)],
    ['Stage', (one) => STAGE_NAMES[one.journey.stage]],
  ];
  const kept = other.journey.enquiryReceivedAt < family.journey.enquiryReceivedAt ? other : family;
  return { reference: other.journey.reference, kept: kept.journey.reference, rows: facts.map(([label, of]) => [{ text: label }, { text: of(family) || 'Not given' }, { text: of(other) || 'Not given' }]) };
}
