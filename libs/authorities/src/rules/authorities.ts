/** The councils of the hub, in the order in which pages list them. */
export const AUTHORITY_CODES = ['derby', 'derbyshire', 'nottingham', 'nottinghamshire'] as const;
export type Council = (typeof AUTHORITY_CODES)[number];

/** A council, or the queue of enquiries whose council an officer has still to decide. */
export type AuthorityCode = Council | 'unrouted';

/** The councils and the queue, as reports list them. */
export const REPORTED_AUTHORITIES: readonly AuthorityCode[] = [...AUTHORITY_CODES, 'unrouted'];

/** Short names for tables and filters; full names with dates are in authority details. */
export const AUTHORITY_NAMES: Readonly<Record<AuthorityCode, string>> = {
  derby: 'Derby',
  derbyshire: 'Derbyshire',
  nottingham: 'Nottingham',
  nottinghamshire: 'Nottinghamshire',
  unrouted: 'Not yet routed',
};

/** Codes of the Office for National Statistics. */
export const ONS_CODES: Readonly<Record<Council, string>> = {
  derby: 'E06000015',
  derbyshire: 'E10000007',
  nottingham: 'E06000018',
  nottinghamshire: 'E10000024',
};

/** Whether a text is a council's own code. */
export const isCouncil = (text: string): text is Council => (AUTHORITY_CODES as readonly string[]).includes(text);

/** The council that a text means, by its code here or at the Office for National Statistics; null when none does. */
export function councilOf(text: string): Council | null {
  const asked = text.trim().toLowerCase();
  return AUTHORITY_CODES.find((code) => code === asked || ONS_CODES[code].toLowerCase() === asked) ?? null;
}
