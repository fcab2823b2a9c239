import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A telephone number in two ways of writing it: E.164 to keep and compare, and as people in its own country write it. */
export interface Phone {
  /** '+441154960123' */
  readonly e164: string;
  /** '0115 496 0123'; a number abroad keeps its country code: '+353 1 234 5678' */
  readonly national: string;
}

/**
 * Reads a telephone number, British unless it says otherwise, in any of the usual ways of writing.
 * Null for what cannot be one: letters, too few or too many digits, short codes such as 999.
 */
export function parsePhone(text: string): Phone | null {
  const trimmed = text.trim();
  if (trimmed.length > 40) return null;
  const number = parsePhoneNumberFromString(trimmed, { defaultCountry: 'GB', extract: false });
  if (!number) return null;
  const british = number.countryCallingCode === '44';
  // Not every ten-digit number is in the plan that ships with the library (Ofcom's ranges for drama are not), so its length decides.
  const possible = number.isValid() || (british && /^[1235789]\d{9}$/.test(number.nationalNumber));
  if (!possible) return null;
  return { e164: number.number, national: british ? number.formatNational() : number.formatInternational() };
}
