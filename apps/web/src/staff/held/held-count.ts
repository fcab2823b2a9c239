import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';

/** How many suspected enquiries wait for a decision of somebody with the scope of `tx`. */
export async function heldCount(tx: EntityManager): Promise<number> {
  const [held] = await rows<{ contacts: number }>(tx, `SELECT count(*)::int AS contacts FROM contacts WHERE screening = 'held'`);
  return held?.contacts ?? 0;
}
