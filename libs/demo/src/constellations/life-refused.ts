import { type ConstellationBlocker, constellationBlockerInWords } from '@app/constellations';
import type { Result } from '@app/kernel';

/** Something in a made-up constellation that the system would not let happen. */
export class LifeRefused extends Error {}

/** What a use case answered; throws LifeRefused, in words, when it refused. */
export function done<T>(result: Result<T, { readonly blockers: readonly ConstellationBlocker[] }>): T {
  if (!result.ok) throw new LifeRefused(result.refusal.blockers.map(constellationBlockerInWords).join(' '));
  return result.value;
}
