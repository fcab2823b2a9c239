import { z } from 'zod';
import { line } from '../fields';
import type { Step } from '../step';

const name = (whose: string) => line(100, `${whose} must be 100 characters or fewer`);

/** Who asks, and with whom they would foster. */
export const nameStep = {
  slug: 'name',
  question: 'What is your name?',
  controls: ['firstName', 'lastName', 'partnerFirstName', 'partnerLastName'],
  schema: z
    .object({
      firstName: name('First name').refine((text) => text !== '', { message: 'Enter your first name' }),
      lastName: name('Last name'),
      partnerFirstName: name('Their first name'),
      partnerLastName: name('Their last name'),
    })
    .transform(({ firstName, lastName, partnerFirstName, partnerLastName }, context) => {
      if (partnerFirstName === '' && partnerLastName !== '') {
        context.addIssue({ code: 'custom', path: ['partnerFirstName'], message: 'Enter the first name of the person you would foster with' });
        return z.NEVER;
      }
      const partner = partnerFirstName === '' ? null : { firstName: partnerFirstName, lastName: partnerLastName };
      return { firstName, lastName, partner };
    }),
} as const satisfies Step;
