import { may, type StaffActor } from '@app/access';
import { type AnyBlocker, anyBlockerInWords } from '@app/assessments';
import { recordAudit } from '@app/audit';
import { Transactions } from '@app/database';
import { Clock, localDateOf, type Result } from '@app/kernel';
import { familyPage, type FamilyPage, type JourneyRequest, type Refusal, seesConfidential, statusBlockers, type StatusVerb, timeline } from '@app/journeys';
import { Injectable, NotFoundException } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { EntityManager } from 'typeorm';
import { isOwnPath } from '../../platform/carried-form';
import { type FormValues, readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import type { FormError } from '../../platform/words';
import { familyFormPath, familyPath } from '../paths';
import { type FamilyForm, type FormContext, type ShownForm, wordsFor } from './family-form';
import { familySummary } from './family-summary';
import { timelineEntries, type ShownEntry } from './timeline.presenter';

/** What a form's work is given besides what was typed. */
export interface FormWork {
  readonly actor: StaffActor;
  readonly family: FamilyPage;
  /** The version that the page showed, when the form counts on it. */
  readonly version: number | undefined;
}

/** Which journey a form changes, as its page showed it. */
export const seen = ({ family, version }: FormWork): JourneyRequest => ({ journeyId: family.journey.id, ...(version === undefined ? {} : { version }) });

interface ShownAgain {
  readonly values: FormValues;
  readonly errors: readonly FormError[];
  readonly meanwhile?: Meanwhile;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** What somebody else did while the form was open. */
interface Meanwhile {
  readonly entries: readonly ShownEntry[];
  readonly differences: readonly { readonly label: string; readonly now: string; readonly typed: string }[];
}

/** Shows a form about one family and takes it: the same way for every form, so that none forgets a check. */
@Injectable()
export class FamilyForms {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The page of a form. Reading it is written into the trail, as it names the family. */
  async ask<Value>(request: Request, response: Response, reference: string, form: FamilyForm<Value>): Promise<void> {
    await this.show(response, actorOf(request), reference, form, request.query.back, null);
  }

  /**
   * Takes a form: parses it, does the work, and leads back with `done` in words. Whatever is wrong or refused comes
   * back beside what was typed; a family that is not there, or not the actor's, is a 404.
   */
  async take<Value>(request: Request, response: Response, reference: string, form: FamilyForm<Value>, body: unknown, work: (given: FormWork, value: Value) => Promise<Result<unknown, Refusal<AnyBlocker>>>, done: string | ((value: Value) => string)): Promise<void> {
    const actor = actorOf(request);
    const values = valuesOf(body);
    const family = await this.family(actor, reference, form);
    const read = readForm(form.schema, body);
    if (!read.ok) return this.show(response, actor, reference, form, values.back, { values, errors: read.errors });
    const version = Number(values.version);
    const outcome = await work({ actor, family, version: Number.isInteger(version) && version > 0 ? version : undefined }, read.value);
    if (!outcome.ok) return this.refuse(response, actor, reference, form, values, outcome.refusal.blockers);
    redirectTo(response, backTo(values.back, reference, form), typeof done === 'string' ? done : done(read.value));
  }

  /** The form as a box in another page. Null when the family is gone or the actor may not do this. */
  async box<Value>(tx: EntityManager, actor: StaffActor, reference: string, form: FamilyForm<Value>, back: string): Promise<{ readonly form: ShownForm; readonly values: FormValues } | null> {
    const family = await familyPage(tx, reference);
    if (!family || !may(actor, form.action, family.journey.authority) || !form.offered(family)) return null;
    const context = this.context(tx, actor, family);
    return { form: await this.shown(context, form, back), values: (await form.values?.(context)) ?? {} };
  }

  /** Shows the form again with what was typed, and more besides. */
  async showAgain<Value>(response: Response, actor: StaffActor, reference: string, form: FamilyForm<Value>, again: ShownAgain): Promise<void> {
    await this.show(response, actor, reference, form, again.values.back, again);
  }

  /** The family of a form that the actor may use for it; otherwise a 404. */
  family<Value>(actor: StaffActor, reference: string, form: FamilyForm<Value>): Promise<FamilyPage> {
    return this.transactions.read(actor, (tx) => this.open(tx, actor, reference, form));
  }

  private async open<Value>(tx: EntityManager, actor: StaffActor, reference: string, form: FamilyForm<Value>): Promise<FamilyPage> {
    const family = await familyPage(tx, reference);
    if (!family || !may(actor, form.action, family.journey.authority)) throw new NotFoundException();
    return family;
  }

  private refuse<Value>(response: Response, actor: StaffActor, reference: string, form: FamilyForm<Value>, values: FormValues, blockers: readonly AnyBlocker[]): Promise<void> {
    if (blockers.some(({ kind }) => kind === 'not_found' || kind === 'not_permitted')) throw new NotFoundException();
    const changed = blockers.some(({ kind }) => kind === 'changed_meanwhile');
    const errors = blockers.map((blocker) => ({ field: changed ? 'meanwhile' : form.fieldOf(blocker), text: anyBlockerInWords(blocker) }));
    return this.show(response, actor, reference, form, values.back, { values, errors }, changed);
  }

  private async show<Value>(response: Response, actor: StaffActor, reference: string, form: FamilyForm<Value>, back: unknown, again: ShownAgain | null, changed = false): Promise<void> {
    const model = await this.transactions.run(actor, async (tx) => {
      const family = await this.open(tx, actor, reference, form);
      const { journey } = family;
      if (!again) await recordAudit(tx, actor, this.clock.now(), { action: 'journey.read', subjectKind: 'journey', subjectId: journey.id, authority: journey.authority, detail: { form: form.slug } });
      const context = this.context(tx, actor, family);
      const shown = await this.shown(context, form, backTo(back, reference, form));
      const meanwhile = changed && again ? await this.meanwhile(context, form, again.values) : null;
      return { title: shown.title, form: shown, offered: form.offered(family), whyNot: whyNot(form.slug, family), family: familySummary(family, context.now), values: again?.values ?? (await form.values?.(context)) ?? {}, errors: again?.errors ?? [], meanwhile, ...again?.extra };
    });
    await page(response, 'staff/families/form-page', model, again && again.errors.length > 0 ? UNPROCESSABLE : 200);
  }

  private context(tx: EntityManager, actor: StaffActor, family: FamilyPage): FormContext {
    const now = this.clock.now();
    return { tx, actor, family, now, today: localDateOf(now) };
  }

  private async shown<Value>(context: FormContext, form: FamilyForm<Value>, back: string): Promise<ShownForm> {
    const { family, now } = context;
    return {
      slug: form.slug,
      title: wordsFor(form.title, family),
      button: wordsFor(form.button, family),
      fields: `${form.fields}.njk`,
      address: familyFormPath(family.journey.reference, form.slug),
      back,
      version: family.journey.version,
      shownAt: now.toISOString(),
      choices: (await form.choices?.(context)) ?? {},
    };
  }

  private async meanwhile<Value>(context: FormContext, form: FamilyForm<Value>, typed: FormValues): Promise<Meanwhile> {
    const { tx, actor, family, now } = context;
    const { items } = await timeline(tx, { journeyId: family.journey.id, filter: 'everything', staffId: actor.staffId, confidential: seesConfidential(actor, family.journey), atMost: 10 });
    const since = typeof typed.shownAt === 'string' ? Date.parse(typed.shownAt) : NaN;
    const current = (await form.values?.(context)) ?? {};
    return {
      entries: timelineEntries(items.filter(({ recordedAt }) => !(recordedAt.getTime() < since)), now),
      differences: Object.entries(form.labels ?? {}).flatMap(([field, label]) => {
        const [now, mine] = [asText(current[field]), asText(typed[field])];
        return now === mine ? [] : [{ label, now: now || 'Not given', typed: mine || 'Not given' }];
      }),
    };
  }
}

/** The forms that a journey's status may stand in the way of. */
const VERBS: Readonly<Record<string, StatusVerb>> = { move: 'move', hold: 'hold', resume: 'resume', close: 'close', reopen: 'reopen' };

/** Why a form is not offered, in words that say what to do first. */
function whyNot(slug: string, { journey }: FamilyPage): string {
  const verb = VERBS[slug];
  const blockers = verb ? statusBlockers(verb, journey) : [];
  return blockers.map(anyBlockerInWords).join(' ') || 'This cannot be done as the journey stands now.';
}

const asText = (value: string | readonly string[] | undefined): string => (typeof value === 'string' ? value : (value ?? []).join(', '));

/** Back to where the form was opened from, if that is a staff page of ours; otherwise to the page that the form belongs to. */
function backTo(back: unknown, reference: string, form: { home?(reference: string): string }): string {
  return isOwnPath(back) && back.startsWith('/staff/') ? back : (form.home?.(reference) ?? familyPath(reference));
}
