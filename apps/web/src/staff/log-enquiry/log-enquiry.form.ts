import { AUTHORITY_CODES } from '@app/authorities';
import { FOSTERS_NOW_NAMES, type FostersNow, INTERESTS } from '@app/enquiries';
import type { ApplicantDetails } from '@app/journeys';
import { z } from 'zod';
import { applicantOf, personControls, personOf } from '../families/forms/people.form';
import { choice, choices, momentOf, one, optionalChoice, optionalLine, optionalNote, optionalPostcode, ticked } from '../fields';

/** How an enquiry can reach an officer. */
export const LOGGED_CHANNELS = ['phone', 'email', 'event', 'social', 'referral', 'other'] as const;
export const SPARE_ROOM_NAMES = { yes: 'Yes', no: 'No', not_sure: 'Not sure' } as const;
export const SPARE_ROOMS = ['yes', 'no', 'not_sure'] as const;
export const FOSTERS_NOW = Object.keys(FOSTERS_NOW_NAMES) as [FostersNow, ...FostersNow[]];
export const NEW_HOUSEHOLD = 'new';

const household = z.preprocess(one, z.union([z.literal(''), z.literal(NEW_HOUSEHOLD), z.uuid('Choose the same household, or a new one')]));

/** One page in the order of a telephone call. A name, and a way to answer, are all that is needed. */
export const logEnquiryForm = z
  .object({
    channel: choice(LOGGED_CHANNELS, 'Choose how they got in touch'),
    on: z.preprocess(one, z.string()),
    at: z.preprocess(one, z.string()),
    ...personControls(1),
    ...personControls(2),
    postcode: optionalPostcode,
    council: optionalChoice(AUTHORITY_CODES),
    spare_room: optionalChoice(SPARE_ROOMS),
    fosters_now: optionalChoice(FOSTERS_NOW),
    interests: choices(INTERESTS),
    source: optionalLine(200, 'How they heard of us'),
    message: optionalNote,
    consent: ticked,
    spoken: choice(['yes', 'no'] as const, 'Choose whether you have spoken with them'),
    mine: ticked,
    household,
    key: z.preprocess(one, z.uuid('Open this page again')),
  })
  .transform((values, context) => {
    const wrong = (field: string, message: string): never => {
      context.addIssue({ code: 'custom', path: [field], message });
      return z.NEVER;
    };
    const received = momentOf(values.on, values.at);
    if (!received.ok) return wrong(received.field, received.text);
    const [first, second] = [applicantOf(personOf(values, 1)), applicantOf(personOf(values, 2))];
    const named = (person: ApplicantDetails): boolean => person.firstName !== '' || person.lastName !== '';
    if (!named(first)) return wrong('first_name_1', 'Enter at least one name');
    if (!named(second) && (second.phone !== null || second.email !== null)) return wrong('first_name_2', 'Enter the second person’s name, or take their details out');
    const applicants = named(second) ? [first, second] : [first];
    if (applicants.every(({ phone, email }) => phone === null && email === null)) return wrong('phone_1', 'Enter a telephone number or an email address, so that somebody can answer');
    const { channel, postcode, council, interests, source, message, consent, spoken, mine, key } = values;
    return { channel, receivedAt: received.at, applicants, postcode, council, spareRoom: values.spare_room, fostersNow: values.fosters_now, interests, source, message: message || null, consent, spoken: spoken === 'yes', mine, household: values.household, key };
  });

export type TypedEnquiry = z.output<typeof logEnquiryForm>;
