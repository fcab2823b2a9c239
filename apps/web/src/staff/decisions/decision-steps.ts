import { AUTHORITY_NAMES } from '@app/authorities';
import { type AboveLimit, type ApprovalTerms, CARE_KIND_NAMES, CARE_KINDS, MakeDecision } from '@app/assessments';
import { dateInWords } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { choice, choices, date, one, optionalChoice, optionalLine, requiredNote, ticked } from '../fields';
import { type Control, itemsOf } from '../assessments/controls';
import { fileStep, type FileStep, onDay, type StepContext } from '../assessments/file-step';
import { assessmentPath } from '../paths';

const wholeNumber = (missing: string) => z.preprocess((given) => (one(given).trim() === '' ? NaN : Number(one(given))), z.number(missing).int('Enter a whole number'));
const reasons = requiredNote('Write the reasons: the family is told them in writing');

const approveSchema = z
  .object({
    on: date('Enter the day of the decision'), children: wholeNumber('Enter how many children'), age_from: wholeNumber('Enter the youngest age'), age_to: wholeNumber('Enter the oldest age'), care: choices(CARE_KINDS),
    named_child: optionalLine(50, 'The reference'), above: optionalChoice(['siblings', 'exemption']), exemption_authority: optionalLine(100, 'The authority'), exemption_children: optionalLine(300, 'The references'), reasons,
  })
  .transform(({ on, reasons: why, children, age_from: ageFrom, age_to: ageTo, care, named_child: namedChild, above, exemption_authority: authority, exemption_children: named }) => ({
    on,
    reasons: why,
    terms: { children, ageFrom, ageTo, care, namedChild, aboveLimit: aboveLimit(above, authority, named) } satisfies ApprovalTerms,
  }));
const decideSchema = z.object({ on: date('Enter the day of the decision'), reasons });
const daySchema = z.object({ on: date('Enter the day') });
const representSchema = z.object({ way: choice(['service', 'irm'], 'Choose to whom they answered'), on: date('Enter the day on which it was received') });
const answerSchema = z.object({ on: date('Enter the day of the answer'), ended: ticked, words: requiredNote('Write what the review recommends, or why it ended without') });
const toldSchema = z.object({ how: choice(['orally', 'in_writing'], 'Choose how they were told'), on: date('Enter the day') });

function aboveLimit(above: 'siblings' | 'exemption' | null, authority: string | null, named: string | null): AboveLimit | null {
  if (above === null) return null;
  return above === 'siblings' ? { kind: 'siblings' } : { kind: 'exemption', authority: authority ?? '', children: (named ?? '').split(/[,;]/).map((reference) => reference.trim()).filter(Boolean) };
}

function whatIsKnown({ file, family }: StepContext): readonly Control[] {
  const last = file.panels.filter(({ recommendation, withdrawnAt }) => recommendation !== null && withdrawnAt === null).at(-1);
  const known = last
    ? [`The panel of ${dateInWords(last.meetsOn)} recommends: ${RECOMMENDATION_WORDS[last.recommendation ?? 'defer']}.`, `Its reasons: ${last.reasons ?? ''}`, last.minutesAgreedOn ? `Minutes agreed on ${dateInWords(last.minutesAgreedOn)}.` : 'The minutes are not agreed yet.']
    : [file.rules.panelNeeded ? 'No panel has considered this family yet.' : `${AUTHORITY_NAMES[family.journey.authority]} needs no panel: the report comes straight to the decision maker.`];
  const { representation } = file;
  const answered = representation
    ? [`The family answered ${representation.way === 'irm' ? 'to the Independent Review Mechanism' : 'the service'} on ${dateInWords(representation.receivedOn)}.`, ...(representation.recommendation ? [`The review ${representation.endedWithout ? 'ended without a recommendation' : 'recommends'}: ${representation.recommendation}`] : [])]
    : [];
  return [{ kind: 'list', text: `${family.name}. What the decision rests on:`, items: [...known, ...answered] }];
}

export const RECOMMENDATION_WORDS = { approve: 'approve', not_approve: 'do not approve', defer: 'come back later' } as const;

/** The agency decision and what follows it. */
@Injectable()
export class DecisionSteps {
  readonly steps: readonly FileStep[];

  constructor(decisions: MakeDecision) {
    const home = (reference: string): string => assessmentPath(reference, undefined, 'decision');
    this.steps = [
      fileStep({
        slug: 'approve', action: 'decisions.make', title: 'Approve, with terms', button: 'Approve', schema: approveSchema, beside: 'children', home,
        controls: (context) => [
          ...whatIsKnown(context),
          onDay('Day of the decision'),
          { kind: 'line', name: 'children', label: 'How many children?', hint: `More than ${String(context.file.rules.usualFosteringLimit)} are above the usual fostering limit.`, classes: 'govuk-input--width-2' },
          { kind: 'line', name: 'age_from', label: 'Youngest age', classes: 'govuk-input--width-2' },
          { kind: 'line', name: 'age_to', label: 'Oldest age', classes: 'govuk-input--width-2' },
          { kind: 'boxes', name: 'care', label: 'Kinds of care', items: itemsOf(CARE_KIND_NAMES) },
          { kind: 'line', name: 'named_child', label: 'Reference of the named child', hint: 'Only when the approval is for a named child. Never a name.', classes: 'govuk-input--width-20' },
          { kind: 'radios', name: 'above', label: 'If above the usual limit, why?', items: itemsOf({ siblings: 'All the children are siblings', exemption: 'Under an exemption that names the children' }), hint: 'Children Act 1989, Schedule 7. Leave it open otherwise.' },
          { kind: 'line', name: 'exemption_authority', label: 'Authority that gave the exemption', hint: 'The one where the carer lives.' },
          { kind: 'line', name: 'exemption_children', label: 'References of the children in the exemption', hint: 'With commas between them.' },
          { kind: 'note', name: 'reasons', label: 'Reasons' },
        ],
        values: () => ({ age_from: '0', age_to: '18' }),
        work: ({ actor, journeyId }, value) => decisions.approve(actor, { journeyId, ...value }),
        done: 'They are approved. They have to be told orally within 2 working days, in writing within 5.',
      }),
      fileStep({
        slug: 'determine', action: 'decisions.make', title: 'Qualifying determination', button: 'Record the determination', schema: decideSchema, beside: 'reasons', home,
        controls: (context) => [...whatIsKnown(context), { kind: 'words', text: 'It proposes not to approve. From its day the family has 28 calendar days to answer, to the service or to the Independent Review Mechanism.' }, onDay('Day of the determination'), { kind: 'note', name: 'reasons', label: 'Reasons' }],
        work: ({ actor, journeyId }, value) => decisions.determine(actor, { journeyId, ...value }),
        done: 'The determination is recorded. The 28 days run.',
      }),
      fileStep({
        slug: 'uphold', action: 'decisions.make', title: 'Uphold the determination', button: 'Do not approve', schema: decideSchema, beside: 'reasons', home,
        controls: (context) => [...whatIsKnown(context), { kind: 'words', text: 'The final decision after representations: the family is not approved, and the journey closes on this day.' }, onDay('Day of the final decision'), { kind: 'note', name: 'reasons', label: 'Reasons' }],
        work: ({ actor, journeyId }, value) => decisions.refuse(actor, { journeyId, ...value }),
        done: 'The determination is upheld. The family has to be told.',
      }),
      fileStep({
        slug: 'lapse', action: 'panels.manage', title: 'The 28 days are over', button: 'Close as not approved', schema: daySchema, beside: 'on', home,
        controls: () => [{ kind: 'words', text: 'Nobody answered within the 28 days: the determination stands and the journey closes.' }, onDay('On which day?')],
        work: ({ actor, journeyId }, { on }) => decisions.lapse(actor, { journeyId, on }),
        done: 'The determination stands.',
      }),
      fileStep({
        slug: 'represent', action: 'panels.manage', title: 'The family answered', button: 'Record the representations', schema: representSchema, beside: 'way', home,
        controls: () => [
          { kind: 'radios', name: 'way', label: 'To whom?', items: [{ value: 'service', text: 'To the fostering service' }, { value: 'irm', text: 'To the Independent Review Mechanism', hint: { text: 'Its papers are due ten working days after its notice.' } }] },
          onDay('On which day was it received?'),
        ],
        work: ({ actor, journeyId }, { way, on }) => decisions.represent(actor, { journeyId, way, on }),
        done: 'The representations are recorded.',
      }),
      fileStep({
        slug: 'review-papers', action: 'panels.manage', title: 'Papers to the Independent Review Mechanism', button: 'Record it', schema: daySchema, beside: 'on', home,
        controls: () => [onDay('On which day were they sent?')],
        work: ({ actor, journeyId }, { on }) => decisions.reviewStep(actor, { journeyId, on, step: 'papers_sent' }),
        done: 'The papers are recorded as sent.',
      }),
      fileStep({
        slug: 'review-answer', action: 'panels.manage', title: 'What the review recommends', button: 'Record it', schema: answerSchema, beside: 'words', home,
        controls: () => [
          { kind: 'words', text: 'The final decision takes the review’s recommendation into account, and waits for it.' },
          onDay('On which day?'),
          { kind: 'boxes', name: 'ended', label: 'Did it recommend nothing?', items: itemsOf({ yes: 'It ended without a recommendation: the family withdrew, or it was not taken on' }) },
          { kind: 'note', name: 'words', label: 'What does it recommend?', hint: 'Or why it ended without a recommendation.' },
        ],
        work: ({ actor, journeyId }, { on, words, ended }) => decisions.reviewStep(actor, { journeyId, on, step: ended ? 'ended_without' : 'recommendation', words }),
        done: 'The answer is recorded.',
      }),
      fileStep({
        slug: 'told', action: 'assessments.read', title: 'The family was told', button: 'Record it', schema: toldSchema, beside: 'how', home,
        controls: () => [{ kind: 'radios', name: 'how', label: 'How?', items: itemsOf({ orally: 'Orally', in_writing: 'In writing' }) }, onDay('On which day?')],
        work: ({ actor, journeyId }, { how, on }) => decisions.told(actor, { journeyId, how, on }),
        done: 'It is recorded that they were told.',
      }),
    ];
  }
}
