import { may } from '@app/access';
import { CARE_KIND_NAMES, CARE_KINDS } from '@app/assessments';
import { recordAudit } from '@app/audit';
import { AUTHORITY_CODES, AUTHORITY_NAMES, type Council } from '@app/authorities';
import { approvedNotRegistered, approvedTerms, carerBlockerInWords, carerOfJourney, carerPage, type CarerBlocker, register, REGISTER_PAGE, REGISTER_STANDINGS, RegisterCarer, registerCounts, type RegisterFilters, type RegisterPage, type RegisterStanding } from '@app/carers';
import { Transactions } from '@app/database';
import { familyPage } from '@app/journeys';
import { Clock, dateInWords, localDateOf } from '@app/kernel';
import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../../platform/access';
import { type FormValues, readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { count, countOf, type FormError } from '../../platform/words';
import { itemsOf } from '../assessments/controls';
import { date, one } from '../fields';
import { CarerSteps, supervisorItems, termsField } from './carer-steps';
import { registerLine, shownCarer } from './carer.presenter';
import { carerPath, carersPath, needPath, registerPath } from './paths';
import { showRecordForm, versionOf } from './record-form';
import { TERMS_CONTROLS, termsFields, termsOfForm, termsValues, wholeNumber } from './terms-fields';

const STANDING_NAMES: Readonly<Record<RegisterStanding, string>> = { fostering: 'Fostering', vacancies: 'With vacancies', on_hold: 'On hold', review_due: 'Review due', left: 'Left' };
const registerSchema = z.object({ agreement_on: date('Enter the day on which the agreement was signed'), supervisor: z.preprocess((given) => one(given) || null, z.uuid().nullable()), beds: wholeNumber(0, 20, 'Enter the number of beds, from 0 to 20'), ...termsFields });
const LONGEST_TEXT = 60;

/** The register of approved carers: its list, each household's page, and what can be done there. */
@Controller('staff/carers')
@Access('carers.read')
export class CarersController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly registerCarer: RegisterCarer,
    private readonly steps: CarerSteps,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response, @Query() query: Readonly<Record<string, unknown>>): Promise<void> {
    const actor = actorOf(request);
    const today = localDateOf(this.clock.now());
    const reach = AUTHORITY_CODES.filter((code) => may(actor, 'carers.read', code));
    const filters = registerFilters(query, reach);
    const given = typeof query.page === 'string' && /^\d{1,4}$/.test(query.page) ? Math.max(1, Number(query.page)) : 1;
    const { shown, counts, waiting } = await this.transactions.read(actor, async (tx) => ({ shown: await register(tx, filters, today, given), counts: await registerCounts(tx, filters.authority, today), waiting: await approvedNotRegistered(tx, filters.authority) }));
    const address = (more: Readonly<Record<string, string>>): string => carersPath({ standing: filters.standing, authority: filters.authority ?? '', text: filters.text, care: filters.care ?? '', age: filters.age === null ? '' : String(filters.age), ...more });
    await page(response, 'staff/carers/carers', {
      title: 'Approved carers',
      lead: `${count(counts.fostering)} households foster, with ${count(counts.places)} places. ${count(counts.free)} places are free.`,
      standings: REGISTER_STANDINGS.map((value) => ({ text: `${STANDING_NAMES[value]} (${count(counts[value])})`, href: address({ standing: value }), current: value === filters.standing })),
      authorities: reach.length > 1 ? [{ value: '', text: 'All authorities' }, ...reach.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))] : [],
      kinds: [{ value: '', text: 'Any' }, ...itemsOf(CARE_KIND_NAMES)],
      filters,
      caption: STANDING_NAMES[filters.standing],
      rows: shown.listed.map((row) => registerLine(row, today, reach.length === 1 || filters.authority !== null)),
      pages: pagesOf(shown, address),
      waiting: waiting.filter((family) => may(actor, 'carers.work', family.authority)).map((family) => ({ name: family.name, reference: family.reference, authority: AUTHORITY_NAMES[family.authority], approved: dateInWords(family.approvedOn), href: registerPath(family.reference) })),
      need: may(actor, 'reports.read') ? needPath() : null,
    });
  }

  @Get('register/:reference')
  @Access('carers.work')
  async askRegistration(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    const known = await this.transactions.read(actorOf(request), async (tx) => { const family = await familyPage(tx, reference); return family && carerOfJourney(tx, family.journey.id); });
    if (known) return redirectTo(response, carerPath(known));
    await this.registration(request, response, reference, null, []);
  }

  @Post('register/:reference')
  @Access('carers.work')
  async register(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    const read = readForm(registerSchema, body);
    if (!read.ok) return this.registration(request, response, reference, read.values, read.errors);
    const family = await this.transactions.read(actor, (tx) => familyPage(tx, reference));
    if (!family) throw new NotFoundException();
    const outcome = await this.registerCarer.run(actor, { journeyId: family.journey.id, agreementSignedOn: read.value.agreement_on, supervisorId: read.value.supervisor, beds: read.value.beds, terms: termsOfForm(read.value) });
    if (!outcome.ok) return this.registration(request, response, reference, valuesOf(body), errorsOf(outcome.refusal.blockers, registrationField));
    redirectTo(response, carerPath(reference), `${family.name}: now on the register. The first review is due within a year of the approval.`);
  }

  @Get(':reference')
  @Access('carers.read', 'constellations.read')
  async show(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    const actor = actorOf(request);
    const now = this.clock.now();
    const found = await this.transactions.run(actor, async (tx) => {
      const read = await carerPage(tx, reference);
      if (read) await recordAudit(tx, actor, now, { action: 'carer.read', subjectKind: 'carer', subjectId: read.carer.id, authority: read.carer.authority });
      return read;
    });
    if (!found) throw new NotFoundException();
    await page(response, 'staff/carers/carer', { title: found.carer.name, carer: shownCarer(actor, found, this.steps.steps, localDateOf(now)), back: may(actor, 'carers.read') ? carersPath() : null });
  }

  @Get(':reference/:step')
  @Access('carers.work')
  async askStep(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('step') slug: string): Promise<void> {
    await this.step(request, response, reference, slug, null, []);
  }

  @Post(':reference/:step')
  @Access('carers.work')
  async takeStep(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('step') slug: string, @Body() body: unknown): Promise<void> {
    const step = this.steps.steps.find((known) => known.slug === slug);
    if (!step) throw new NotFoundException();
    const actor = actorOf(request);
    const found = await this.transactions.read(actor, (tx) => carerPage(tx, reference));
    if (!found || !may(actor, step.action, found.carer.authority)) throw new NotFoundException();
    const values = valuesOf(body);
    const read = readForm(step.schema, body);
    if (!read.ok) return this.step(request, response, reference, slug, values, read.errors);
    const outcome = await step.work(actor, { carerId: found.carer.id, ...versionOf(values) }, read.value);
    if (!outcome.ok) return this.step(request, response, reference, slug, values, errorsOf(outcome.refusal.blockers, (blocker) => step.fieldOf(blocker)));
    redirectTo(response, carerPath(reference), step.done);
  }

  private async step(request: Request, response: Response, reference: string, slug: string, values: FormValues | null, errors: readonly FormError[]): Promise<void> {
    const actor = actorOf(request);
    const step = this.steps.steps.find((known) => known.slug === slug);
    const today = localDateOf(this.clock.now());
    const shown = await this.transactions.read(actor, async (tx) => {
      const found = await carerPage(tx, reference);
      if (!found || !step || !may(actor, step.action, found.carer.authority) || (!step.offered(found) && errors.length === 0)) return null;
      const context = { tx, page: found, today };
      return { found, step, controls: await step.controls(context), first: { on: today, ...step.values?.(context) } };
    });
    if (!shown) throw new NotFoundException();
    await showRecordForm(response, {
      title: shown.step.title,
      about: { text: `${shown.found.carer.name}, ${reference}`, href: carerPath(reference) },
      address: carerPath(reference, slug),
      button: shown.step.button,
      controls: shown.controls,
      version: shown.found.carer.version,
      values: values ?? shown.first,
      errors,
    });
  }

  private async registration(request: Request, response: Response, reference: string, values: FormValues | null, errors: readonly FormError[]): Promise<void> {
    const actor = actorOf(request);
    const shown = await this.transactions.read(actor, async (tx) => {
      const family = await familyPage(tx, reference);
      if (!family || family.journey.authority === 'unrouted' || !may(actor, 'carers.work', family.journey.authority)) return null;
      return { family, items: await supervisorItems(tx, family.journey.authority), terms: await approvedTerms(tx, family.journey.id) };
    });
    if (!shown?.family.journey.approvedOn) throw new NotFoundException();
    const { family, items, terms } = shown;
    await showRecordForm(response, {
      title: 'Put on the register',
      about: { text: `${family.name}, ${reference}`, href: carersPath() },
      address: registerPath(reference),
      button: 'Put on the register',
      controls: [
        { kind: 'words', text: `Approved on ${dateInWords(shown.family.journey.approvedOn)}. ${terms ? 'The terms are those of the decision.' : 'Enter the terms of the decision.'} They hold from that day.` },
        { kind: 'date', name: 'agreement_on', label: 'Foster care agreement signed on' },
        { kind: 'choice', name: 'supervisor', label: 'Supervising social worker', items },
        { kind: 'line', name: 'beds', label: 'Beds for children who are looked after', classes: 'govuk-input--width-3' },
        ...TERMS_CONTROLS,
      ],
      version: null,
      values: values ?? { ...termsValues(terms), supervisor: family.journey.socialWorkerId ?? '' },
      errors,
    });
  }
}

/** What the address asks of the register. What makes no sense is left out. */
function registerFilters(query: Readonly<Record<string, unknown>>, reach: readonly Council[]): RegisterFilters {
  const said = (name: string): string => (typeof query[name] === 'string' ? query[name].trim() : '');
  return {
    authority: reach.find((code) => code === said('authority')) ?? null,
    standing: REGISTER_STANDINGS.find((known) => known === said('standing')) ?? 'fostering',
    text: said('text').slice(0, LONGEST_TEXT),
    care: CARE_KINDS.find((kind) => kind === said('care')) ?? null,
    age: /^\d{1,2}$/.test(said('age')) ? Number(said('age')) : null,
  };
}

/** The way to the pages before and after. */
function pagesOf({ listed, total, page: shown }: RegisterPage, address: (more: Readonly<Record<string, string>>) => string) {
  const first = (shown - 1) * REGISTER_PAGE + 1;
  return {
    showing: listed.length === 0 ? '' : `${count(first)} to ${count(first + listed.length - 1)} of ${countOf(total, 'household', 'households')}`,
    previousHref: shown > 1 ? address({ page: String(shown - 1) }) : null,
    nextHref: first + listed.length - 1 < total ? address({ page: String(shown + 1) }) : null,
  };
}

const registrationField = (blocker: CarerBlocker): string => (blocker.kind === 'terms' ? termsField(blocker.refusal) : blocker.kind === 'supervisor' ? 'supervisor' : 'agreement_on');

/** Blockers beside their controls. What is not there, or not the actor's, is a 404. */
function errorsOf(blockers: readonly CarerBlocker[], fieldOf: (blocker: CarerBlocker) => string): readonly FormError[] {
  if (blockers.some(({ kind }) => kind === 'not_permitted' || kind === 'not_found')) throw new NotFoundException();
  return blockers.map((blocker) => ({ field: fieldOf(blocker), text: carerBlockerInWords(blocker) }));
}
