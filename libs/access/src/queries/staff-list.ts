import type { Council } from '@app/authorities';
import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import { type Action, may } from '../rules/matrix';
import type { HeldRole, Role } from '../rules/roles';

/** A role as administration lists it. */
export interface ListedRole {
  readonly id: string;
  readonly role: Role;
  readonly authority: Council | null;
  readonly grantedAt: Date;
}

/** A member of staff as administration lists them. */
export interface ListedStaff {
  readonly staffId: string;
  readonly name: string;
  readonly email: string;
  readonly state: 'invited' | 'active' | 'left';
  readonly createdAt: Date;
  readonly leftAt: Date | null;
  readonly lastSignedInAt: Date | null;
  readonly demonstration: boolean;
  readonly roles: readonly ListedRole[];
}

type Row = Omit<ListedStaff, 'roles'> & { readonly roles: readonly (Omit<ListedRole, 'grantedAt'> & { readonly grantedAt: string })[] };

const SELECT = `
  SELECT s.id AS "staffId", s.name, s.email, s.state, s.created_at AS "createdAt", s.left_at AS "leftAt", s.last_signed_in_at AS "lastSignedInAt", s.demonstration,
         coalesce((SELECT json_agg(json_build_object('id', r.id, 'role', r.role, 'authority', r.authority, 'grantedAt', r.granted_at) ORDER BY r.granted_at, r.id)
                     FROM staff_roles r WHERE r.staff_id = s.id AND r.revoked_at IS NULL), '[]') AS roles
    FROM staff s`;

const listed = ({ roles, ...staff }: Row): ListedStaff => ({ ...staff, roles: roles.map((role) => ({ ...role, grantedAt: new Date(role.grantedAt) })) });

/** All staff by name, those who left last. */
export async function staffList(tx: EntityManager): Promise<ListedStaff[]> {
  return (await rows<Row>(tx, `${SELECT} ORDER BY s.state = 'left', s.name COLLATE "en-GB-x-icu", s.id`)).map(listed);
}

/** One member of staff; null when there is none with that id. */
export async function staffMember(tx: EntityManager, staffId: string): Promise<ListedStaff | null> {
  const [found] = await rows<Row>(tx, `${SELECT} WHERE s.id = $1`, [staffId]);
  return found ? listed(found) : null;
}

/** Somebody to choose from a list. */
export interface StaffChoice {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly HeldRole[];
}

/** Everybody active who may do something: for one authority, for the hub as a whole (null), or anywhere (left out). */
export async function staffWhoMay(tx: EntityManager, action: Action, authority?: Council | 'unrouted' | null): Promise<StaffChoice[]> {
  const active = await rows<Row>(tx, `${SELECT} WHERE s.state = 'active' ORDER BY s.name COLLATE "en-GB-x-icu", s.id`);
  return active.filter(({ roles }) => may({ roles }, action, authority)).map(({ staffId, name, roles }) => ({ staffId, name, roles: roles.map(({ role, authority: held }) => ({ role, authority: held })) }));
}
