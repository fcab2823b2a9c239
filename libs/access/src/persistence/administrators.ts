import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';

/** A key of our own: two administrators who take each other's role at the same moment do so one after the other. */
const LOCK = 7_201_525;

/** Whether nobody but this person could still give roles. Holds the question closed until the transaction ends. */
export async function isLastAdministrator(tx: EntityManager, staffId: string): Promise<boolean> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  const administrators = await rows<{ staffId: string }>(
    tx,
    `SELECT s.id AS "staffId" FROM staff s WHERE s.state = 'active' AND EXISTS (SELECT FROM staff_roles r WHERE r.staff_id = s.id AND r.role = 'administrator' AND r.revoked_at IS NULL)`,
  );
  return administrators.length === 1 && administrators[0]?.staffId === staffId;
}
