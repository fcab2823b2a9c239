import { recordAudit } from '@app/audit';
import type { Council } from '@app/authorities';
import { type Actor, actorName, affected, insertRows, rows, Transactions } from '@app/database';
import { Clock, newId, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { isLastAdministrator } from '../persistence/administrators';
import { reachFits, type Role } from '../rules/roles';

/** Why a role was not given or taken. */
export type RoleRefusal = 'no_such_person' | 'wrong_reach' | 'held_already' | 'not_held' | 'last_administrator';

/** Gives a role to a member of staff, for the hub or for one council; it counts with their next click. */
@Injectable()
export class GrantRole {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  run(actor: Actor, asked: { readonly staffId: string; readonly role: Role; readonly authority: Council | null }): Promise<Result<undefined, RoleRefusal>> {
    const { staffId, role, authority } = asked;
    return this.transactions.run(actor, async (tx): Promise<Result<undefined, RoleRefusal>> => {
      const [person] = await rows(tx, `SELECT 1 FROM staff WHERE id = $1 AND state <> 'left' FOR UPDATE`, [staffId]);
      if (!person) return refused('no_such_person');
      if (!reachFits(role, authority)) return refused('wrong_reach');
      const held = await rows(tx, 'SELECT 1 FROM staff_roles WHERE staff_id = $1 AND role = $2 AND authority IS NOT DISTINCT FROM $3 AND revoked_at IS NULL', [staffId, role, authority]);
      if (held.length > 0) return refused('held_already');
      const now = this.clock.now();
      await insertRows(tx, 'staff_roles', [{ id: newId(), staff_id: staffId, role, authority, granted_at: now, granted_by: actorName(actor) }]);
      await recordAudit(tx, actor, now, { action: 'staff.grant_role', subjectKind: 'staff', subjectId: staffId, authority, detail: { role } });
      return ok();
    });
  }
}

/** Takes a role back. The last administrator keeps theirs, or nobody could give one again. */
@Injectable()
export class RevokeRole {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  run(actor: Actor, asked: { readonly staffId: string; readonly roleId: string }): Promise<Result<undefined, RoleRefusal>> {
    const { staffId, roleId } = asked;
    return this.transactions.run(actor, async (tx): Promise<Result<undefined, RoleRefusal>> => {
      const [held] = await rows<{ role: Role; authority: Council | null }>(tx, 'SELECT role, authority FROM staff_roles WHERE id = $1 AND staff_id = $2 AND revoked_at IS NULL', [roleId, staffId]);
      if (!held) return refused('not_held');
      if (held.role === 'administrator' && (await isLastAdministrator(tx, staffId))) return refused('last_administrator');
      const now = this.clock.now();
      const taken = await affected(tx, 'UPDATE staff_roles SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL', [roleId, now, actorName(actor)]);
      if (taken === 0) return refused('not_held');
      await recordAudit(tx, actor, now, { action: 'staff.revoke_role', subjectKind: 'staff', subjectId: staffId, authority: held.authority, detail: { role: held.role } });
      return ok();
    });
  }
}
