import { COMMON_PASSWORDS } from './common-passwords';

export const SHORTEST_PASSWORD = 12;
/** Longer ones would only cost time to hash. */
export const LONGEST_PASSWORD = 200;

/** Why a password is refused. */
export type PasswordRefusal = 'too_short' | 'too_long' | 'is_the_email' | 'too_common';

/** One form for the same characters however a keyboard composes them. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * What is wrong with a new password; null when it may be used. Length counts, not composition (NCSC: "Password
 * policy: updating your approach"): no rules about capitals or signs, but neither the own address nor one that everybody tries.
 */
export function passwordRefusal(password: string, email: string): PasswordRefusal | null {
  const normal = normalPassword(password);
  const length = [...normal].length;
  if (length < SHORTEST_PASSWORD) return 'too_short';
  if (length > LONGEST_PASSWORD) return 'too_long';
  const [name = ''] = email.split('@');
  const core = bare(normal);
  if (core !== '' && (core === bare(email) || core === bare(name))) return 'is_the_email';
  if (new Set(normal).size < 4 || COMMON_PASSWORDS.some((common) => core === common || isRepeated(core, common))) return 'too_common';
  return null;
}

/** The same word over and over, or with nothing but digits behind it. */
function isRepeated(core: string, common: string): boolean {
  if (!core.startsWith(common)) return false;
  const rest = core.slice(common.length);
  return /^\d*$/.test(rest) || core === common.repeat(core.length / common.length || 0);
}

const WORDS: Readonly<Record<PasswordRefusal, string>> = {
  too_short: `Use at least ${String(SHORTEST_PASSWORD)} characters: three or four words that do not belong together are easy to remember`,
  too_long: `Use at most ${String(LONGEST_PASSWORD)} characters`,
  is_the_email: 'Choose a password that is not your email address',
  too_common: 'Choose a password that is harder to guess',
};

/** The refusal as a page says it. */
export const passwordRefusalInWords = (refusal: PasswordRefusal): string => WORDS[refusal];
