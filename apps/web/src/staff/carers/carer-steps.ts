import { type Action, type StaffActor, staffWhoMay } from '@app/access';
import { type CarerBlocker, type CarerPage, type CarerRefusal, type CarerRequest, CorrectLeaving, ETHNICITIES, ETHNICITY_NAMES, isApprovedKind, KeepCarer, LEAVE_REASON_NAMES, LEAVE_REASONS, LEFT_BY, LEFT_BY_NAMES, type LeftBy, REVIEW_DUE_WITHIN_DAYS, TRAINING_PATHWAY } from '@app/carers';
import { dateInWords, type LocalDate, type Result, shortDateInWords } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { FormValues } from '../../platform/forms';
import type { Control } from '../assessments/controls';
import { onDay } from '../assessments/file-step';
import { choice, date, one, optionalDate, optionalLine, optionalNote, requiredNote } from '../fields';
import { childReference, TERMS_CONTROLS, termsFields, termsOfForm, termsValues, wholeNumber } from './terms-fields';

export interface CarerStepContext {
  readonly tx: EntityManager;
  readonly page: CarerPage;
  readonly today: LocalDate;
}

interface Definition<Value> {
  readonly slug: string;
  readonly title: string;
  readonly button: string;
  readonly schema: z.ZodType<Value>;
  offered(page: CarerPage): boolean;
  controls(context: CarerStepContext): readonly Control[] | Promise<readonly Control[]>;
  values?(context: CarerStepContext): FormValues;
  /** The control that a refusal stands beside when it is not about the day. */
  readonly beside: string;
  work(actor: StaffActor, request: CarerRequest, value: Value): Promise<Result<undefined, CarerRefusal>>;
  readonly done: string;
}

/** One thing that can be done to a household on the register. */
export interface CarerStep extends Omit<Definition<unknown>, 'work' | 'schema'> {
  readonly action: Action;
  readonly schema: z.ZodType;
  work(actor: StaffActor, request: CarerRequest, value: unknown): Promise<Result<undefined, CarerRefusal>>;
  fieldOf(blocker: CarerBlocker): string;
}

const ABOUT_THE_DAY: ReadonlySet<CarerBlocker['kind']> = new Set(['future', 'earlier_than', 'left_already', 'terms_that_day', 'on_hold_already']);
const TERMS_FIELD: Readonly<Record<string, string>> = { no_children: 'children', ages_turned_round: 'age_from', ages_beyond_childhood: 'age_from', no_care: 'care', named_child_missing: 'named_child', named_child_not_asked: 'named_child', above_limit_without_reason: 'above', exemption_names_nobody: 'exemption_children', exemption_authority_missing: 'exemption_authority', reason_without_need: 'above' };

/** The control of terms that a refusal of them stands beside. */
export const termsField = (refusal: string): string => TERMS_FIELD[refusal] ?? 'children';

function step<Value>(definition: Definition<Value>): CarerStep {
  return {
    ...definition,
    action: 'carers.work',
    work: (actor, request, value) => definition.work(actor, request, value as Value),
    fieldOf: (blocker) => (blocker.kind === 'terms' ? termsField(blocker.refusal) : ABOUT_THE_DAY.has(blocker.kind) && definition.beside !== '' ? 'on' : definition.beside || 'on'),
  };
}

/** Beside every text that anybody writes freely. */
const NO_NAMES = 'No names of children';
const whoAndWhy = (chosen: string): { readonly by: LeftBy; readonly reason: string } => {
  const [by, reason = ''] = chosen.split(':');
  return { by: by === 'termination' ? 'termination' : 'resignation', reason };
};
const fostering = ({ carer }: CarerPage): boolean => carer.leftOn === null;
const approved = (page: CarerPage): boolean => fostering(page) && isApprovedKind(page.carer.kind);
const reasonItems = LEFT_BY.flatMap((by) => LEAVE_REASONS[by].map((reason) => ({ value: `${by}:${reason}`, text: LEAVE_REASON_NAMES[reason], hint: { text: LEFT_BY_NAMES[by] } })));

const termsSchema = z.object({ on: date('Enter the day from which these terms hold'), reason: requiredNote('Write why the terms change'), ...termsFields });
const reviewSchema = z.object({ on: date('Enter the day of the review'), outcome: choice(['continue', 'change_terms', 'end'], 'Choose what came of it'), note: optionalNote });
const restSchema = z.object({ on: date('Enter the first day'), until: optionalDate, reason: requiredNote('Write why they take no children for a while') });
const daySchema = z.object({ on: date('Enter the day') });
const leaveSchema = z.object({ on: date('Enter the day from which they foster no longer'), reason: z.preprocess(one, z.enum(reasonItems.map(({ value }) => value), 'Choose who ended the approval, and why')) });
const backSchema = z.object({ reason: requiredNote('Write why it was recorded') });
const exitSchema = z.object({ on: date('Enter the day of the interview'), feedback: requiredNote('Write what they said') });
const trainingSchema = z.object({ on: date('Enter the day on which it was done'), step: z.preprocess(one, z.enum(TRAINING_PATHWAY.map(({ code }) => code), 'Choose the step')) });
const placeSchema = z.object({ child: childReference, on: date('Enter the first day') });
const endSchema = z.object({ placement: z.preprocess(one, z.uuid('Choose the placement')), on: date('Enter the last day'), ending: choice(['planned', 'unplanned'], 'Choose whether it ended as planned') });
const ethnicitySchema = z.object({ person: z.preprocess(one, z.uuid('Choose who told it')), ethnicity: z.preprocess(one, z.enum([...ETHNICITIES, 'take_back'], 'Choose what they told')) });
const editSchema = z.object({ beds: wholeNumber(0, 20, 'Enter the number of beds, from 0 to 20'), town: optionalLine(80, 'The town'), supervisor: z.preprocess((given) => one(given) || null, z.uuid().nullable()), agreement_on: optionalDate });

/** Social workers of an authority as choices. */
export async function supervisorItems(tx: EntityManager, authority: CarerPage['carer']['authority']) {
  const staff = await staffWhoMay(tx, 'carers.work', authority);
  return [{ value: '', text: 'Nobody yet' }, ...staff.filter(({ roles }) => roles.some(({ role, authority: held }) => held === authority && (role === 'social_worker' || role === 'team_manager'))).map(({ staffId, name }) => ({ value: staffId, text: name }))];
}

/** Everything that can be done to a household, in the order of its page's list. */
@Injectable()
export class CarerSteps {
  readonly steps: readonly CarerStep[];

  constructor(keep: KeepCarer, leaving: CorrectLeaving) {
    this.steps = [
      step({
        slug: 'review', title: 'Record the review', button: 'Record the review', schema: reviewSchema, beside: 'on', offered: approved,
        controls: ({ page }) => [
          { kind: 'words', text: page.reviews[0] && page.reviews[0].heldOn === null ? `Review ${String(page.reviews[0].number)} is due by ${dateInWords(page.reviews[0].dueOn)}. A reminder goes out ${String(REVIEW_DUE_WITHIN_DAYS)} days before.` : 'No review is to come.' },
          onDay('Day of the review'),
          { kind: 'radios', name: 'outcome', label: 'What came of it', items: [{ value: 'continue', text: 'The approval goes on' }, { value: 'change_terms', text: 'The terms are to change' }, { value: 'end', text: 'The approval is to end' }] },
          { kind: 'note', name: 'note', label: 'Note', hint: NO_NAMES },
        ],
        work: (actor, request, { on, outcome, note }) => keep.holdReview(actor, { ...request, on, outcome, note: note || null }),
        done: 'The review is recorded. The next one is due within a year of it.',
      }),
      step({
        slug: 'terms', title: 'Change the terms of approval', button: 'Change the terms', schema: termsSchema, beside: 'reason', offered: approved,
        controls: () => [onDay('The new terms hold from'), ...TERMS_CONTROLS, { kind: 'note', name: 'reason', label: 'Why they change', hint: NO_NAMES, rows: 3 }],
        values: ({ page }) => termsValues(page.terms[0] ?? null),
        work: (actor, request, value) => keep.changeTerms(actor, { ...request, on: value.on, reason: value.reason, terms: termsOfForm(value) }),
        done: 'The new terms are recorded.',
      }),
      step({
        slug: 'training', title: 'Record training', button: 'Record the training', schema: trainingSchema, beside: 'step', offered: approved,
        controls: ({ page }) => [{ kind: 'radios', name: 'step', label: 'Which step', items: TRAINING_PATHWAY.map(({ code, name }) => { const done = page.training.get(code); return { value: code, text: name, ...(done ? { hint: { text: `Done on ${shortDateInWords(done)}` } } : {}) }; }) }, onDay('Done on')],
        work: (actor, request, value) => keep.train(actor, { ...request, ...value }),
        done: 'The training is recorded.',
      }),
      step({
        slug: 'place', title: 'A child comes to live there', button: 'Record the placement', schema: placeSchema, beside: 'child', offered: approved,
        controls: () => [{ kind: 'line', name: 'child', label: 'Reference of the child', hint: 'As the case system has it, such as CH-20481. Never a name.', classes: 'govuk-input--width-10' }, onDay('First day')],
        work: (actor, request, { child, on }) => keep.place(actor, { ...request, on, childReference: child }),
        done: 'The placement is recorded.',
      }),
      step({
        slug: 'end-placement', title: 'A placement ends', button: 'Record the end', schema: endSchema, beside: 'placement',
        offered: ({ placements }) => placements.some(({ endedOn }) => endedOn === null),
        controls: ({ page }) => [
          { kind: 'radios', name: 'placement', label: 'Which placement', items: page.placements.filter(({ endedOn }) => endedOn === null).map(({ id, childReference: child, startedOn }) => ({ value: id, text: child, hint: { text: `Since ${shortDateInWords(startedOn)}` } })) },
          onDay('Last day'),
          { kind: 'radios', name: 'ending', label: 'How it ended', items: [{ value: 'planned', text: 'As planned' }, { value: 'unplanned', text: 'Not as planned' }] },
        ],
        work: (actor, request, { placement, on, ending }) => keep.endPlacement(actor, { ...request, placementId: placement, on, ending }),
        done: 'The end of the placement is recorded.',
      }),
      step({
        slug: 'edit', title: 'Change beds, supervision or agreement', button: 'Save', schema: editSchema, beside: 'beds', offered: fostering,
        controls: async ({ tx, page }) => [
          { kind: 'line', name: 'beds', label: 'Beds for children who are looked after', classes: 'govuk-input--width-3' },
          { kind: 'line', name: 'town', label: 'Town' },
          { kind: 'choice', name: 'supervisor', label: 'Supervising social worker', items: await supervisorItems(tx, page.carer.authority) },
          { kind: 'date', name: 'agreement_on', label: 'Foster care agreement signed on' },
        ],
        values: ({ page: { carer } }) => ({ beds: String(carer.beds), town: carer.town ?? '', supervisor: carer.supervisorId ?? '', agreement_on: carer.agreementSignedOn ?? '' }),
        work: (actor, request, { beds, town, supervisor, agreement_on }) => keep.edit(actor, { ...request, beds, town, supervisorId: supervisor, agreementSignedOn: agreement_on }),
        done: 'The household is changed.',
      }),
      step({
        slug: 'ethnicity', title: 'Record ethnicity, when a carer tells it', button: 'Record it', schema: ethnicitySchema, beside: 'person', offered: (page) => approved(page) && page.people.length > 0,
        controls: ({ page }) => [
          { kind: 'words', text: 'Only when a carer wishes to tell it. It is counted in the yearly figures for Ofsted and the Department, together with those of the other carers. Nobody can look up what one person said, also not you.' },
          { kind: 'radios', name: 'person', label: 'Who told it', items: page.people.map(({ id, name, toldEthnicity }) => ({ value: id, text: name, hint: { text: toldEthnicity ? 'Has told it: recording it again replaces it' : 'Has not told it' } })) },
          { kind: 'radios', name: 'ethnicity', label: 'What they told', items: [...ETHNICITIES.map((value) => ({ value, text: ETHNICITY_NAMES[value] })), { value: 'take_back', text: 'Nothing any more: take back what was recorded' }] },
        ],
        work: (actor, request, { person, ethnicity }) => keep.tellEthnicity(actor, { ...request, personId: person, ethnicity: ethnicity === 'take_back' ? null : ethnicity }),
        done: 'It is recorded, and will only be counted.',
      }),
      step({
        slug: 'hold', title: 'Put on hold', button: 'Put on hold', schema: restSchema, beside: 'reason', offered: (page) => approved(page) && page.carer.heldOn === null,
        controls: () => [onDay('From'), { kind: 'date', name: 'until', label: 'Probably until', hint: 'Leave it empty when nobody knows' }, { kind: 'note', name: 'reason', label: 'Why', hint: NO_NAMES, rows: 3 }],
        work: (actor, request, value) => keep.rest(actor, { ...request, ...value }),
        done: 'The household is on hold. Its reviews go on.',
      }),
      step({
        slug: 'resume', title: 'Bring back from hold', button: 'Bring back', schema: daySchema, beside: 'on', offered: (page) => page.carer.heldOn !== null,
        controls: () => [onDay('Children can come again from')],
        work: (actor, request, { on }) => keep.resume(actor, { ...request, on }),
        done: 'Children can come again.',
      }),
      step({
        slug: 'leave', title: 'The household leaves fostering', button: 'Record the leaving', schema: leaveSchema, beside: 'reason', offered: fostering,
        controls: () => [onDay('They foster no longer from', 'A resignation takes effect 28 days after the notice came (Fostering Services Regulations 2011, reg 28)'), { kind: 'radios', name: 'reason', label: 'Who ended the approval, and why', items: reasonItems }],
        work: (actor, request, { on, reason }) => keep.leave(actor, { ...request, on, ...whoAndWhy(reason) }),
        done: 'The leaving is recorded.',
      }),
      step({
        slug: 'exit-interview', title: 'Exit interview', button: 'Record the interview', schema: exitSchema, beside: 'feedback', offered: (page) => page.carer.leftOn !== null,
        controls: () => [onDay('Day of the interview'), { kind: 'note', name: 'feedback', label: 'What they said', hint: NO_NAMES }],
        values: ({ page: { carer } }) => ({ feedback: carer.exitFeedback ?? '', ...(carer.exitInterviewOn ? { on: carer.exitInterviewOn } : {}) }),
        work: (actor, request, value) => keep.exitInterview(actor, { ...request, ...value }),
        done: 'The interview is recorded.',
      }),
      step({
        slug: 'correct-leaving', title: 'Correct the leaving', button: 'Correct it', schema: leaveSchema, beside: 'reason', offered: (page) => page.carer.leftOn !== null,
        controls: () => [onDay('They foster no longer from', 'A later day does not bring back a constellation that ended with the leaving'), { kind: 'radios', name: 'reason', label: 'Who ended the approval, and why', items: reasonItems }],
        values: ({ page: { carer } }) => ({ on: carer.leftOn ?? '', reason: `${carer.leftBy ?? ''}:${carer.leftReason ?? ''}` }),
        work: (actor, request, { on, reason }) => leaving.correct(actor, { ...request, on, ...whoAndWhy(reason) }),
        done: 'The leaving is corrected. What was recorded before stays in the history.',
      }),
      step({
        slug: 'take-back-leaving', title: 'They never left', button: 'Take the leaving back', schema: backSchema, beside: 'reason', offered: (page) => page.carer.leftOn !== null,
        controls: () => [{ kind: 'words', text: 'The household fosters again as if it had never left, and its review is to come. A constellation that ended with the leaving has to take it in again.' }, { kind: 'note', name: 'reason', label: 'Why it was recorded', hint: NO_NAMES, rows: 3 }],
        work: (actor, request, value) => leaving.takeBack(actor, { ...request, ...value }),
        done: 'The leaving is taken back.',
      }),
    ];
  }
}
