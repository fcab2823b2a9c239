import type { ApplicantDetails } from '@app/journeys';
import { z } from 'zod';
import type { FormValues } from '../../../platform/forms';
import { optionalChoice, optionalEmail, optionalLine, optionalPhone, ticked } from '../../fields';
import { phoneInWords } from '../../in-words';
import type { FamilyForm } from '../family-form';

export const PREFERRED_CONTACT_NAMES = { phone: 'Telephone', text: 'Text message', email: 'Email' } as const;
export const PREFERRED_CONTACTS = ['phone', 'text', 'email'] as const;

const person = {
  first_name: optionalLine(100, 'The first name'),
  last_name: optionalLine(100, 'The last name'),
  email: optionalEmail,
  phone: optionalPhone,
  preferred: optionalChoice(PREFERRED_CONTACTS),
  best_time: optionalLine(200, 'The best time'),
};

type TypedPerson = { readonly [Field in keyof typeof person]: z.output<(typeof person)[Field]> };

/** The person that somebody typed; a person has at least one name. */
export const applicantOf = (typed: TypedPerson): ApplicantDetails => ({
  firstName: typed.first_name ?? '',
  lastName: typed.last_name ?? '',
  email: typed.email,
  phone: typed.phone,
  preferredContact: typed.preferred,
  bestTime: typed.best_time,
});

/** The controls of both people, numbered: `first_name_1`, `first_name_2` … */
export const personControls = (number: 1 | 2) => Object.fromEntries(Object.entries(person).map(([field, schema]) => [`${field}_${String(number)}`, schema])) as { readonly [Field in keyof typeof person as `${Field & string}_${typeof number}`]: (typeof person)[Field] };

/** One person's values out of a form with numbered controls. */
export function personOf(values: Readonly<Record<string, unknown>>, number: 1 | 2): TypedPerson {
  return Object.fromEntries(Object.keys(person).map((field) => [field, values[`${field}_${String(number)}`] ?? null])) as unknown as TypedPerson;
}

const schema = z.object({ ...personControls(1), ...personControls(2), alone: ticked }).transform((values, context): readonly [ApplicantDetails] | readonly [ApplicantDetails, ApplicantDetails] => {
  const [first, second] = [applicantOf(personOf(values, 1)), applicantOf(personOf(values, 2))];
  if (first.firstName === '' && first.lastName === '') {
    context.addIssue({ code: 'custom', path: ['first_name_1'], message: 'Enter at least one name' });
    return z.NEVER;
  }
  if (values.alone) return [first];
  if (second.firstName === '' && second.lastName === '') {
    if (second.email === null && second.phone === null) return [first];
    context.addIssue({ code: 'custom', path: ['first_name_2'], message: 'Enter the second person’s name, or take their details out' });
    return z.NEVER;
  }
  return [first, second];
});

const valuesOfPerson = (applicant: ApplicantDetails | undefined, number: number): FormValues => ({
  [`first_name_${String(number)}`]: applicant?.firstName ?? '',
  [`last_name_${String(number)}`]: applicant?.lastName ?? '',
  [`email_${String(number)}`]: applicant?.email ?? '',
  [`phone_${String(number)}`]: phoneInWords(applicant?.phone ?? null) ?? '',
  [`preferred_${String(number)}`]: applicant?.preferredContact ?? '',
  [`best_time_${String(number)}`]: applicant?.bestTime ?? '',
});

const labelsOf = (number: number, whose: string) => ({
  [`first_name_${String(number)}`]: `${whose} first name`,
  [`last_name_${String(number)}`]: `${whose} last name`,
  [`email_${String(number)}`]: `${whose} email`,
  [`phone_${String(number)}`]: `${whose} telephone`,
  [`preferred_${String(number)}`]: `${whose} preferred way`,
  [`best_time_${String(number)}`]: `${whose} best time`,
});

/** Changes who applies: one person or two, who may share a telephone and an address of mail. */
export const peopleForm: FamilyForm<z.output<typeof schema>> = {
  slug: 'people',
  action: 'journeys.work',
  title: 'Change the applicants',
  button: 'Save',
  fields: 'staff/families/forms/people',
  schema,
  offered: () => true,
  values: ({ family }) => ({ ...valuesOfPerson(family.applicants[0], 1), ...valuesOfPerson(family.applicants[1], 2) }),
  choices: ({ family }) => ({ two: family.applicants.length > 1, preferred: [{ value: '', text: 'Not known' }, ...PREFERRED_CONTACTS.map((value) => ({ value, text: PREFERRED_CONTACT_NAMES[value] }))] }),
  fieldOf: ({ kind }) => (kind === 'no_contact' ? 'phone_1' : 'first_name_1'),
  labels: { ...labelsOf(1, 'First applicant’s'), ...labelsOf(2, 'Second applicant’s') },
};
