import { type LocalDate, localDateOf, parseEmail, parseLocalDate, parseLocalMoment, parsePhone, parsePostcode } from '@app/kernel';
import { z } from 'zod';
import { manyLines, one, oneLine } from '../platform/controls';

export { choice, choices, one, optionalChoice, optionalLine, ticked } from '../platform/controls';

/** One line of text that has to be there. */
export const requiredLine = (max: number, missing: string) =>
  z.preprocess(oneLine, z.string().min(1, missing).max(max, `Use ${String(max)} characters or fewer`));

const LONGEST_NOTE = 5000;

/** Several lines of text, as typed; empty is allowed. */
export const optionalNote = z.preprocess(manyLines, z.string().max(LONGEST_NOTE, `Use ${LONGEST_NOTE.toLocaleString('en-GB')} characters or fewer`));

/** Several lines of text that have to be there. */
export const requiredNote = (missing: string) =>
  z.preprocess(manyLines, z.string().min(1, missing).max(LONGEST_NOTE, `Use ${LONGEST_NOTE.toLocaleString('en-GB')} characters or fewer`));

/** The version of the journey that the page showed. */
export const version = z.preprocess((given) => Number(one(given) || NaN), z.number('Open this form again from the family’s page').int());

/** Years that a family's life and its deadlines fall in; one outside is a slip of the hand, such as 0026. */
const YEARS = { from: '1900', to: '2199' } as const;

/** Reads a date as the browser's own control sends it, or as people type it: day, month, year. */
export function parseTypedDate(text: string): LocalDate | null {
  const typed = text.trim();
  const people = /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/.exec(typed);
  const [, day = '', month = '', year = ''] = people ?? [];
  const on = parseLocalDate(people ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed);
  return on !== null && on.slice(0, 4) >= YEARS.from && on.slice(0, 4) <= YEARS.to ? on : null;
}

/** A date that has to be there. */
export const date = (missing: string) =>
  z.preprocess(one, z.string()).transform((text, context): LocalDate => {
    const on = parseTypedDate(text);
    if (on) return on;
    context.addIssue({ code: 'custom', message: text.trim() === '' ? missing : 'Enter a real date, such as 24/11/2026' });
    return z.NEVER;
  });

/** A date, or null. */
export const optionalDate = z.preprocess(one, z.string()).transform((text, context): LocalDate | null => {
  const on = parseTypedDate(text);
  if (on || text.trim() === '') return on;
  context.addIssue({ code: 'custom', message: 'Enter a real date, such as 24/11/2026' });
  return z.NEVER;
});

/** A time of day as the browser's control sends it or as people type it ("9.30", "930", "4:05pm"): minutes and hours apart. */
export function parseTypedTime(text: string): string | null {
  const parts = /^(\d{1,2})(?:[:.]?(\d{2}))?(?::\d{2})?\s*(am|pm)?$/i.exec(text.trim());
  if (!parts) return null;
  const [, hourText = '', minute = '00', half] = parts;
  const hour = Number(hourText);
  if (half && (hour < 1 || hour > 12)) return null;
  const of24 = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return of24 < 24 && Number(minute) < 60 ? `${String(of24).padStart(2, '0')}:${minute}` : null;
}

/** A local date and time (Europe/London) from two controls; null when both are empty, which the form takes for now. */
export function momentOf(onText: string, atText: string): { readonly ok: true; readonly at: Date | null } | { readonly ok: false; readonly field: 'on' | 'at'; readonly text: string } {
  if (onText.trim() === '' && atText.trim() === '') return { ok: true, at: null };
  const on = parseTypedDate(onText);
  if (!on) return { ok: false, field: 'on', text: onText.trim() === '' ? 'Enter the date as well as the time' : 'Enter a real date, such as 24/11/2026' };
  const time = parseTypedTime(atText);
  if (time === null) return { ok: false, field: 'at', text: atText.trim() === '' ? 'Enter the time as well as the date' : 'Enter a time, such as 9:30 or 16:05' };
  const moment = parseLocalMoment(`${on}T${time}`);
  if (moment.ok) return { ok: true, at: moment.value };
  return { ok: false, field: 'at', text: 'The clocks went forward then, so that time did not exist. Enter the time as it was after the change' };
}

/** A moment as the two controls show it. */
export const momentValues = (moment: Date): { readonly on: string; readonly at: string } => ({
  on: localDateOf(moment),
  at: new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(moment),
});

/** A telephone number in any way of writing, kept as E.164; empty is null. */
export const optionalPhone = z.preprocess(oneLine, z.string()).transform((text, context): string | null => {
  if (text === '') return null;
  const phone = parsePhone(text);
  if (phone) return phone.e164;
  context.addIssue({ code: 'custom', message: 'Enter a telephone number, such as 0115 496 0123 or 07700 900123' });
  return z.NEVER;
});

/** An address of mail; empty is null. */
export const optionalEmail = z.preprocess(oneLine, z.string()).transform((text, context): string | null => {
  if (text === '') return null;
  const email = parseEmail(text);
  if (email) return email;
  context.addIssue({ code: 'custom', message: 'Enter an email address, such as name@example.org' });
  return z.NEVER;
});

/** A postcode in any case and spacing; empty is null. */
export const optionalPostcode = z.preprocess(oneLine, z.string()).transform((text, context): string | null => {
  if (text === '') return null;
  const postcode = parsePostcode(text);
  if (postcode) return postcode;
  context.addIssue({ code: 'custom', message: 'Enter a full postcode, such as DE1 3AE' });
  return z.NEVER;
});
