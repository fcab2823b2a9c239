import type { Blocker } from '@app/journeys';
import { addDays, addWorkingDays, shortDateInWords } from '@app/kernel';
import { loadCalendars } from '@app/authorities';
import { z } from 'zod';
import { choice, momentOf, one, optionalDate, optionalNote, ticked } from '../../fields';
import { phoneInWords } from '../../in-words';
import type { FamilyForm } from '../family-form';

/** What happened between the hub and the family, in the order in which it is likeliest. */
export const CONTACT_KINDS = {
  spoke: 'We spoke with them',
  no_answer: 'Nobody answered',
  left_message: 'I left a message',
  wrote: 'I wrote to them myself (email or text)',
  heard: 'They wrote to us',
  visited: 'I visited them',
  letter: 'I sent a letter or pack',
} as const;
export type ContactKind = keyof typeof CONTACT_KINDS;
const KINDS = Object.keys(CONTACT_KINDS) as [ContactKind, ...ContactKind[]];

export interface ContactToLog {
  readonly what: ContactKind;
  readonly at: Date | null;
  readonly note: string;
  readonly again: ReturnType<typeof optionalDate.parse>;
  readonly confidential: boolean;
}

const schema = z
  .object({
    what: choice(KINDS, 'Choose what happened'),
    note: optionalNote,
    again: optionalDate,
    again_on: optionalDate,
    on: z.preprocess(one, z.string()),
    at: z.preprocess(one, z.string()),
    confidential: ticked,
  })
  .transform(({ on, at, again, again_on: againOn, ...rest }, context): ContactToLog => {
    const moment = momentOf(on, at);
    if (moment.ok) return { ...rest, again: againOn ?? again, at: moment.at };
    context.addIssue({ code: 'custom', path: [moment.field], message: moment.text });
    return z.NEVER;
  });

/** Logs a call, an attempt, a message or a visit: the first answer stops the first-response clock. */
export const contactForm: FamilyForm<ContactToLog> = {
  slug: 'contact',
  action: 'journeys.work',
  title: 'Log a call or message',
  button: 'Save',
  fields: 'staff/families/forms/contact',
  schema,
  offered: () => true,
  values: () => ({ what: '', note: '', again: '', again_on: '', on: '', at: '' }),
  async choices({ tx, family, today }) {
    const { working } = await loadCalendars(tx);
    const later = [
      { on: addWorkingDays(working, today, 1), text: 'Next working day' },
      { on: addWorkingDays(working, today, 2), text: 'In two working days' },
      { on: addDays(today, 7), text: 'In a week' },
      { on: addDays(today, 28), text: 'In four weeks' },
    ];
    return {
      kinds: KINDS.map((value) => ({ value, text: CONTACT_KINDS[value] })),
      later: [{ value: '', text: 'No date' }, ...later.map(({ on, text }) => ({ value: on, text: `${text} (${shortDateInWords(on)})` }))],
      people: family.applicants.map((applicant) => ({
        name: `${applicant.firstName} ${applicant.lastName}`.trim(),
        phone: phoneInWords(applicant.phone),
        phoneHref: applicant.phone,
        email: applicant.email,
        wishes: [applicant.preferredContact && `prefers ${applicant.preferredContact}`, applicant.bestTime].filter(Boolean).join(', '),
      })),
    };
  },
  fieldOf: ({ kind }: Blocker) => (kind === 'in_future' || kind === 'response_before_enquiry' ? 'on' : 'what'),
};
