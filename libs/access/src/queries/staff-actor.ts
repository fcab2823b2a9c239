import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { HeldRole } from '../rules/roles';
import { type StaffActor, staffActor } from '../rules/staff-actor';

/** The actor of a member of staff with the roles held now; null for somebody invited, gone or unknown. */
export async function loadStaffActor(tx: EntityManager, staffId: string): Promise<StaffActor | null> {
  const [found] = await rows<{ staffId: string; name: string; email: string; demonstration: boolean; roles: HeldRole[] }>(
    tx,
    `SELECT s.id AS "staffId", s.name, s.email, s.demonstration,
            coalesce((SELECT json_agg(json_build_object('role', r.role, 'authority', r.authority) ORDER BY r.granted_at, r.id)
                        FROM staff_roles r WHERE r.staff_id = s.id AND r.revoked_at IS NULL), '[]') AS roles
       FROM staff s WHERE s.id = $1 AND s.state = 'active'`,
    [staffId],
  );
  if (!found) return null;
  const { roles, ...staff } = found;
  return staffActor(staff, roles);
}
