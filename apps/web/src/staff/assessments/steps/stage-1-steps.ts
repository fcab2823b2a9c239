import { DecideStage1, DescribePerson, HoldTrack, missingInWords, type Track } from '@app/assessments';
import { Injectable, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import { choice, date, optionalChoice, optionalDate, optionalLine, optionalNote, requiredLine } from '../../fields';
import { assessmentPath } from '../../paths';
import { type Control, itemsOf } from '../controls';
import { fileStep, type FileStep, onDay, type StepContext } from '../file-step';

const TRACK_NAMES: Readonly<Record<Track, string>> = { stage_1: 'Stage 1: the checks', stage_2: 'Stage 2: the assessment' };
const TRACKS = ['stage_1', 'stage_2'] as const;
const YES_NO = { yes: 'Yes', no: 'No' };

const personSchema = z.object({
  born_on: optionalDate, in_uk_since_on: optionalDate, employer: optionalLine(200, 'The employer'), former_partner: optionalChoice(['yes', 'no']), school: optionalLine(200, 'The school'),
  previous_service: optionalLine(200, 'The service'), previous_service_ended_on: optionalDate,
});
const decideSchema = z.object({ outcome: choice(['go_on', 'refused'], 'Choose the outcome'), on: date('Enter the day of the decision'), reasons: optionalNote });
const daySchema = z.object({ on: date('Enter the day') });
const holdSchema = z.object({ track: choice(TRACKS, 'Choose the track'), on: date('Enter the day from which it rests'), reason: requiredLine(500, 'Write why it rests') });
const resumeSchema = z.object({ track: choice(TRACKS, 'Choose the track'), on: date('Enter the day on which work goes on') });

function personOf({ file, subject }: StepContext) {
  const person = file.people.find(({ id }) => id === subject);
  if (!person) throw new NotFoundException();
  return person;
}

function personControls(context: StepContext): readonly Control[] {
  const person = personOf(context);
  const all: readonly (Control & { readonly of: readonly string[] })[] = [
    { of: ['applicant', 'adult', 'child'], kind: 'date', name: 'born_on', label: 'Date of birth' },
    { of: ['applicant', 'adult'], kind: 'date', name: 'in_uk_since_on', label: 'In the UK since', hint: 'Leave it empty for somebody who has always lived here. Under ten years ask for checks overseas.' },
    { of: ['applicant'], kind: 'line', name: 'employer', label: 'Employer', hint: 'A reference is asked for when there is one.' },
    { of: ['applicant'], kind: 'radios', name: 'former_partner', label: 'Is there a former partner to be spoken with?', items: itemsOf(YES_NO) },
    { of: ['applicant'], kind: 'line', name: 'previous_service', label: 'Fostering service of the last 12 months', hint: 'Its reference takes the place of the personal referees.' },
    { of: ['applicant'], kind: 'date', name: 'previous_service_ended_on', label: 'With that service until', hint: 'Leave it empty while they still are.' },
    { of: ['child'], kind: 'line', name: 'school', label: 'School' },
  ];
  return [{ kind: 'words', text: `${person.name}. The checklist follows what you write here.` }, ...all.filter(({ of }) => of.includes(person.role))];
}

/** Stage 1: what is known of each person, its outcome and letter; and the holds of both tracks. */
@Injectable()
export class Stage1Steps {
  readonly steps: readonly FileStep[];

  constructor(describe: DescribePerson, decide: DecideStage1, holds: HoldTrack) {
    this.steps = [
      fileStep({
        slug: 'person', action: 'assessments.work', title: 'What the checklist needs to know', button: 'Save', schema: personSchema, beside: 'born_on',
        home: (reference) => assessmentPath(reference, undefined, 'checks'),
        controls: personControls,
        values(context) {
          const { bornOn, inUkSinceOn, employer, formerPartner, school, previousService, previousServiceEndedOn } = personOf(context);
          return { born_on: bornOn ?? '', in_uk_since_on: inUkSinceOn ?? '', employer: employer ?? '', former_partner: formerPartner === null ? '' : formerPartner ? 'yes' : 'no', school: school ?? '', previous_service: previousService ?? '', previous_service_ended_on: previousServiceEndedOn ?? '' };
        },
        work: ({ actor, journeyId, subject }, value) =>
          describe.run(actor, {
            journeyId, personId: subject,
            facts: { bornOn: value.born_on, inUkSinceOn: value.in_uk_since_on, employer: value.employer, formerPartner: value.former_partner && value.former_partner === 'yes', school: value.school, previousService: value.previous_service, previousServiceEndedOn: value.previous_service_ended_on },
          }),
        done: 'Saved. The checklist follows.',
      }),
      fileStep({
        slug: 'stage-1-outcome', action: 'assessments.manage', title: 'Decide stage 1', button: 'Record the outcome', schema: decideSchema, beside: 'outcome',
        controls: ({ file }) => [
          ...(file.missing.length > 0 ? [{ kind: 'list', text: 'To go on, this is still missing:', items: file.missing.map(missingInWords) } as const] : []),
          { kind: 'radios', name: 'outcome', label: 'What is the outcome?', items: [{ value: 'go_on', text: 'They go on' }, { value: 'refused', text: 'They are refused', hint: { text: 'Possible before every check is in. The journey closes. The family can complain; there are no representations.' } }] },
          onDay('On which day was it decided?'),
          { kind: 'note', name: 'reasons', label: 'Reasons', hint: 'Needed for a refusal: they are written to the family.' },
        ],
        work: ({ actor, journeyId }, { outcome, on, reasons }) => decide.run(actor, { journeyId, outcome, on, reasons: reasons || null }),
        done: ({ outcome }) => (outcome === 'go_on' ? 'Stage 1 is decided: they go on. Send the letter next.' : 'Stage 1 is decided: they are refused. Send the letter next.'),
      }),
      fileStep({
        slug: 'stage-1-letter', action: 'assessments.work', title: 'The stage 1 letter was sent', button: 'Record it', schema: daySchema, beside: 'on',
        controls: () => [{ kind: 'words', text: 'The ten working days for the outcome end when its letter is sent.' }, onDay('On which day was it sent?')],
        work: ({ actor, journeyId }, { on }) => decide.letterSent(actor, { journeyId, on }),
        done: 'The letter is recorded.',
      }),
      fileStep({
        slug: 'hold', action: 'assessments.work', title: 'Put a track on hold', button: 'Put on hold', schema: holdSchema, beside: 'track',
        controls: () => [
          { kind: 'words', text: 'The law lets no clock of an assessment stop for a hold: the ten working days, the eight months and the six months go on. The days on hold are shown beside them.' },
          { kind: 'radios', name: 'track', label: 'Which track?', items: itemsOf(TRACK_NAMES) },
          onDay('From which day does it rest?'),
          { kind: 'line', name: 'reason', label: 'Why?' },
        ],
        work: ({ actor, journeyId }, { track, on, reason }) => holds.begin(actor, { journeyId, track, from: on, reason }),
        done: 'The track is on hold.',
      }),
      fileStep({
        slug: 'resume', action: 'assessments.work', title: 'End a hold', button: 'End the hold', schema: resumeSchema, beside: 'track',
        controls: ({ file }) => [
          { kind: 'radios', name: 'track', label: 'Which track?', items: itemsOf(TRACK_NAMES).filter(({ value }) => file.holds.some(({ track, until }) => track === value && until === null)) },
          onDay('On which day does work go on?'),
        ],
        values: ({ file }) => ({ track: file.holds.find(({ until }) => until === null)?.track ?? '' }),
        work: ({ actor, journeyId }, { track, on }) => holds.end(actor, { journeyId, track, on }),
        done: 'The hold is over.',
      }),
    ];
  }
}
