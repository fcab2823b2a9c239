import type { PublishedUntil } from '@app/authorities';
import { dateInWords } from '@app/kernel';

/** Up to when the bank holidays are known, and what is done without them. */
export const calendarInWords = ({ until }: PublishedUntil): string =>
  until === null
    ? 'This year’s bank holidays are not loaded. Until they are, deadlines count the usual ones, and know of none that was moved or proclaimed besides.'
    : `Bank holidays are known until ${dateInWords(until)}. Deadlines after that count the usual ones, and know of none that is moved or proclaimed besides.`;
