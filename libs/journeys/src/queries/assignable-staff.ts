import { type Council } from '@app/authorities';
import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';

/** Somebody whom families can be given to. */
export interface AssignableStaff {
  readonly staffId: string;
  readonly name: string;
  /** As what: an officer of the hub or of a council, or a council's social worker. */
  readonly as: 'officer' | 'social_worker';
  /** Null: for the whole hub. */
  readonly authority: Council | null;
}

/**
 * Who works with families of an authority (null: of any that the actor of `tx` may see), by name. Managers can be given
 * families in either way. Somebody with several roles comes once for each way.
 */
export function assignableStaff(tx: EntityManager, authority: string | null): Promise<AssignableStaff[]> {
  return rows<AssignableStaff>(
    tx,
    `SELECT DISTINCT ON (s.name COLLATE "en-GB-x-icu", s.id, ways."as") s.id AS "staffId", s.name, ways."as", r.authority
       FROM staff s JOIN staff_roles r ON r.staff_id = s.id AND r.revoked_at IS NULL
       JOIN (VALUES ('recruitment_officer', 'officer'), ('hub_manager', 'officer'), ('team_manager', 'officer'), ('social_worker', 'social_worker'), ('team_manager', 'social_worker')) AS ways (role, "as") ON ways.role = r.role
      WHERE s.state = 'active' AND (r.authority IS NULL OR r.authority = $1 OR ($1::text IS NULL AND r.authority = ANY (scope_of('people'))))
      ORDER BY s.name COLLATE "en-GB-x-icu", s.id, ways."as", r.authority NULLS FIRST`,
    [authority],
  );
}
