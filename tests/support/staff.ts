import { type HeldRole, loadStaffActor, type Role, type StaffActor } from '@app/access';
import type { Council } from '@app/authorities';
import { newId } from '@app/kernel';
import { hash } from '@node-rs/argon2';
import type { TestDatabase } from './test-database';

/** The password of everybody whom tests make. */
export const PASSWORD = 'kettle-violin-harbour';

const hashed = hash(PASSWORD);

export interface MadeStaff {
  readonly staffId: string;
  readonly name: string;
  readonly email: string;
}

/** Makes an active member of staff, by the owner's hand, with one role (or several). */
export async function makeStaff(database: TestDatabase, role: Role, authority: Council | null = null, more: readonly HeldRole[] = []): Promise<MadeStaff> {
  const staffId = newId();
  const name = `Test ${role.replace(/_/g, ' ')} ${staffId.slice(-6)}`;
  const email = `${role}.${staffId.slice(-12)}@example.org`;
  await database.owner.query(`INSERT INTO staff (id, email, name, state, created_at) VALUES ($1, $2, $3, 'active', '2024-03-01')`, [staffId, email, name]);
  for (const held of [{ role, authority }, ...more]) {
    await database.owner.query(`INSERT INTO staff_roles (id, staff_id, role, authority, granted_at, granted_by) VALUES ($1, $2, $3, $4, '2024-03-01', 'system:tests')`, [newId(), staffId, held.role, held.authority]);
  }
  await database.owner.query(`INSERT INTO staff_passwords (staff_id, hash, changed_at) VALUES ($1, $2, '2024-03-01')`, [staffId, await hashed]);
  return { staffId, name, email };
}

/** The same as an actor, for tests of use cases and queries. */
export async function makeStaffActor(database: TestDatabase, role: Role, authority: Council | null = null, more: readonly HeldRole[] = []): Promise<StaffActor> {
  const { staffId } = await makeStaff(database, role, authority, more);
  const actor = await database.transactions.read({ kind: 'gate' }, (tx) => loadStaffActor(tx, staffId));
  if (!actor) throw new Error('The member of staff just made is not there');
  return actor;
}
