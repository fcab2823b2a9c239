import type { StaffActor } from '@app/access';
import type { Actor, Origin } from '@app/database';
import type { Request } from 'express';
import type { LayoutFacts } from './layout-facts';

/** Somebody who is not signed in, or a council's website. */
export type PublicActor = Extract<Actor, { kind: 'public' }>;

declare module 'express-serve-static-core' {
  interface Request {
    /** Who asks. Set before any route runs. */
    actor: StaffActor | PublicActor;
    /** What the page's frame needs; absent for machines. */
    layoutFacts?: LayoutFacts;
    /** How many things are impossible or missing in the records that the page's figures rest on; only pages of figures know. */
    recordsToMend?: number;
    /** How long the session of a member of staff lasts if nothing more is asked. */
    sessionSecondsLeft?: number;
    /** The session had run out when this request came. */
    sessionEnded?: boolean;
  }
}

declare module 'express-session' {
  interface SessionData {
    staffId: string;
    /** Milliseconds since 1970, by the clock of the application. */
    signedInAt: number;
    seenAt: number;
    /** Said once, on the next page. */
    flash: Flash;
  }
}

/** What has just been done, told on the page that follows. */
export interface Flash {
  readonly text: string;
  readonly success: boolean;
}

/** The signed-in member of staff of a route that only staff may use. */
export function actorOf(request: Request): StaffActor {
  if (request.actor.kind !== 'staff') throw new Error(`A route for staff was reached by ${request.actor.kind}`);
  return request.actor;
}

/** Where a request comes from, for the audit trail. */
export function originOf(request: Request): Origin {
  return { address: request.ip ?? '', requestId: typeof request.id === 'string' ? request.id : '' };
}

/** Paths that machines ask for: no session, no page around the answer. */
export function isForMachines(path: string): boolean {
  return /^\/(api|health|metrics|assets|demo-progress)(\/|$)/.test(path);
}

/** Paths of the API: whatever goes wrong there is answered as a problem (RFC 9457). */
export function isForTheApi(path: string): boolean {
  return /^\/api(\/|$)/.test(path);
}
