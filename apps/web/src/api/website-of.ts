import type { WebsiteActor } from '@app/enquiries';
import type { Request } from 'express';

/** The website whose token came with a request; for routes that only websites may use. */
export function websiteOf({ actor }: Request): WebsiteActor {
  if (actor.kind !== 'public' || actor.websiteId === undefined) throw new Error(`A route for websites was reached by ${actor.kind}`);
  return { ...actor, websiteId: actor.websiteId };
}
