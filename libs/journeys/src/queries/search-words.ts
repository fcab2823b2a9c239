import { parsePhone, parsePostcode, parseReference } from '@app/kernel';

/** What somebody typed into a search box, as the database looks for it. */
export interface SearchWords {
  /** Each has to be somewhere in the household's names, addresses of mail, telephone numbers or postcode. */
  readonly words: readonly string[];
  /** A pattern for LIKE that a reference may fit instead; null when what was typed cannot be part of one. */
  readonly referenceLike: string | null;
}

const LONGEST_SEARCH = 200;
const MOST_WORDS = 8;
const postcodeInside = /\b([a-z]{1,2}\d[a-z\d]?)\s+(\d[a-z]{2})\b/gi;
const phoneInside = /(?:[+(]+|\b)\d[\d\s().-]{5,}\d\b/g;

/**
 * Reads a search as people type it: names in any order, a telephone number in any way of writing or a part of one, a
 * postcode with or without its space, a whole reference or a part. Null when there is nothing to look for.
 */
export function searchWords(text: string): SearchWords | null {
  const typed = text.slice(0, LONGEST_SEARCH).trim();
  if (typed === '') return null;
  const words = typed
    .replace(postcodeInside, (whole) => parsePostcode(whole)?.replace(' ', '') ?? whole)
    .replace(phoneInside, (whole) => digitsAsKept(whole) ?? whole)
    .split(/\s+/)
    .slice(0, MOST_WORDS);
  return { words, referenceLike: referencePattern(typed) };
}

/** Telephone numbers are kept as '+44…' and as '0…': a whole one is looked for as the first, a part of one by its digits. */
function digitsAsKept(typed: string): string | null {
  const whole = parsePhone(typed);
  if (whole) return whole.e164;
  const digits = typed.replace(/[^\d+]/g, '').replace(/^(\+|00)440?/, '0');
  return /^\d{4,}$/.test(digits) ? digits : null;
}

function referencePattern(typed: string): string | null {
  const reference = parseReference(typed);
  if (reference) return reference;
  return typed.length >= 3 && /[\d/-]/.test(typed) ? `%${typed.replace(/[\\%_]/g, '\\$&')}%` : null;
}
