import { recordAudit } from '@app/audit';
import type { Council } from '@app/authorities';
import { type Actor, actorName, insertRows, rows, Transactions } from '@app/database';
import { Clock, newId, ok, parseEmail, refused, type Result } from '@app/kernel';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { invitationEmail } from '../emails/staff.email';
import { LINK_HOURS, makeLink } from '../persistence/one-time-links';
import { queueStaffEmail } from '../persistence/staff-mail';
import { reachFits, type Role } from '../rules/roles';

/** Who is to be invited, and to what. */
export interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Null: for the whole hub. */
  readonly authority: Council | null;
}

/** Why nobody was invited. */
export type InvitationRefusal = 'not_an_email' | 'no_name' | 'wrong_reach' | 'known_already';

/** Somebody invited, and the full address at which they choose a password. It cannot be shown again. */
export interface Invited {
  readonly staffId: string;
  readonly link: string;
}

const HOUR_MS = 3_600_000;

/** Gives somebody a sign-in with a first role, and mails them a link that works once to choose a password. */
@Injectable()
export class InviteStaff {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  run(actor: Actor, invitation: Invitation): Promise<Result<Invited, InvitationRefusal>> {
    const email = parseEmail(invitation.email)?.toLowerCase();
    const name = invitation.name.trim();
    return this.transactions.run(actor, async (tx): Promise<Result<Invited, InvitationRefusal>> => {
      if (!email) return refused('not_an_email');
      if (name === '') return refused('no_name');
      if (!reachFits(invitation.role, invitation.authority)) return refused('wrong_reach');
      const staffId = newId();
      const now = this.clock.now();
      const made = await rows(
        tx,
        `INSERT INTO staff (id, email, name, state, created_at) VALUES ($1, $2, $3, 'invited', $4) ON CONFLICT (email) WHERE state <> 'left' DO NOTHING RETURNING id`,
        [staffId, email, name, now],
      );
      if (made.length === 0) return refused('known_already');
      await insertRows(tx, 'staff_roles', [{ id: newId(), staff_id: staffId, role: invitation.role, authority: invitation.authority, granted_at: now, granted_by: actorName(actor) }]);
      const link = await this.sendLink(tx, now, { staffId, email, name, demonstration: false });
      await recordAudit(tx, actor, now, { action: 'staff.invite', subjectKind: 'staff', subjectId: staffId, authority: invitation.authority, detail: { role: invitation.role } });
      return ok({ staffId, link });
    });
  }

  /** Sends a new link to somebody who was invited and has not come yet. False for everybody else. */
  again(actor: Actor, staffId: string): Promise<boolean> {
    return this.transactions.run(actor, async (tx) => {
      const [staff] = await rows<{ email: string; name: string; demonstration: boolean }>(tx, `SELECT email, name, demonstration FROM staff WHERE id = $1 AND state = 'invited'`, [staffId]);
      if (!staff) return false;
      const now = this.clock.now();
      await this.sendLink(tx, now, { staffId, ...staff });
      await recordAudit(tx, actor, now, { action: 'staff.invite_again', subjectKind: 'staff', subjectId: staffId });
      return true;
    });
  }

  private async sendLink(tx: EntityManager, now: Date, staff: { staffId: string; email: string; name: string; demonstration: boolean }): Promise<string> {
    const link = `${this.settings.publicUrl}${await makeLink(tx, now, staff.staffId, 'invitation')}`;
    await queueStaffEmail(tx, now, staff, invitationEmail(staff.name, link, new Date(now.getTime() + LINK_HOURS.invitation * HOUR_MS)));
    return link;
  }
}
