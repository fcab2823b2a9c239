import { parseEmail, parsePhone } from '@app/kernel';
import { z } from 'zod';
import { optionalChoice } from '../../../platform/controls';
import { line } from '../fields';
import type { Step } from '../step';

/** How and when to reach the person: a telephone number or an email address is enough. */
export const contactStep = {
  slug: 'contact',
  question: 'How can we reach you?',
  controls: ['phone', 'email', 'preferredContact', 'bestTime'],
  schema: z
    .object({
      phone: line(40, 'Telephone number must be 40 characters or fewer'),
      email: line(254, 'Email address must be 254 characters or fewer'),
      preferredContact: optionalChoice(['phone', 'text', 'email']),
      bestTime: line(200, 'Best time must be 200 characters or fewer'),
    })
    .transform((typed, context) => {
      const complain = (field: 'phone' | 'email', message: string): void => {
        context.addIssue({ code: 'custom', path: [field], message });
      };
      const phone = typed.phone === '' ? null : (parsePhone(typed.phone)?.e164 ?? null);
      const email = typed.email === '' ? null : parseEmail(typed.email);
      if (typed.phone !== '' && phone === null) complain('phone', 'Enter a telephone number, like 0115 496 0123 or 07700 900 123');
      if (typed.email !== '' && email === null) complain('email', 'Enter an email address in the right format, like name@example.org');
      if (typed.phone === '' && typed.email === '') complain('phone', 'Enter a telephone number or an email address, so that we can answer you');
      else if (typed.phone === '' && typed.preferredContact === 'phone') complain('phone', 'Enter a telephone number, because you would like us to ring you');
      else if (typed.phone === '' && typed.preferredContact === 'text') complain('phone', 'Enter a telephone number, because you would like a text message');
      else if (typed.email === '' && typed.preferredContact === 'email') complain('email', 'Enter an email address, because you would like an email');
      return { phone, email, preferredContact: typed.preferredContact, bestTime: typed.bestTime === '' ? null : typed.bestTime };
    }),
} as const satisfies Step;
