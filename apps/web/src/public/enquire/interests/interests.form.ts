import { type Interest, INTERESTS } from '@app/enquiries';
import { z } from 'zod';
import { someChoices } from '../fields';
import type { Step } from '../step';

/** The kinds of fostering, in the words of the form. */
export const interestWords: Readonly<Record<Interest, string>> = {
  short_term: 'Short term',
  long_term: 'Long term',
  emergency: 'Emergency',
  short_breaks: 'Short breaks',
  parent_and_child: 'Parent and child',
  siblings: 'Brothers and sisters together',
  teenagers: 'Teenagers',
  unaccompanied_children: 'Children who came to the UK alone',
  children_with_disabilities: 'Disabled children',
  not_sure: 'I am not sure yet',
};

/** What kind of fostering draws the person; "not sure" is a full answer. */
export const interestsStep = {
  slug: 'interests',
  question: 'What kind of fostering interests you?',
  controls: ['interests'],
  schema: z.object({ interests: someChoices(INTERESTS, 'Select the kinds of fostering that interest you, or “I am not sure yet”') }),
} as const satisfies Step;
