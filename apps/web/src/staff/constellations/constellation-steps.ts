import { staffWhoMay, type StaffActor } from '@app/access';
import {
  ACTIVITY_KIND_NAMES, ACTIVITY_KINDS, candidates, ChangeFamilies, CONTACT_MAKER_NAMES, CONTACT_MAKERS, CONTACT_WAY_NAMES, CONTACT_WAYS, type ConstellationBlocker, type ConstellationPage, type ConstellationRefusal, type ConstellationRequest, EXPENSE_KIND_NAMES, EXPENSE_KINDS,
  holdsOn, KeepLife, LEFT_CONSTELLATION, LEFT_CONSTELLATION_NAMES, MEMBER_ROLE_NAMES, MEMBER_ROLES, REQUEST_END_NAMES, REQUEST_ENDS, REQUEST_SUBJECT_NAMES, REQUEST_SUBJECTS, RunConstellation, STAY_KIND_NAMES, STAY_KINDS,
} from '@app/constellations';
import type { Council } from '@app/authorities';
import type { LocalDate, Result } from '@app/kernel';
import { shortDateInWords } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { FormValues } from '../../platform/forms';
import { type Control, type Item, itemsOf } from '../assessments/controls';
import { onDay } from '../assessments/file-step';
import { childReference, wholeNumber } from '../carers/terms-fields';
import { choice, date, momentOf, one, optionalDate, optionalNote, requiredLine, requiredNote } from '../fields';

export interface ConstellationStepContext {
  readonly tx: EntityManager;
  readonly page: ConstellationPage;
  readonly today: LocalDate;
  /** What the address says that the step is about, such as one request. */
  readonly about: string;
}

type Outcome = Promise<Result<unknown, ConstellationRefusal>>;

interface Definition<Value> {
  readonly slug: string;
  readonly title: string;
  readonly button: string;
  readonly schema: z.ZodType<Value>;
  /** Whether the page of the constellation lists it. */
  readonly listed: boolean;
  controls(context: ConstellationStepContext): readonly Control[] | Promise<readonly Control[]>;
  values?(context: ConstellationStepContext): FormValues;
  readonly beside: string;
  work(actor: StaffActor, request: ConstellationRequest, value: Value): Outcome;
  readonly done: string;
}

/** One thing that can be done to a constellation. */
export interface ConstellationStep extends Omit<Definition<unknown>, 'work' | 'schema'> {
  readonly schema: z.ZodType;
  work(actor: StaffActor, request: ConstellationRequest, value: unknown): Outcome;
  fieldOf(blocker: ConstellationBlocker): string;
}

const ABOUT_THE_DAY: ReadonlySet<string> = new Set(['future', 'earlier_than', 'not_a_member', 'no_hub_home', 'within_the_constellation', 'after_the_approval', 'before_leaving_fostering', 'most_satellites', 'constellation_memberships_held_check']);

function step<Value>(definition: Definition<Value>): ConstellationStep {
  return {
    ...definition,
    work: (actor, request, value) => definition.work(actor, request, value as Value),
    fieldOf: (blocker) => (ABOUT_THE_DAY.has(blocker.kind === 'rule' ? blocker.rule : blocker.kind) ? 'on' : definition.beside),
  };
}

/** Liaison workers of an authority as choices. */
export async function liaisonItems(tx: EntityManager, authority: Council): Promise<readonly Item[]> {
  const staff = await staffWhoMay(tx, 'constellations.work', authority);
  return [{ value: '', text: 'Nobody yet' }, ...staff.filter(({ roles }) => roles.some(({ role, authority: held }) => role === 'liaison_worker' && held === authority)).map(({ staffId, name }) => ({ value: staffId, text: name }))];
}

const id = (missing: string) => z.preprocess(one, z.uuid(missing));
const optionalId = z.preprocess((given) => one(given) || null, z.uuid().nullable());
/** Beside every text that anybody writes freely. */
const NO_NAMES = 'No names of children';
const note: Control = { kind: 'note', name: 'note', label: 'Note', hint: NO_NAMES, rows: 3 };
const membershipItems = ({ page }: ConstellationStepContext): readonly Item[] => page.memberships.map((each) => ({ value: each.id, text: each.name, hint: { text: `${MEMBER_ROLE_NAMES[each.role]}, from ${shortDateInWords(each.from)}${each.until ? ` to ${shortDateInWords(each.until)}` : ''}` } }));
const openMembershipItems = (context: ConstellationStepContext): readonly Item[] => membershipItems(context).filter(({ value }) => context.page.memberships.some((each) => each.id === value && each.until === null));
const families = ({ page, today }: ConstellationStepContext, withHub: boolean): Control => ({ kind: 'choice', name: 'family', label: 'Family', items: [{ value: '', text: 'Choose a family' }, ...page.memberships.filter((each) => (withHub || each.role === 'satellite') && (holdsOn(each, today) || each.until === null || each.until > today)).map(({ carerId, name }) => ({ value: carerId, text: name }))] });

const editSchema = z.object({ name: requiredLine(80, 'Enter the name'), area: requiredLine(120, 'Enter the area'), liaison: optionalId, started_on: date('Enter the first day') });
const endSchema = z.object({ on: date('Enter the day on which it ends'), reason: requiredNote('Write why it ends') });
const joinSchema = z.object({ family: id('Choose a family'), role: choice(MEMBER_ROLES, 'Choose the part'), on: date('Enter the day of joining'), until: optionalDate });
const leaveSchema = z.object({ membership: id('Choose the family'), on: date('Enter the day of leaving'), why: choice(LEFT_CONSTELLATION, 'Choose why they leave') });
const partSchema = z.object({ membership: id('Choose the family'), role: choice(MEMBER_ROLES, 'Choose the part'), on: date('Enter the day') });
const correctSchema = z.object({ membership: id('Choose the membership'), on: date('Enter the day of joining'), until: optionalDate, reason: requiredNote('Write what was wrong') });
const takeBackSchema = z.object({ membership: id('Choose the membership'), reason: requiredNote('Write why it never was') });
const activitySchema = z
  .object({ kind: choice(ACTIVITY_KINDS, 'Choose the kind'), title: requiredLine(120, 'Enter what it is'), on: z.preprocess(one, z.string()), at: z.preprocess(one, z.string()), minutes: wholeNumber(5, 6000, 'Enter how many minutes, from 5'), place: requiredLine(160, 'Enter the place') })
  .transform((form, context) => {
    const read = momentOf(form.on, form.at);
    if (read.ok && read.at) return { kind: form.kind, title: form.title, startsAt: read.at, minutes: form.minutes, place: form.place };
    context.addIssue({ code: 'custom', path: [read.ok ? 'on' : read.field], message: read.ok ? 'Enter the day and the time' : read.text });
    return z.NEVER;
  });
const staySchema = z
  .object({ family: id('Choose a family'), kind: choice(STAY_KINDS, 'Choose what it is'), planned: choice(['planned', 'emergency'], 'Choose whether it is planned'), child: childReference, on: date('Enter the first day'), nights: z.preprocess(one, z.string()), note: optionalNote })
  .transform((form, context) => {
    const nights = /^\d{1,2}$/.test(form.nights.trim()) ? Number(form.nights) : 0;
    if (form.kind === 'day_care' || (nights >= 1 && nights <= 28)) return { ...form, nights };
    context.addIssue({ code: 'custom', path: ['nights'], message: 'Enter how many nights, from 1 to 28' });
    return z.NEVER;
  });
const contactSchema = z.object({ family: id('Choose a family'), way: choice(CONTACT_WAYS, 'Choose how'), by: choice(CONTACT_MAKERS, 'Choose who'), on: date('Enter the day'), note: optionalNote });
const requestSchema = z.object({ family: id('Choose a family'), about: choice(REQUEST_SUBJECTS, 'Choose what it is about'), on: date('Enter the day'), words: requiredNote('Write what they asked for') });
const settleSchema = z.object({ about: id('Choose the request'), met: choice(REQUEST_ENDS, 'Choose how it was met'), on: date('Enter the day'), how: optionalNote });
const expenseSchema = z
  .object({ what: choice(EXPENSE_KINDS, 'Choose what for'), amount: z.preprocess(one, z.string().trim().regex(/^£?\d{1,6}(\.\d{2})?$/, 'Enter an amount, such as 24.50')), on: date('Enter the day'), note: optionalNote })
  .refine(({ amount }) => Number(amount.replace('£', '')) > 0, { path: ['amount'], message: 'Enter an amount above nought' });
const aboutSchema = z.object({ about: id('Choose what it is about') });

/** Everything that can be done to a constellation, in the order of its page's list. */
@Injectable()
export class ConstellationSteps {
  readonly steps: readonly ConstellationStep[];

  constructor(run: RunConstellation, change: ChangeFamilies, life: KeepLife) {
    this.steps = [
      step({
        slug: 'activity', title: 'Plan or record an activity', button: 'Save the activity', schema: activitySchema, listed: true, beside: 'title',
        controls: () => [{ kind: 'radios', name: 'kind', label: 'Kind', items: itemsOf(ACTIVITY_KIND_NAMES) }, { kind: 'line', name: 'title', label: 'What it is', hint: NO_NAMES }, onDay('Day'), { kind: 'line', type: 'time', name: 'at', label: 'Time', classes: 'govuk-input--width-5' }, { kind: 'line', name: 'minutes', label: 'How many minutes', classes: 'govuk-input--width-4' }, { kind: 'line', name: 'place', label: 'Place' }],
        values: () => ({ at: '10:00', minutes: '120' }),
        work: (actor, request, activity) => life.plan(actor, { ...request, activity }),
        done: 'The activity is saved. Open it to invite the families, or to say who came.',
      }),
      step({
        slug: 'stay', title: 'Plan or record a sleepover or day care', button: 'Save the stay', schema: staySchema, listed: true, beside: 'family',
        controls: (context) => [
          families(context, false),
          { kind: 'radios', name: 'kind', label: 'What', items: itemsOf(STAY_KIND_NAMES) },
          { kind: 'radios', name: 'planned', label: 'Planned?', items: [{ value: 'planned', text: 'Planned' }, { value: 'emergency', text: 'In an emergency' }] },
          { kind: 'line', name: 'child', label: 'Reference of the child', hint: 'As the case system has it, such as CH-20481. Never a name.', classes: 'govuk-input--width-10' },
          onDay('First day'), { kind: 'line', name: 'nights', label: 'Nights', hint: 'For a sleepover', classes: 'govuk-input--width-2' }, note,
        ],
        values: () => ({ kind: 'sleepover', planned: 'planned', nights: '2' }),
        work: (actor, request, { family, kind, planned, child, on, nights, note: words }) => life.stay(actor, { ...request, carerId: family, kind, planned: planned === 'planned', childReference: child, on, nights, note: words || null }),
        done: 'The stay is saved.',
      }),
      step({
        slug: 'contact', title: 'Record a contact', button: 'Record the contact', schema: contactSchema, listed: true, beside: 'family',
        controls: (context) => [families(context, true), { kind: 'radios', name: 'way', label: 'How', items: itemsOf(CONTACT_WAY_NAMES) }, { kind: 'radios', name: 'by', label: 'Who was in touch', items: itemsOf(CONTACT_MAKER_NAMES) }, onDay('Day'), note],
        work: (actor, request, { family, way, by, on, note: words }) => life.contact(actor, { ...request, carerId: family, way, by, on, minutes: null, note: words || null }),
        done: 'The contact is recorded.',
      }),
      step({
        slug: 'request', title: 'Record a request to the hub home', button: 'Record the request', schema: requestSchema, listed: true, beside: 'family',
        controls: (context) => [families(context, false), { kind: 'radios', name: 'about', label: 'What about', items: itemsOf(REQUEST_SUBJECT_NAMES) }, onDay('Day'), { kind: 'note', name: 'words', label: 'What they asked for', hint: NO_NAMES, rows: 3 }],
        work: (actor, request, { family, about, on, words }) => life.ask(actor, { ...request, carerId: family, about, on, words }),
        done: 'The request is recorded.',
      }),
      step({
        slug: 'settle', title: 'How a request was met', button: 'Record it', schema: settleSchema, listed: false, beside: 'about',
        controls: ({ page }) => [{ kind: 'radios', name: 'about', label: 'Request', items: page.requests.filter(({ met }) => met === null).map(({ id: value, family, words }) => ({ value, text: `${family}: ${words.slice(0, 80)}` })) }, { kind: 'radios', name: 'met', label: 'How was it met?', items: itemsOf(REQUEST_END_NAMES) }, onDay('Day'), { kind: 'note', name: 'how', label: 'How, or why not', hint: NO_NAMES, rows: 3 }],
        work: (actor, request, { about, met, on, how }) => life.settle(actor, { ...request, requestId: about, met, on, how: how || null }),
        done: 'It is recorded how the request was met.',
      }),
      step({
        slug: 'cancel-stay', title: 'A stay does not take place', button: 'Cancel the stay', schema: aboutSchema, listed: false, beside: 'about',
        controls: ({ page }) => [{ kind: 'radios', name: 'about', label: 'Stay', items: page.stays.filter(({ cancelled }) => !cancelled).map(({ id: value, family, child, on }) => ({ value, text: `${family}, ${child}, ${shortDateInWords(on)}` })) }],
        work: (actor, request, { about }) => life.cancelStay(actor, { ...request, stayId: about }),
        done: 'The stay is cancelled.',
      }),
      step({
        slug: 'expense', title: 'Record an expense of the hub home', button: 'Record the expense', schema: expenseSchema, listed: true, beside: 'amount',
        controls: () => [{ kind: 'radios', name: 'what', label: 'What for', items: itemsOf(EXPENSE_KIND_NAMES) }, { kind: 'line', name: 'amount', label: 'Amount in pounds', hint: 'Such as 24.50', classes: 'govuk-input--width-5' }, onDay('Day'), note],
        work: (actor, request, { what, amount, on, note: words }) => life.spend(actor, { ...request, what, pence: Math.round(Number(amount.replace('£', '')) * 100), on, note: words || null }),
        done: 'The expense is recorded.',
      }),
      step({
        slug: 'join', title: 'A family joins', button: 'Add the family', schema: joinSchema, listed: true, beside: 'family',
        controls: async ({ tx, page, today }) => [
          { kind: 'choice', name: 'family', label: 'Family', hint: 'Families of this authority that belong to no constellation today', items: [{ value: '', text: 'Choose a family' }, ...(await candidates(tx, page.constellation.authority, today)).map(({ id: value, name, reference }) => ({ value, text: `${name} (${reference})` }))] },
          { kind: 'radios', name: 'role', label: 'Part', items: [{ value: 'satellite', text: 'Satellite family', hint: { text: `At most ${String(page.limits.most)} at any time` } }, { value: 'hub_home', text: 'Hub home', hint: { text: `An approved fostering household that keeps ${String(page.limits.beds)} beds free` } }] },
          onDay('Joins on'), { kind: 'date', name: 'until', label: 'Up to, if that is known', hint: 'The first day on which they belong to it no longer' },
        ],
        values: () => ({ role: 'satellite' }),
        work: (actor, request, { family, role, on, until }) => change.join(actor, { ...request, carerId: family, role, from: on, until }),
        done: 'The family belongs to the constellation.',
      }),
      step({
        slug: 'leave', title: 'A family leaves', button: 'Record the leaving', schema: leaveSchema, listed: true, beside: 'membership',
        controls: (context) => [{ kind: 'radios', name: 'membership', label: 'Family', items: openMembershipItems(context) }, onDay('From this day on they belong to it no longer'), { kind: 'radios', name: 'why', label: 'Why', hint: 'A family that leaves fostering is recorded on the register, and leaves here the same day', items: LEFT_CONSTELLATION.filter((why) => why !== 'changed_part').map((why) => ({ value: why, text: LEFT_CONSTELLATION_NAMES[why] })) }],
        work: (actor, request, { membership, on, why }) => change.leave(actor, { ...request, membershipId: membership, on, why }),
        done: 'The family has left the constellation.',
      }),
      step({
        slug: 'part', title: 'A family changes its part', button: 'Change the part', schema: partSchema, listed: true, beside: 'membership',
        controls: (context) => [{ kind: 'radios', name: 'membership', label: 'Family', items: openMembershipItems(context) }, { kind: 'radios', name: 'role', label: 'Becomes', items: itemsOf(MEMBER_ROLE_NAMES) }, onDay('From')],
        work: (actor, request, { membership, role, on }) => change.changePart(actor, { ...request, membershipId: membership, role, on }),
        done: 'The part is changed.',
      }),
      step({
        slug: 'correct', title: 'Correct a membership', button: 'Correct it', schema: correctSchema, listed: true, beside: 'membership',
        controls: (context) => [{ kind: 'radios', name: 'membership', label: 'Membership', items: membershipItems(context) }, onDay('Joined on'), { kind: 'date', name: 'until', label: 'Left on', hint: 'Empty when they belong to it' }, { kind: 'note', name: 'reason', label: 'What was wrong', hint: NO_NAMES, rows: 3 }],
        work: (actor, request, { membership, on, until, reason }) => change.correct(actor, { ...request, membershipId: membership, from: on, until, reason }),
        done: 'The membership is corrected. What was recorded before stays in its history.',
      }),
      step({
        slug: 'take-back', title: 'Take a membership back', button: 'Take it back', schema: takeBackSchema, listed: true, beside: 'membership',
        controls: (context) => [{ kind: 'radios', name: 'membership', label: 'Membership that never was', items: membershipItems(context) }, { kind: 'note', name: 'reason', label: 'Why it never was', hint: NO_NAMES, rows: 3 }],
        work: (actor, request, { membership, reason }) => change.takeBack(actor, { ...request, membershipId: membership, reason }),
        done: 'The membership is taken back.',
      }),
      step({
        slug: 'edit', title: 'Change name, area or liaison worker', button: 'Save', schema: editSchema, listed: true, beside: 'name',
        controls: async ({ tx, page }) => [{ kind: 'line', name: 'name', label: 'Name' }, { kind: 'line', name: 'area', label: 'Area' }, { kind: 'choice', name: 'liaison', label: 'Liaison worker', items: await liaisonItems(tx, page.constellation.authority) }, { kind: 'date', name: 'started_on', label: 'First day' }],
        values: ({ page: { constellation } }) => ({ name: constellation.name, area: constellation.area, liaison: constellation.liaisonId ?? '', started_on: constellation.startedOn }),
        work: (actor, request, { name, area, liaison, started_on }) => run.edit(actor, { ...request, name, area, liaisonId: liaison, startedOn: started_on }),
        done: 'The constellation is changed.',
      }),
      step({
        slug: 'end', title: 'End the constellation', button: 'End it', schema: endSchema, listed: true, beside: 'reason',
        controls: () => [onDay('From this day on it is no more', 'Its families leave that day'), { kind: 'note', name: 'reason', label: 'Why it ends', hint: NO_NAMES, rows: 3 }],
        work: (actor, request, { on, reason }) => run.end(actor, { ...request, on, reason }),
        done: 'The constellation has ended.',
      }),
    ];
  }
}
