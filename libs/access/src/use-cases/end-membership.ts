import { recordAudit } from '@app/audit';
import { type Actor, actorName, affected } from '@app/database';
import type { EntityManager } from 'typeorm';
import { isLastAdministrator } from '../persistence/administrators';
import { endSessionsOf } from '../persistence/sessions';

/** Why somebody cannot leave. */
export type LeaveRefusal = 'no_such_person' | 'last_administrator';

/**
 * Ends somebody's membership within the transaction that hands over their work: roles, sessions and sign-in end at
 * once; the row stays, because history names it. Links and the password are worth nothing any more, as only an active
 * person is let in. Answers why not, or null when done.
 */
export async function endMembership(tx: EntityManager, actor: Actor, now: Date, staffId: string): Promise<LeaveRefusal | null> {
  if (await isLastAdministrator(tx, staffId)) return 'last_administrator';
  const left = await affected(tx, `UPDATE staff SET state = 'left', left_at = $2 WHERE id = $1 AND state <> 'left'`, [staffId, now]);
  if (left === 0) return 'no_such_person';
  await tx.query('UPDATE staff_roles SET revoked_at = $2, revoked_by = $3 WHERE staff_id = $1 AND revoked_at IS NULL', [staffId, now, actorName(actor)]);
  await endSessionsOf(tx, staffId);
  await recordAudit(tx, actor, now, { action: 'staff.leave', subjectKind: 'staff', subjectId: staffId });
  return null;
}
