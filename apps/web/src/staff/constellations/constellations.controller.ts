import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { AUTHORITY_CODES, AUTHORITY_NAMES, type Council } from '@app/authorities';
import { activityPage, candidates, type ConstellationBlocker, constellationBlockerInWords, constellationList, constellationPage, type ConstellationPage, type ConstellationRefusal, holdsOn, InviteFamilies, KeepLife, ACTIVITY_KIND_NAMES, REPLY_NAMES, RunConstellation } from '@app/constellations';
import { Transactions } from '@app/database';
import { Clock, dateInWords, localDateOf, momentInWords, type Result } from '@app/kernel';
import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../../platform/access';
import { type FormValues, readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { countOf, type FormError } from '../../platform/words';
import { showRecordForm, versionOf } from '../carers/record-form';
import { date, one, requiredLine } from '../fields';
import { shownConstellation } from './constellation.presenter';
import { ConstellationSteps, liaisonItems } from './constellation-steps';
import { constellationPath, constellationsPath } from './paths';

const IS_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const optionalId = z.preprocess((given) => one(given) || null, z.uuid().nullable());
const startSchema = z.object({ authority: z.preprocess(one, z.enum(AUTHORITY_CODES, 'Choose the authority')), name: requiredLine(80, 'Enter the name'), area: requiredLine(120, 'Enter the area'), started_on: date('Enter the first day'), liaison: optionalId, hub_home: optionalId });

/** Constellations: their list, each one's page with its map, and what happens there. */
@Controller('staff/constellations')
@Access('constellations.read')
export class ConstellationsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly run: RunConstellation,
    private readonly steps: ConstellationSteps,
    private readonly life: KeepLife,
    private readonly invitations: InviteFamilies,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const actor = actorOf(request);
    const listed = await this.transactions.read(actor, (tx) => constellationList(tx, this.today()));
    await page(response, 'staff/constellations/constellations', {
      title: 'Constellations',
      rows: listed.map((each) => ({
        name: each.name, href: constellationPath(each.id), place: `${AUTHORITY_NAMES[each.authority]}, ${each.area}`, hubHome: each.hubHome ?? 'No hub home', liaison: each.liaison ?? 'Nobody yet',
        size: countOf(each.satellites, 'satellite family', 'satellite families'), since: dateInWords(each.startedOn),
        tag: each.endedOn !== null && each.endedOn <= this.today() ? { text: 'Ended', tone: 'quiet' } : each.hubHome === null ? { text: 'No hub home', tone: 'alarm' } : each.satellites < each.fewest ? { text: `Fewer than ${String(each.fewest)}`, tone: 'wait' } : { text: 'Complete', tone: 'good' },
      })),
      start: may(actor, 'constellations.work') ? constellationPath('start') : null,
    });
  }

  @Get('start')
  @Access('constellations.work')
  async askStart(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.startForm(request, response, {}, []);
  }

  @Post('start')
  @Access('constellations.work')
  async start(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    const read = readForm(startSchema, body);
    if (!read.ok) return this.startForm(request, response, read.values, read.errors);
    const { authority, name, area, started_on, liaison, hub_home } = read.value;
    const outcome = await this.run.start(actor, { authority, name, area, startedOn: started_on, liaisonId: liaison, hubHomeId: hub_home });
    if (!outcome.ok) return this.startForm(request, response, valuesOf(body), errorsOf(outcome.refusal.blockers, (blocker) => (blocker.kind === 'liaison' ? 'liaison' : blocker.kind === 'rule' && blocker.rule === 'constellations_authority_name_key' ? 'name' : 'hub_home')));
    redirectTo(response, constellationPath(outcome.value.id), 'The constellation is started. Add its families next.');
  }

  @Get(':id')
  async show(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const actor = actorOf(request);
    const shown = await this.open(actor, id, true);
    await page(response, 'staff/constellations/constellation', { title: shown.constellation.name, shown: shownConstellation(actor, shown, this.steps.steps, this.today()), back: constellationsPath(), achievements: constellationPath(id, 'achievements') });
  }

  @Get(':id/activities/:activity')
  async activity(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Param('activity') activityId: string): Promise<void> {
    await this.showActivity(request, response, id, activityId, []);
  }

  @Post(':id/activities/:activity')
  @Access('constellations.work')
  async act(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Param('activity') activityId: string, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    if (!IS_ID.test(activityId)) throw new NotFoundException();
    const { constellation } = await this.open(actor, id);
    const { what, came } = valuesOf(body);
    const about = { constellationId: constellation.id, activityId };
    const back = constellationPath(id, `activities/${activityId}`);
    const done = async (work: Promise<Result<unknown, ConstellationRefusal>>, said: string): Promise<void> => {
      const outcome = await work;
      if (outcome.ok) return redirectTo(response, back, said);
      await this.showActivity(request, response, id, activityId, errorsOf(outcome.refusal.blockers, () => 'what'));
    };
    if (what === 'invite') return done(this.invitations.run(actor, about), 'The families are invited by email. Answers appear here.');
    if (what === 'cancel') return done(this.invitations.cancel(actor, about), 'The activity is cancelled. Whoever was invited hears of it.');
    return done(this.life.attend(actor, { ...about, came: came === undefined ? [] : typeof came === 'string' ? [came] : came }), 'It is recorded who came.');
  }

  @Get(':id/:step')
  @Access('constellations.work')
  async askStep(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Param('step') slug: string, @Query('about') about?: unknown): Promise<void> {
    await this.step(request, response, id, slug, null, [], typeof about === 'string' ? about : '');
  }

  @Post(':id/:step')
  @Access('constellations.work')
  async takeStep(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Param('step') slug: string, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    const step = this.steps.steps.find((known) => known.slug === slug);
    if (!step) throw new NotFoundException();
    await this.openToWork(actor, id);
    const values = valuesOf(body);
    const read = readForm(step.schema, body);
    if (!read.ok) return this.step(request, response, id, slug, values, read.errors, '');
    const outcome = await step.work(actor, { constellationId: id, ...versionOf(values) }, read.value);
    if (!outcome.ok) return this.step(request, response, id, slug, values, errorsOf(outcome.refusal.blockers, (blocker) => step.fieldOf(blocker)), '');
    redirectTo(response, constellationPath(id), step.done);
  }

  private today() {
    return localDateOf(this.clock.now());
  }

  private async open(actor: StaffActor, id: string, audited = false): Promise<ConstellationPage> {
    if (!IS_ID.test(id)) throw new NotFoundException();
    const shown = await this.transactions.run(actor, async (tx) => {
      const found = await constellationPage(tx, id, this.today());
      if (found && audited) await recordAudit(tx, actor, this.clock.now(), { action: 'constellation.read', subjectKind: 'constellation', subjectId: id, authority: found.constellation.authority });
      return found;
    });
    if (!shown) throw new NotFoundException();
    return shown;
  }

  private async openToWork(actor: StaffActor, id: string): Promise<ConstellationPage> {
    const shown = await this.open(actor, id);
    if (!may(actor, 'constellations.work', shown.constellation.authority)) throw new NotFoundException();
    return shown;
  }

  private async step(request: Request, response: Response, id: string, slug: string, values: FormValues | null, errors: readonly FormError[], about: string): Promise<void> {
    const actor = actorOf(request);
    const step = this.steps.steps.find((known) => known.slug === slug);
    if (!step) throw new NotFoundException();
    const shown = await this.openToWork(actor, id);
    const today = this.today();
    const context = { page: shown, today, about };
    const { controls, first } = await this.transactions.read(actor, async (tx) => ({ controls: await step.controls({ tx, ...context }), first: { on: today, about, ...step.values?.({ tx, ...context }) } }));
    await showRecordForm(response, { title: step.title, about: { text: shown.constellation.name, href: constellationPath(id) }, address: constellationPath(id, slug), button: step.button, controls, version: shown.constellation.version, values: values ?? first, errors });
  }

  private async startForm(request: Request, response: Response, values: FormValues, errors: readonly FormError[]): Promise<void> {
    const actor = actorOf(request);
    const reach = AUTHORITY_CODES.filter((code) => may(actor, 'constellations.work', code));
    const today = this.today();
    const choices = await this.transactions.read(actor, async (tx) => {
      const hubs: { value: string; text: string }[] = [];
      const liaisons = new Map<string, string>();
      for (const code of reach) {
        for (const { id, name, reference, kind, beds } of await candidates(tx, code, today)) if (kind === 'foster' && beds >= 2) hubs.push({ value: id, text: `${name} (${reference}), ${AUTHORITY_NAMES[code]}` });
        for (const { value, text } of await liaisonItems(tx, code)) if (value !== '') liaisons.set(value, text);
      }
      return { hubs, liaisons: [...liaisons].map(([value, text]) => ({ value, text })) };
    });
    const only: Council | undefined = reach.length === 1 ? reach[0] : undefined;
    await showRecordForm(response, {
      title: 'Start a constellation',
      about: { text: 'Constellations', href: constellationsPath() },
      address: constellationPath('start'),
      button: 'Start the constellation',
      version: null,
      controls: [
        { kind: 'choice', name: 'authority', label: 'Authority', items: [...(only ? [] : [{ value: '', text: 'Choose an authority' }]), ...reach.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))] },
        { kind: 'line', name: 'name', label: 'Name' },
        { kind: 'line', name: 'area', label: 'Area' },
        { kind: 'date', name: 'started_on', label: 'First day' },
        { kind: 'choice', name: 'liaison', label: 'Liaison worker', items: [{ value: '', text: 'Nobody yet' }, ...choices.liaisons] },
        { kind: 'choice', name: 'hub_home', label: 'Hub home', hint: 'An approved fostering household that keeps two beds free', items: [{ value: '', text: 'Not known yet' }, ...choices.hubs] },
      ],
      values: { started_on: today, ...values },
      errors,
    });
  }

  private async showActivity(request: Request, response: Response, id: string, activityId: string, errors: readonly FormError[]): Promise<void> {
    const actor = actorOf(request);
    const shown = await this.open(actor, id);
    const found = IS_ID.test(activityId) ? await this.transactions.read(actor, (tx) => activityPage(tx, id, activityId)) : null;
    if (!found) throw new NotFoundException();
    const { activity, attendance } = found;
    const now = this.clock.now();
    await page(
      response,
      'staff/constellations/activity',
      {
        title: activity.title,
        caption: `${shown.constellation.name}, ${ACTIVITY_KIND_NAMES[activity.kind].toLowerCase()}`,
        when: `${momentInWords(activity.startsAt)}, ${String(activity.minutes)} minutes, ${activity.place}`,
        cancelled: activity.cancelled,
        families: shown.memberships.filter((membership) => holdsOn(membership, activity.on)).map(({ carerId, name, email }) => {
          const known = attendance.find((each) => each.carerId === carerId);
          return { id: carerId, name, came: known?.attended === true, words: known?.reply ? `${REPLY_NAMES[known.reply]}${known.replyNote ? `: ${known.replyNote}` : ''}` : known?.invited ? 'Invited, no answer yet' : email === null ? 'No email address' : 'Not invited' };
        }),
        works: may(actor, 'constellations.work', shown.constellation.authority) && !activity.cancelled,
        ahead: activity.startsAt > now,
        over: activity.on <= localDateOf(now),
        address: constellationPath(id, `activities/${activityId}`),
        back: constellationPath(id),
        errors,
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}

/** Blockers beside their controls. What is not there, or not the actor's, is a 404. */
function errorsOf(blockers: readonly ConstellationBlocker[], fieldOf: (blocker: ConstellationBlocker) => string): readonly FormError[] {
  if (blockers.some(({ kind }) => kind === 'not_permitted' || kind === 'not_found')) throw new NotFoundException();
  return blockers.map((blocker) => ({ field: fieldOf(blocker), text: constellationBlockerInWords(blocker) }));
}
