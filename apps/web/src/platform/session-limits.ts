/** How long a signed-in session lives without a request, and at most. */
export const IDLE_MINUTES = 60;
export const LONGEST_HOURS = 12;
/** How long before the end a page warns. */
export const WARN_MINUTES = 5;

const MINUTE_MS = 60_000;

/** When a session ends if nothing more is asked. */
export function sessionEndsAt(session: { readonly signedInAt: number; readonly seenAt: number }): Date {
  return new Date(Math.min(session.seenAt + IDLE_MINUTES * MINUTE_MS, session.signedInAt + LONGEST_HOURS * 60 * MINUTE_MS));
}

/** Whether a session may still be used. */
export function sessionIsAlive(session: { readonly signedInAt: number; readonly seenAt: number }, now: Date): boolean {
  return now < sessionEndsAt(session);
}

/** Whether the time of the last request is worth writing again: once a minute is enough. */
export function isWorthNoting(seenAt: number, now: Date): boolean {
  return now.getTime() - seenAt >= MINUTE_MS || now.getTime() < seenAt;
}
