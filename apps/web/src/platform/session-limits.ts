/** How long a signed-in session lives without a request, and at most. */
export const IDLE_MINUTES = 60;
export const LONGEST_HOURS = 12;

const MINUTE_MS = 60_000;

/** When a session ends if nothing more is asked. */
function sessionEndsAt(session: { readonly signedInAt: number; readonly seenAt: number }): Date {
  return new Date(Math.min(session.seenAt + IDLE_MINUTES * MINUTE_MS, session.signedInAt + LONGEST_HOURS * 60 * MINUTE_MS));
}

/** Whether a session may still be used. */
export function sessionIsAlive(session: { readonly signedInAt: number; readonly seenAt: number }, now: Date): boolean {
  return now < sessionEndsAt(session);
}

/** Whole seconds until it ends. */
export function sessionSecondsLeft(session: { readonly signedInAt: number; readonly seenAt: number }, now: Date): number {
  return Math.max(0, Math.floor((sessionEndsAt(session).getTime() - now.getTime()) / 1000));
}

/** Whether the time of the last request is worth writing again: once a minute is enough. */
export function isWorthNoting(seenAt: number, now: Date): boolean {
  return now.getTime() - seenAt >= MINUTE_MS || now.getTime() < seenAt;
}
