import { recordAudit } from '@app/audit';
import { type Actor, type Origin, rows, Transactions } from '@app/database';
import { Clock, ok, refused, type Result } from '@app/kernel';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import { invitationEmail, passwordResetEmail } from '../emails/staff.email';
import { LINK_HOURS, makeLink } from '../persistence/one-time-links';
import { SignInLimits } from '../persistence/sign-in-limits';
import { queueStaffEmail } from '../persistence/staff-mail';

const HOUR_MS = 3_600_000;

/**
 * Mails a link that works once to choose a new password, if the address has a sign-in. The answer is the same when it
 * has none, so that nobody learns who works here.
 */
@Injectable()
export class RequestPasswordReset {
  constructor(
    private readonly transactions: Transactions,
    private readonly limits: SignInLimits,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async run(typedEmail: string, origin: Origin): Promise<Result<undefined, { readonly waitSeconds: number }>> {
    const gate: Actor = { kind: 'gate', origin };
    const email = typedEmail.trim().toLowerCase();
    const waitSeconds = await this.limits.countReset(email, origin.address);
    if (waitSeconds !== null) return refused({ waitSeconds });
    await this.transactions.run(gate, async (tx) => {
      const now = this.clock.now();
      const [staff] = await rows<{ staffId: string; email: string; name: string; state: string; demonstration: boolean }>(
        tx,
        `SELECT id AS "staffId", email, name, state, demonstration FROM staff WHERE email = $1 AND state <> 'left'`,
        [email],
      );
      if (!staff) return;
      const purpose = staff.state === 'invited' ? 'invitation' : 'password_reset';
      const link = `${this.settings.publicUrl}${await makeLink(tx, now, staff.staffId, purpose)}`;
      const write = purpose === 'invitation' ? invitationEmail : passwordResetEmail;
      await queueStaffEmail(tx, now, staff, write(staff.name, link, new Date(now.getTime() + LINK_HOURS[purpose] * HOUR_MS)));
      await recordAudit(tx, gate, now, { action: 'staff.ask_password_reset', subjectKind: 'staff', subjectId: staff.staffId });
    });
    return ok();
  }
}
