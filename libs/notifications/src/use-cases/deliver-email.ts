import { rows, system, Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { Mailer } from '../mailer';
import { afterFailure, type MailError, readFailure } from '../rules/delivery-failure';

/** What became of a mail; `not_due` also says that another worker has it, or that it is done with. */
export type Delivery = 'sent' | 'kept' | 'failed' | 'again_later' | 'not_due';

interface QueuedEmail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly demonstration: boolean;
}

const ACTOR = system('mail');

/** The column is a small integer; an endless outage must not overflow it. */
const MOST_ATTEMPTS = 30_000;

/**
 * Delivers one mail of the outbox, if it is due and nobody else has it in hand. Its row stays locked while it is sent: a worker
 * that is killed lets go of it at once, and another sends it. Without a mail server, and for made-up people, it is kept in
 * the mailbox instead.
 */
export class DeliverEmail {
  constructor(
    private readonly transactions: Transactions,
    private readonly mailer: Mailer | null,
    private readonly clock: Clock,
  ) {}

  run(emailId: string): Promise<Delivery> {
    return this.transactions.run(ACTOR, async (tx) => {
      const [email] = await rows<QueuedEmail>(
        tx,
        `SELECT id, to_address AS "to", subject, body, attempts, created_at AS "createdAt", demonstration
           FROM emails WHERE id = $1 AND state = 'queued' AND next_attempt_at <= $2 FOR UPDATE SKIP LOCKED`,
        [emailId, this.clock.now()],
      );
      if (!email) return 'not_due';
      if (this.mailer === null || email.demonstration) return this.settle(tx, email, 'kept', null);
      try {
        await this.mailer.send({ id: email.id, to: email.to, subject: email.subject, text: email.body, writtenAt: email.createdAt });
      } catch (error) {
        return this.fail(tx, email, error);
      }
      return this.settle(tx, email, 'sent', null);
    });
  }

  /** Keeps all mail that is never to reach a server, at once: the demonstration writes thousands. */
  keepForMailbox(): Promise<void> {
    return this.transactions.run(ACTOR, async (tx) => {
      await tx.query(
        `UPDATE emails SET state = 'kept', sent_at = $1
          WHERE id IN (SELECT id FROM emails WHERE state = 'queued' AND next_attempt_at <= $1 AND (demonstration OR $2) FOR UPDATE SKIP LOCKED)`,
        [this.clock.now(), this.mailer === null],
      );
    });
  }

  private async fail(tx: EntityManager, email: QueuedEmail, error: unknown): Promise<Delivery> {
    const now = this.clock.now();
    const attempts = email.attempts + 1;
    const next = afterFailure(readFailure(asMailError(error)), attempts, now.getTime() - email.createdAt.getTime());
    const said = withoutAddresses(error instanceof Error ? error.message : String(error));
    if (next.kind === 'give_up') return this.settle(tx, email, 'failed', said);
    await tx.query(`UPDATE emails SET attempts = $2, next_attempt_at = $3, last_error = $4 WHERE id = $1`, [email.id, Math.min(attempts, MOST_ATTEMPTS), new Date(now.getTime() + next.afterMs), said]);
    return 'again_later';
  }

  private async settle(tx: EntityManager, email: QueuedEmail, state: 'sent' | 'kept' | 'failed', said: string | null): Promise<Delivery> {
    await tx.query(`UPDATE emails SET state = $2, attempts = $3, sent_at = CASE WHEN $2 = 'failed' THEN NULL ELSE $4::timestamptz END, last_error = coalesce($5, last_error) WHERE id = $1`, [
      email.id,
      state,
      Math.min(email.attempts + (state === 'kept' ? 0 : 1), MOST_ATTEMPTS),
      this.clock.now(),
      said,
    ]);
    return state;
  }
}

function asMailError(error: unknown): MailError {
  return typeof error === 'object' && error !== null ? error : {};
}

/** What a server said, short, and without repeating whom the mail was for. */
const withoutAddresses = (text: string): string => text.replace(/[^\s<>]+@[^\s<>]+/g, '(address)').slice(0, 300);
