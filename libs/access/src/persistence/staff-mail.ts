import { insertRows } from '@app/database';
import { newId } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { StaffEmail } from '../emails/staff.email';

/** Writes a mail about somebody's own sign-in to the outbox, from which the worker sends it after the transaction. */
export async function queueStaffEmail(tx: EntityManager, now: Date, to: { readonly staffId: string; readonly email: string; readonly demonstration: boolean }, email: StaffEmail): Promise<void> {
  await insertRows(tx, 'emails', [
    { id: newId(), kind: email.kind, to_address: to.email, staff_id: to.staffId, subject: email.subject, body: email.body, demonstration: to.demonstration, next_attempt_at: now, created_at: now },
  ]);
}
