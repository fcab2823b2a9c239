import type { Council } from '@app/authorities';

/**
 * Ofcom's numbers for drama, which are given to nobody (Ofcom, "Telephone numbers for use in TV and radio drama
 * programmes"): one thousand of each range, written without the last three digits.
 */
const MOBILE = '+447700900';
const NO_AREA = '+441632960';
const NOTTINGHAM = '+441154960';
const SHEFFIELD = '+441144960';
const LEICESTER = '+441164960';
const BIRMINGHAM = '+441214960';
const IN_A_RANGE = 1_000;

/** The drama range whose code is in use nearest to where a family lives. */
const NEAREST: Readonly<Record<Council, string>> = { derby: NO_AREA, derbyshire: SHEFFIELD, nottingham: NOTTINGHAM, nottinghamshire: NOTTINGHAM };
const FURTHER: readonly string[] = [LEICESTER, BIRMINGHAM];

/** Of five families three have a mobile, for as long as there are mobile numbers. */
const MOBILES_OF_FIVE = 3;

/** The number (E.164) of the n-th family, counted from 0. The first three thousand families have numbers of their own. */
export function phoneNumber(family: number, livesIn: Council): string {
  const place = family % 5;
  const mobile = Math.floor(family / 5) * MOBILES_OF_FIVE + place;
  if (place < MOBILES_OF_FIVE && mobile < IN_A_RANGE) return `${MOBILE}${digits(mobile)}`;
  const thousand = Math.floor(family / IN_A_RANGE);
  const range = thousand === 0 ? NEAREST[livesIn] : (FURTHER[(thousand - 1) % FURTHER.length] ?? LEICESTER);
  return `${range}${digits(family)}`;
}

const digits = (number: number): string => String(number % IN_A_RANGE).padStart(3, '0');
