import { recordAudit } from '@app/audit';
import { type Actor, type Origin, Transactions } from '@app/database';
import { Clock, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { passwordChangedEmail } from '../emails/staff.email';
import { lockOpenLink, type OpenLink, spendLinks } from '../persistence/one-time-links';
import { hashPassword } from '../persistence/password-hash';
import { endSessionsOf } from '../persistence/sessions';
import { SignInLimits } from '../persistence/sign-in-limits';
import { queueStaffEmail } from '../persistence/staff-mail';
import { type PasswordRefusal, passwordRefusal } from '../rules/password';

/** Why no password was set: the link was used, has run out or never was; or the password will not do. */
export type SetPasswordRefusal = 'link_is_spent' | PasswordRefusal;

/**
 * Sets the password of whoever holds a one-time link, which is spent with it: an invited person becomes active, all
 * other links and all sessions of theirs end.
 */
@Injectable()
export class SetPasswordByLink {
  constructor(
    private readonly transactions: Transactions,
    private readonly limits: SignInLimits,
    private readonly clock: Clock,
  ) {}

  /** Whose link it is, without spending it: mail scanners open links too. Null when it does not work any more. */
  whose(token: string, origin: Origin): Promise<OpenLink | null> {
    return this.transactions.run({ kind: 'gate', origin }, (tx) => lockOpenLink(tx, this.clock.now(), token));
  }

  async run(asked: { readonly token: string; readonly password: string }, origin: Origin): Promise<Result<{ readonly email: string }, SetPasswordRefusal>> {
    const gate: Actor = { kind: 'gate', origin };
    const link = await this.whose(asked.token, origin);
    if (!link) return refused('link_is_spent');
    const refusal = passwordRefusal(asked.password, link.email);
    if (refusal) return refused(refusal);
    // Hashing takes its time: not while a transaction waits.
    const hash = await hashPassword(asked.password);
    const isSet = await this.transactions.run(gate, async (tx) => {
      const now = this.clock.now();
      if (!(await lockOpenLink(tx, now, asked.token))) return false;
      await tx.query(`INSERT INTO staff_passwords (staff_id, hash, changed_at) VALUES ($1, $2, $3) ON CONFLICT (staff_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at`, [link.staffId, hash, now]);
      await tx.query(`UPDATE staff SET state = 'active' WHERE id = $1 AND state = 'invited'`, [link.staffId]);
      await spendLinks(tx, now, link.staffId);
      await endSessionsOf(tx, link.staffId);
      if (link.purpose === 'password_reset') await queueStaffEmail(tx, now, link, passwordChangedEmail(link.name, now));
      await recordAudit(tx, gate, now, { action: link.purpose === 'invitation' ? 'staff.join' : 'staff.password_reset', subjectKind: 'staff', subjectId: link.staffId });
      return true;
    });
    if (!isSet) return refused('link_is_spent');
    await this.limits.forgiveAccount(link.email);
    return ok({ email: link.email });
  }
}
