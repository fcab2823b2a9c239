import { z } from 'zod';
import { lines } from '../fields';
import type { Step } from '../step';

/** The longest message, in characters; the page counts with the reader. */
export const LONGEST_MESSAGE = 2000;

/** Anything else. May be left empty. */
export const messageStep = {
  slug: 'message',
  question: 'Is there anything else you want to tell us or ask?',
  controls: ['message'],
  schema: z
    .object({ message: lines(LONGEST_MESSAGE, `What you write must be ${LONGEST_MESSAGE.toLocaleString('en-GB')} characters or fewer`) })
    .transform(({ message }) => ({ message: message === '' ? null : message })),
} as const satisfies Step;
