import { AUTHORITY_CODES } from '@app/authorities';
import { parsePostcode } from '@app/kernel';
import { z } from 'zod';
import { optionalChoice } from '../../../platform/controls';
import { line } from '../fields';
import type { Step } from '../step';

/** Where the person lives, and whether they would rather foster with another council. One of the two is enough. */
export const postcodeStep = {
  slug: 'postcode',
  question: 'What is your postcode?',
  controls: ['postcode', 'askedForAuthority'],
  schema: z
    .object({
      postcode: line(40, 'Postcode must be 40 characters or fewer'),
      askedForAuthority: optionalChoice(AUTHORITY_CODES),
    })
    .transform(({ postcode: typed, askedForAuthority }, context) => {
      const postcode = typed === '' ? null : parsePostcode(typed);
      if (typed !== '' && postcode === null) context.addIssue({ code: 'custom', path: ['postcode'], message: 'Enter a full postcode, like DE1 3AE' });
      if (typed === '' && askedForAuthority === null) context.addIssue({ code: 'custom', path: ['postcode'], message: 'Enter your postcode, or choose a council below' });
      return { postcode, askedForAuthority };
    }),
} as const satisfies Step;
