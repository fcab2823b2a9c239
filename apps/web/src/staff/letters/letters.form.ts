import { AUTHORITY_CODES, type Council } from '@app/authorities';
import { newId } from '@app/kernel';
import { z } from 'zod';
import { choice, date, one, requiredLine } from '../fields';
import { idOrNull } from '../id-or-null';

const LONGEST_LETTER = 20_000;
const severalLines = (missing: string) =>
  z.preprocess((given) => one(given).replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '').trim(), z.string().min(1, missing).max(LONGEST_LETTER, 'Use 20,000 characters or fewer'));

/** A letter as it was typed. `to` are the places of those chosen in the list of recipients. */
export const letterForm = z.object({
  to: z.preprocess((given) => [given].flat().filter((each): each is string => typeof each === 'string' && /^\d{1,2}$/.test(each)), z.array(z.string()).min(1, 'Choose at least one person to whom it goes')),
  way: choice(['email', 'post'], 'Choose email or post'),
  subject: requiredLine(300, 'Write the subject'),
  body: severalLines('Write the letter'),
  step: z.preprocess((given) => (['send', 'change'].includes(one(given)) ? one(given) : 'preview'), z.enum(['preview', 'change', 'send'])),
  sentKey: z.preprocess((given) => idOrNull(given) ?? newId(), z.string()),
});

/** What the letter is about: the check of a reminder, the one applicant to whom alone it goes. */
export const aboutForm = z.object({ check: z.preprocess(idOrNull, z.string().nullable()), alone: z.preprocess(idOrNull, z.string().nullable()) });

export const WHOLE_HUB = 'hub';

/** A wording from a date on. */
export const templateForm = z.object({
  authority: choice([WHOLE_HUB, ...AUTHORITY_CODES], 'Choose all authorities or one').transform((code): Council | null => (code === WHOLE_HUB ? null : code)),
  holdsFrom: date('Enter the date from which this holds'),
  subject: requiredLine(300, 'Write the subject'),
  body: severalLines('Write the letter'),
});
