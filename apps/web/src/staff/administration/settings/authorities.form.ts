import { parseEmail, parsePhone } from '@app/kernel';
import { z } from 'zod';
import { date, one, requiredLine } from '../../fields';

const phone = z.preprocess(one, z.string().trim().min(1, 'Enter the telephone number')).transform((text, context): string => {
  const parsed = parsePhone(text);
  if (parsed) return parsed.national;
  context.addIssue({ code: 'custom', message: 'Enter a telephone number, such as 0115 496 0123' });
  return z.NEVER;
});

const email = z.preprocess(one, z.string().trim().min(1, 'Enter the email address')).transform((text, context): string => {
  const parsed = parseEmail(text);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: 'Enter an email address, such as name@example.org' });
  return z.NEVER;
});

const website = z.preprocess(one, z.string().trim()).refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:', { message: 'Enter the address of the website, such as https://www.example.org' });

/** How a council is reached from a date on. */
export const authorityForm = z.object({
  holdsFrom: date('Enter the date from which this holds'),
  name: requiredLine(120, 'Enter the full name of the council'),
  team: requiredLine(120, 'Enter the name of the team'),
  phone,
  email,
  website,
  address: requiredLine(300, 'Enter the postal address'),
});
