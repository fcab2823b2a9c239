import { BRIEF_REPORT_SECTIONS, CarryStage2, InviteApplicant, type ListedSession, REPORT_SECTIONS, type SessionKind } from '@app/assessments';
import { AUTHORITY_NAMES } from '@app/authorities';
import { assignableStaff, type FamilyPage } from '@app/journeys';
import { momentInWords } from '@app/kernel';
import { Injectable, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { choice, date, momentOf, one, optionalLine, optionalNote, requiredLine, requiredNote, ticked } from '../../fields';
import { assessmentPath } from '../../paths';
import { type Control, itemsOf } from '../controls';
import { fileStep, type FileStep, onDay, type StepContext } from '../file-step';

export const SESSION_KIND_NAMES: Readonly<Record<SessionKind, string>> = { session: 'Session with the family', skills_to_foster: 'Skills to Foster', second_opinion: 'Second-opinion visit', midway_review: 'Mid-way review' };
const KINDS = ['session', 'skills_to_foster', 'second_opinion', 'midway_review'] as const;

const startSchema = z.object({ on: date('Enter the day on which stage 2 started'), assessor: z.preprocess(one, z.uuid('Choose who assesses')) });
const assessorSchema = z.object({ assessor: z.preprocess(one, z.uuid('Choose who assesses')), note: optionalNote });
const planSchema = z
  .object({ kind: choice(KINDS, 'Choose what it is'), on: z.preprocess(one, z.string()), at: z.preprocess(one, z.string()), minutes: z.preprocess((given) => Number(one(given) || NaN), z.number('Enter how many minutes it takes').int('Enter whole minutes').min(15, 'Enter at least 15 minutes').max(600, 'Enter at most 600 minutes')), place: requiredLine(200, 'Enter the place'), subject: optionalLine(200, 'The subject') })
  .transform(({ on, at, ...rest }, context) => {
    const moment = momentOf(on, at);
    if (moment.ok && moment.at) return { ...rest, startsAt: moment.at };
    context.addIssue({ code: 'custom', path: [moment.ok ? 'on' : moment.field], message: moment.ok ? 'Enter the day' : moment.text });
    return z.NEVER;
  });
const heldSchema = z.object({ held: choice(['yes', 'no'], 'Say whether it took place'), attended: z.preprocess((given): unknown[] => (given === undefined ? [] : [given].flat()), z.array(z.string())), note: optionalNote });
const shareSchema = z.object({ brief: ticked, sure: ticked.refine((sure) => sure, 'Tick the box to open the report to the applicants') });
const linkSchema = z.object({ applicant: z.preprocess(one, z.uuid('Choose an applicant')) });
const againSchema = z.object({ reason: requiredNote('Write why it is taken up again') });
const endSchema = z.object({ on: date('Enter the day on which the report was finished'), brief: ticked });

/** The social workers of a family's council and of the hub, as a list to choose from. */
async function whoAssesses(tx: EntityManager, { journey }: FamilyPage): Promise<Control> {
  const staff = (await assignableStaff(tx, journey.authority)).filter(({ as }) => as === 'social_worker');
  return { kind: 'choice', name: 'assessor', label: 'Who assesses?', items: [{ value: '', text: 'Choose' }, ...staff.map(({ staffId, name, authority }) => ({ value: staffId, text: authority === null ? name : `${name} (${AUTHORITY_NAMES[authority]})` }))] };
}

/** Whether the report is a brief one. */
const BRIEF: Control = { kind: 'boxes', name: 'brief', label: 'Is it a brief report?', items: [{ value: 'yes', text: 'Yes, the assessment stops before its end', hint: { text: `It needs only: ${REPORT_SECTIONS.filter(({ code }) => BRIEF_REPORT_SECTIONS.includes(code)).map(({ name }) => name.toLowerCase()).join('; ')}.` } }] };

function sessionOf({ file, subject }: StepContext): ListedSession {
  const session = file.sessions.find(({ id }) => id === subject);
  if (!session) throw new NotFoundException();
  return session;
}

const sessionInWords = (context: StepContext) => {
  const { kind, startsAt, place } = sessionOf(context);
  return { kind: 'words', text: `${SESSION_KIND_NAMES[kind]}, ${momentInWords(startsAt)}, ${place}.` } as const;
};

/** Stage 2: assessor, sessions and training, the report's sharing and its end. */
@Injectable()
export class Stage2Steps {
  readonly steps: readonly FileStep[];

  constructor(stage2: CarryStage2, invite: InviteApplicant) {
    const home = (reference: string): string => assessmentPath(reference, undefined, 'stage-2');
    this.steps = [
      fileStep({
        slug: 'stage-2-start', action: 'assessments.work', title: 'Start stage 2', button: 'Start stage 2', schema: startSchema, beside: 'assessor', home,
        controls: async ({ tx, family }) => [
          { kind: 'words', text: 'Stage 2 may begin while checks of stage 1 are still out.' },
          onDay('On which day did it start?'),
          await whoAssesses(tx, family),
        ],
        values: ({ family, file }) => ({ assessor: file.assessment.assessorId ?? family.journey.socialWorkerId ?? '' }),
        work: ({ actor, journeyId }, { on, assessor }) => stage2.start(actor, { journeyId, on, assessorId: assessor }),
        done: 'Stage 2 has started.',
      }),
      fileStep({
        slug: 'assessor', action: 'assessments.manage', title: 'Change who assesses', button: 'Hand over', schema: assessorSchema, beside: 'assessor', home,
        controls: async ({ tx, family }) => [
          { kind: 'words', text: 'The family keeps its social worker. Reassign the family when both change.' },
          await whoAssesses(tx, family),
          { kind: 'note', name: 'note', label: 'Handover note (optional)', hint: 'It stands in the family’s timeline.' },
        ],
        values: ({ file }) => ({ assessor: file.assessment.assessorId ?? '' }),
        work: ({ actor, journeyId }, { assessor, note }) => stage2.changeAssessor(actor, { journeyId, assessorId: assessor, note: note || null }),
        done: 'The assessment is handed over.',
      }),
      fileStep({
        slug: 'session-plan', action: 'assessments.work', title: 'Plan a session', button: 'Plan it', schema: planSchema, beside: 'kind', home,
        controls: () => [
          { kind: 'radios', name: 'kind', label: 'What is it?', items: itemsOf(SESSION_KIND_NAMES) },
          { kind: 'date', name: 'on', label: 'Day' },
          { kind: 'line', name: 'at', label: 'Time', hint: 'For example 10:30 or 2pm', classes: 'govuk-input--width-5' },
          { kind: 'line', name: 'minutes', label: 'For how many minutes?', classes: 'govuk-input--width-3' },
          { kind: 'line', name: 'place', label: 'Place' },
          { kind: 'line', name: 'subject', label: 'What it is about (optional)', hint: 'It stands in the calendar file: write nothing confidential.' },
        ],
        values: () => ({ kind: 'session', at: '10:00', minutes: '90' }),
        work: ({ actor, journeyId }, { kind, startsAt, minutes, place, subject }) => stage2.plan(actor, { journeyId, session: { kind, startsAt, minutes, place, subject: subject ?? SESSION_KIND_NAMES[kind] } }),
        done: 'The session is planned.',
      }),
      fileStep({
        slug: 'session-held', action: 'assessments.work', title: 'Did it take place?', button: 'Record it', schema: heldSchema, beside: 'held', home,
        controls: (context) => [
          sessionInWords(context),
          { kind: 'radios', name: 'held', label: 'Did it take place?', items: itemsOf({ yes: 'Yes', no: 'No' }) },
          { kind: 'boxes', name: 'attended', label: 'Which applicants were there?', items: context.file.applicants.map(({ id, firstName, lastName }) => ({ value: id, text: `${firstName} ${lastName}`.trim() })) },
          { kind: 'note', name: 'note', label: 'Note (optional)' },
        ],
        values: (context) => ({ held: sessionOf(context).held === null ? '' : sessionOf(context).held ? 'yes' : 'no', attended: sessionOf(context).attended, note: sessionOf(context).note ?? '' }),
        work: ({ actor, journeyId, subject }, { held, attended, note }) => stage2.hold(actor, { journeyId, sessionId: subject, held: held === 'yes', note: note || null, attended }),
        done: 'It is recorded.',
      }),
      fileStep({
        slug: 'session-cancel', action: 'assessments.work', title: 'Take a session off', button: 'Take it off', schema: z.object({}), beside: 'subject', home,
        controls: (context) => [sessionInWords(context), { kind: 'words', text: 'Send the calendar file again afterwards: it takes the session out of calendars too.' }],
        work: ({ actor, journeyId, subject }) => stage2.cancel(actor, { journeyId, sessionId: subject }),
        done: 'The session is taken off.',
      }),
      fileStep({
        slug: 'report-share', action: 'assessments.work', title: 'Share the report with the applicants', button: 'Share it', schema: shareSchema, beside: 'sure', home,
        controls: () => [
          { kind: 'words', text: 'The applicants read the report on their own page and may comment on it. Evidence notes, and the section on what referees and checks say, are not shown to them.' },
          BRIEF,
          { kind: 'boxes', name: 'sure', label: 'Is it ready?', items: [{ value: 'yes', text: 'Yes, open the report to the applicants' }] },
        ],
        work: ({ actor, journeyId }, { brief }) => stage2.share(actor, { journeyId, brief }),
        done: 'The report is shared. Send each applicant a link to their own page.',
      }),
      fileStep({
        slug: 'applicant-link', action: 'assessments.work', title: 'An applicant’s own page', button: 'Send the link', schema: linkSchema, beside: 'applicant', home,
        controls: ({ file }) => [
          { kind: 'words', text: 'Each applicant has a page of their own: how far their own checks are, sessions to come, the shared report and a box for comments. Outcomes, notes, referees, and what is about the other applicant are not on it. It opens with a personal link and a code by email.' },
          { kind: 'radios', name: 'applicant', label: 'To whom?', items: file.applicants.map(({ id, firstName, lastName, email }) => ({ value: id, text: `${firstName} ${lastName}`.trim(), hint: { text: email ?? 'No email address' } })) },
        ],
        work: ({ actor, journeyId }, { applicant }) => invite.run(actor, { journeyId, applicantId: applicant }),
        done: 'The link is on its way. Earlier links of theirs no longer work.',
      }),
      fileStep({
        slug: 'stage-2-end', action: 'assessments.work', title: 'Finish stage 2', button: 'Finish it', schema: endSchema, beside: 'brief', home,
        controls: () => [
          onDay('On which day was the report finished?'),
          BRIEF,
        ],
        values: ({ file }) => ({ brief: file.assessment.briefReport ? 'yes' : '' }),
        work: ({ actor, journeyId }, { on, brief }) => stage2.end(actor, { journeyId, on, brief }),
        done: 'Stage 2 is finished: the report is ready.',
      }),
      fileStep({
        slug: 'stage-2-again', action: 'assessments.work', title: 'Take the report up again', button: 'Take it up again', schema: againSchema, beside: 'reason', home,
        controls: () => [
          { kind: 'words', text: 'Its sections can be written again. No panel considers this family, and nobody decides, until stage 2 is finished anew. The eight months go on.' },
          { kind: 'note', name: 'reason', label: 'Why?', hint: 'It stands in the family’s timeline.' },
        ],
        work: ({ actor, journeyId }, { reason }) => stage2.takeUpAgain(actor, { journeyId, reason }),
        done: 'The report can be written again.',
      }),
    ];
  }
}
