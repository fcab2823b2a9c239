import { possibleDuplicates } from '@app/enquiries';
import { parseReference } from '@app/kernel';
import { z } from 'zod';
import { optionalChoice, optionalLine, ticked } from '../../fields';
import { shownDuplicates } from '../../log-enquiry/log-enquiry.presenter';
import type { FamilyForm, FormContext } from '../family-form';

const LONGEST_REFERENCE = 60;

/** The other journey, as typed or as chosen among those that look alike, and once that was asked whether it is the same family; what is typed goes before. */
const schema = z
  .object({ reference: optionalLine(LONGEST_REFERENCE, 'The reference'), alike: optionalLine(LONGEST_REFERENCE, 'The reference'), asked: ticked, same: optionalChoice(['yes', 'no']) })
  .transform(({ reference, alike, asked, same }, context) => {
    const other = reference ?? alike;
    if (other !== null) return { reference: parseReference(other) ?? other, asked, same };
    context.addIssue({ code: 'custom', path: ['reference'], message: 'Enter the reference of the other journey' });
    return z.NEVER;
  });

/** The newest journeys of other households that look like this one, as radios. */
async function journeysAlike({ tx, family: { journey, applicants, home } }: FormContext) {
  const { known } = await possibleDuplicates(tx, {
    names: applicants.map(({ firstName, lastName }) => `${firstName} ${lastName}`.trim()),
    emails: applicants.flatMap(({ email }) => email ?? []),
    phones: applicants.flatMap(({ phone }) => phone ?? []),
    postcode: home.postcode,
  });
  const others = known.filter(({ householdId }) => householdId !== journey.householdId);
  return shownDuplicates({ known: others, knownElsewhere: false }, null).known.map(({ reference, name, alike, words }) => ({ value: reference, text: name, hint: { text: `${reference}, with ${alike}. ${words}` } }));
}

/** Merges this journey with another of the same household, or says that the two are of two families: first shown, then done. */
export const mergeForm: FamilyForm<z.output<typeof schema>> = {
  slug: 'merge',
  action: 'journeys.merge',
  title: 'Merge with another journey',
  button: 'Go on',
  fields: 'staff/families/forms/merge',
  schema,
  offered: ({ mergedInto }) => mergedInto === null,
  choices: async (context) => ({ alike: await journeysAlike(context) }),
  fieldOf: () => 'reference',
};
