/** What a mail library tells of a failure: its own code, the server's reply and the command that it answered. */
export interface MailError {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly command?: string | undefined;
}

/**
 * Why a mail did not arrive. `refused`: the server will never take it, for this address or as it is. `put_off`: the server
 * answered and wants it later. `server_out_of_reach`: it had no chance, which says nothing about the mail.
 */
export type DeliveryFailure = 'refused' | 'put_off' | 'server_out_of_reach';

/** What is done about it: try again after so many milliseconds, or give up and show it. */
export type AfterFailure = { readonly kind: 'again'; readonly afterMs: number } | { readonly kind: 'give_up' };

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const PAUSES: Readonly<Record<Exclude<DeliveryFailure, 'refused'>, readonly number[]>> = {
  /** Short to the end: once the server is back, an alert must not wait for hours. */
  server_out_of_reach: [5 * second, 15 * second, 30 * second, minute, 2 * minute, 5 * minute],
  put_off: [minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour],
};

/** As long as mail servers themselves keep trying (RFC 5321, 4.5.4.1: four to five days at least). */
const PATIENCE_MS = 5 * day;

const PERMANENT = 500;
const ABOUT_THIS_MAIL = ['RCPT TO', 'DATA', 'API'];

/**
 * Reads a failure. Only a reply of the 5xx kind to the recipient or to the message itself is about this mail; the same
 * to a greeting, a sign-in or a sender is about our own account, and must not cost anybody their mail.
 */
export function readFailure(error: MailError): DeliveryFailure {
  const aboutThisMail = (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') && ABOUT_THIS_MAIL.includes(error.command ?? '');
  if (!aboutThisMail) return 'server_out_of_reach';
  if (error.command === 'API') return 'refused';
  return (error.responseCode ?? 0) >= PERMANENT ? 'refused' : 'put_off';
}

/**
 * What follows a failure after so many attempts, of which the first failed `triedForMs` ago. A server out of reach delays
 * and loses nothing, however long it lasts; a server that keeps putting a mail off is given up on after five days.
 */
export function afterFailure(failure: DeliveryFailure, attempts: number, triedForMs: number): AfterFailure {
  if (failure === 'refused' || (failure === 'put_off' && triedForMs > PATIENCE_MS)) return { kind: 'give_up' };
  const pauses = PAUSES[failure];
  return { kind: 'again', afterMs: pauses[Math.min(attempts, pauses.length) - 1] ?? hour };
}
