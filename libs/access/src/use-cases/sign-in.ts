import { recordAudit } from '@app/audit';
import { type Actor, type Origin, rows, Transactions } from '@app/database';
import { Clock, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { passwordMatches } from '../persistence/password-hash';
import { SignInLimits } from '../persistence/sign-in-limits';
import { loadStaffActor } from '../queries/staff-actor';
import { LONGEST_PASSWORD } from '../rules/password';

/** Why nobody was signed in. Which of address and password was wrong is never said. */
export type SignInRefusal = { readonly why: 'wrong' } | { readonly why: 'too_many'; readonly waitSeconds: number };

interface Account {
  readonly staffId: string;
  readonly state: string;
  readonly hash: string | null;
}

/**
 * Checks an address and a password. Takes as long for an unknown address as for a known one; refuses for a while
 * after too many attempts on one account or from one address; writes both outcomes into the trail.
 */
@Injectable()
export class SignIn {
  constructor(
    private readonly transactions: Transactions,
    private readonly limits: SignInLimits,
    private readonly clock: Clock,
  ) {}

  async run(asked: { readonly email: string; readonly password: string }, origin: Origin): Promise<Result<{ readonly staffId: string }, SignInRefusal>> {
    const gate: Actor = { kind: 'gate', origin };
    const email = asked.email.trim().toLowerCase();
    const waitSeconds = await this.limits.count(email, origin.address);
    if (waitSeconds !== null) return refused({ why: 'too_many', waitSeconds });

    const account = await this.transactions.read(gate, async (tx) => {
      const [found] = await rows<Account>(
        tx,
        `SELECT s.id AS "staffId", s.state, p.hash FROM staff s LEFT JOIN staff_passwords p ON p.staff_id = s.id WHERE s.email = $1 AND s.state <> 'left'`,
        [email],
      );
      return found ?? null;
    });
    const right = asked.password.length <= LONGEST_PASSWORD * 4 && (await passwordMatches(account?.state === 'active' ? account.hash : null, asked.password));
    const now = this.clock.now();

    if (!account || !right) {
      await this.transactions.run(gate, (tx) => recordAudit(tx, gate, now, { action: 'sign_in.refused', subjectKind: 'session', subjectId: account?.staffId ?? 'unknown' }));
      return refused({ why: 'wrong' });
    }
    await this.limits.forgive(email, origin.address);
    await this.transactions.run(gate, async (tx) => {
      await tx.query('UPDATE staff SET last_signed_in_at = $2 WHERE id = $1', [account.staffId, now]);
      const actor = await loadStaffActor(tx, account.staffId);
      await recordAudit(tx, actor ? { ...actor, origin } : gate, now, { action: 'sign_in', subjectKind: 'session', subjectId: account.staffId });
    });
    return ok({ staffId: account.staffId });
  }
}
