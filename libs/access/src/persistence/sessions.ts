import { affected } from '@app/database';
import type { EntityManager } from 'typeorm';

/** Signs somebody out everywhere, at once. Answers how many sessions ended. */
export function endSessionsOf(tx: EntityManager, staffId: string): Promise<number> {
  return affected(tx, `DELETE FROM sessions WHERE sess ->> 'staffId' = $1`, [staffId]);
}
