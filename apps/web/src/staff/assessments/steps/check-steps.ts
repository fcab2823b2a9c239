import { AUTHORITY_NAMES } from '@app/authorities';
import { chaserDraft, CHECK_OUTCOME_NAMES, CHECK_OUTCOMES, type ListedCheck, RecordCheck } from '@app/assessments';
import { Injectable, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import { choice, date, optionalDate, optionalEmail, optionalLine, optionalNote, requiredNote, ticked } from '../../fields';
import { assessmentPath } from '../../paths';
import { itemsOf } from '../controls';
import { fileStep, type FileStep, onDay, type StepContext } from '../file-step';

const home = (reference: string, checkId: string): string => assessmentPath(reference, `checks/${checkId}`);

/** A check in a sentence: "Enhanced DBS check of Ann Example". */
export const checkInWords = ({ definition, aboutName, ordinal }: ListedCheck): string => `${definition.name}${definition.times > 1 ? ` ${String(ordinal)}` : ''}${aboutName === '' ? '' : ` of ${aboutName}`}`;

/** The check that an address names. */
export function checkOf({ file, subject }: Pick<StepContext, 'file' | 'subject'>): ListedCheck {
  const check = file.checks.find(({ id }) => id === subject);
  if (!check) throw new NotFoundException();
  return check;
}

const about = (context: StepContext) => ({ kind: 'words', text: `${checkInWords(checkOf(context))}.` }) as const;

const requestSchema = z.object({ on: date('Enter the day on which it was asked for'), third_party: optionalLine(200, 'The name'), third_party_email: optionalEmail });
const sendSchema = z.object({ on: date('Enter the day on which it went out') });
const chaseSchema = z
  .object({ on: date('Enter the day of the reminder'), by_email: ticked, to: optionalEmail, subject: optionalLine(200, 'The subject'), body: optionalNote })
  .superRefine(({ by_email: byEmail, to, subject, body }, context) => {
    if (!byEmail) return;
    if (to === null) context.addIssue({ code: 'custom', path: ['to'], message: 'Enter the address that the reminder goes to' });
    if (subject === null) context.addIssue({ code: 'custom', path: ['subject'], message: 'Enter the subject of the reminder' });
    if (body === '') context.addIssue({ code: 'custom', path: ['body'], message: 'Write the reminder' });
  });
const receiveSchema = z.object({ on: date('Enter the day on which it came in'), number: optionalLine(50, 'The number'), issued_on: optionalDate, disclosed: optionalNote });
const decideSchema = z.object({ outcome: choice(CHECK_OUTCOMES, 'Choose the outcome'), on: date('Enter the day of the outcome'), note: optionalNote, valid_until: optionalDate });
const reopenSchema = z.object({ on: date('Enter the day from which it is done again'), note: requiredNote('Write why it is done again') });

/** What can be recorded about a check, from asking for it to its outcome. */
@Injectable()
export class CheckSteps {
  readonly steps: readonly FileStep[];

  constructor(checks: RecordCheck) {
    this.steps = [
      fileStep({
        slug: 'check-requested', action: 'assessments.work', title: 'Ask for a check', button: 'Record that it was asked for', schema: requestSchema, beside: 'on', home,
        controls: (context) => [
          about(context),
          onDay('On which day was it asked for?'),
          ...(checkOf(context).definition.aboutThirdParty ? ([{ kind: 'line', name: 'third_party', label: 'Who answers it?', hint: 'A referee, a school, a service. Never shown to the applicants.' }, { kind: 'line', type: 'email', name: 'third_party_email', label: 'Their email address (optional)', hint: 'Reminders go there.' }] as const) : []),
        ],
        values: (context) => ({ third_party: checkOf(context).thirdParty ?? '', third_party_email: checkOf(context).thirdPartyEmail ?? '' }),
        work: ({ actor, journeyId, subject }, { on, third_party: thirdParty, third_party_email: thirdPartyEmail }) => checks.request(actor, { journeyId, checkId: subject, on, thirdParty, thirdPartyEmail }),
        done: 'It is recorded that the check was asked for.',
      }),
      fileStep({
        slug: 'check-sent', action: 'assessments.work', title: 'The form or letter went out', button: 'Record it', schema: sendSchema, beside: 'on', home,
        controls: (context) => [about(context), onDay('On which day did it go out?')],
        work: ({ actor, journeyId, subject }, { on }) => checks.send(actor, { journeyId, checkId: subject, on }),
        done: 'It is recorded that it went out.',
      }),
      fileStep({
        slug: 'check-chased', action: 'assessments.work', title: 'Chase a check', button: 'Record the reminder', schema: chaseSchema, beside: 'on', home,
        controls: (context) => [
          about(context),
          onDay('On which day?'),
          { kind: 'boxes', name: 'by_email', label: 'How', items: [{ value: 'yes', text: 'Send this reminder by email', hint: { text: 'Leave it empty when you reminded them in another way.' } }] },
          { kind: 'line', type: 'email', name: 'to', label: 'To' },
          { kind: 'line', name: 'subject', label: 'Subject' },
          { kind: 'note', name: 'body', label: 'Reminder', rows: 12, hint: 'A draft: change what you like.' },
        ],
        values: (context) => chaserValues(context),
        work: ({ actor, journeyId, subject }, { on, by_email: byEmail, to, subject: title, body }) => checks.chase(actor, { journeyId, checkId: subject, on, ...(byEmail && to && title ? { email: { to, subject: title, body } } : {}) }),
        done: ({ by_email: byEmail }) => (byEmail ? 'The reminder is on its way.' : 'The reminder is recorded.'),
      }),
      fileStep({
        slug: 'check-received', action: 'assessments.work', title: 'A check came in', button: 'Record that it came in', schema: receiveSchema, beside: 'on', home,
        controls: (context) => [
          about(context),
          onDay('On which day did it come in?'),
          ...(checkOf(context).definition.destroyDetails
            ? ([
                { kind: 'words', text: 'The details of the certificate are kept until the decision and destroyed then. Only those who carry this assessment see them.' },
                { kind: 'line', name: 'number', label: 'Certificate number (optional)', classes: 'govuk-input--width-20' },
                { kind: 'date', name: 'issued_on', label: 'Issued on (optional)' },
                { kind: 'note', name: 'disclosed', label: 'What it discloses (optional)' },
              ] as const)
            : []),
        ],
        work: ({ actor, journeyId, subject }, { on, number, issued_on: issuedOn, disclosed }) => checks.receive(actor, { journeyId, checkId: subject, on, certificate: { number, issuedOn, disclosed: disclosed || null } }),
        done: 'It is recorded that the check came in. What does it say?',
      }),
      fileStep({
        slug: 'check-outcome', action: 'assessments.work', title: 'The outcome of a check', button: 'Record the outcome', schema: decideSchema, beside: 'outcome', home: (reference) => assessmentPath(reference, undefined, 'checks'),
        controls: (context) => [
          about(context),
          { kind: 'radios', name: 'outcome', label: 'What came of it?', items: itemsOf(CHECK_OUTCOME_NAMES) },
          onDay('On which day was that settled?'),
          { kind: 'note', name: 'note', label: 'Note', hint: 'Needed for anything but satisfactory: what the concern is, or why the check cannot be had or is not needed.' },
          { kind: 'date', name: 'valid_until', label: 'Valid until (optional)', hint: 'Leave it empty for a check that does not run out.' },
        ],
        values: (context) => ({ valid_until: checkOf(context).validUntil ?? '', note: checkOf(context).note ?? '' }),
        work: ({ actor, journeyId, subject }, { on, outcome, note, valid_until: validUntil }) => checks.decide(actor, { journeyId, checkId: subject, on, outcome, note: note || null, validUntil }),
        done: 'The outcome is recorded.',
      }),
      fileStep({
        slug: 'check-again', action: 'assessments.work', title: 'Do a check again', button: 'Start it anew', schema: reopenSchema, beside: 'note', home,
        controls: (context) => [about(context), { kind: 'words', text: 'What was recorded stays in the history. The check starts anew: it has to be asked for.' }, onDay('From which day?'), { kind: 'note', name: 'note', label: 'Why?' }],
        work: ({ actor, journeyId, subject }, { on, note }) => checks.reopen(actor, { journeyId, checkId: subject, on, note }),
        done: 'The check starts anew.',
      }),
    ];
  }
}

function chaserValues(context: StepContext) {
  const check = checkOf(context);
  const applicant = context.file.applicants.find(({ id }) => id === check.personId);
  const own = check.definition.aboutThirdParty ? null : (applicant?.email ?? null);
  const draft = chaserDraft({
    to: check.thirdParty ?? (own === null ? null : check.aboutName),
    check: check.definition.name,
    about: own === null ? check.aboutName : '',
    askedOn: check.requestedOn ?? context.today,
    council: AUTHORITY_NAMES[context.family.journey.authority],
    sender: context.actor.name,
    reference: context.family.journey.reference,
  });
  return { by_email: (check.thirdPartyEmail ?? own) === null ? '' : 'yes', to: check.thirdPartyEmail ?? own ?? '', ...draft };
}
