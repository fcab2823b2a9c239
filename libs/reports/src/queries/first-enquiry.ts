import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';

/** The date of the hub's first enquiry, of whichever council, as it is known now; null while there is none. */
export async function firstEnquiryOn(tx: EntityManager): Promise<LocalDate | null> {
  const [first] = await rows<{ on: LocalDate }>(tx, `SELECT happened_on AS "on" FROM journey_events WHERE kind = 'milestone' AND milestone = 'enquiry' AND superseded_at IS NULL ORDER BY happened_on LIMIT 1`);
  return first?.on ?? null;
}
