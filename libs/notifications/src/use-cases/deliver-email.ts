import { rows, system, type Transactions } from '@app/database';
import type { Clock } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { Attachment, Mailer } from '../mailer';
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
  readonly attachment: Attachment | null;
}

const ACTOR = system('mail');

/** The column is a small integer; an endless outage must not overflow it. */
const MOST_ATTEMPTS = 30_000;

/**
 * Delivers one mail of the outbox, if it is due and nobody else has it in hand. Its row stays locked while it is sent: a worker
 * that is killed lets go of it at once, and another sends it. Without a mail server, and for made-up people, it is kept in
 * the mailbox instead.
 *
 * A worker that is killed between the server's yes and our COMMIT leaves a mail that will be sent twice; no order of steps
 * avoids that, and the Message-ID lets a mailbox recognise it. So that moment is made as short as it can be: the row says
 * "sent" before the server is asked, and the COMMIT does not wait for the disk.
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
        `SELECT id, to_address AS "to", subject, body, attempts, created_at AS "createdAt", demonstration, attachment
           FROM emails WHERE id = $1 AND state = 'queued' AND next_attempt_at <= $2 FOR UPDATE SKIP LOCKED`,
        [emailId, this.clock.now()],
      );
      if (!email) return 'not_due';
      if (this.mailer === null || email.demonstration) return this.settle(tx, email, 'kept');
      await tx.query('SET LOCAL synchronous_commit = off');
      await this.settle(tx, email, 'sent');
      try {
        await this.mailer.send({ id: email.id, to: email.to, subject: email.subject, text: email.body, writtenAt: email.createdAt, attachment: email.attachment });
        return 'sent';
      } catch (error) {
        return this.takeBack(tx, email, error);
      }
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

  private async settle(tx: EntityManager, email: QueuedEmail, state: 'sent' | 'kept'): Promise<Delivery> {
    await tx.query(`UPDATE emails SET state = $2, attempts = $3, sent_at = $4 WHERE id = $1`, [email.id, state, attemptsAfter(email), this.clock.now()]);
    return state;
  }

  private async takeBack(tx: EntityManager, email: QueuedEmail, error: unknown): Promise<Delivery> {
    const now = this.clock.now();
    const said = withoutAddresses(error instanceof Error ? error.message : String(error));
    const next = afterFailure(readFailure(asMailError(error)), attemptsAfter(email), now.getTime() - email.createdAt.getTime());
    const again = next.kind === 'again';
    await tx.query(`UPDATE emails SET state = $2, next_attempt_at = $3, last_error = $4, sent_at = NULL WHERE id = $1`, [email.id, again ? 'queued' : 'failed', again ? new Date(now.getTime() + next.afterMs) : now, said]);
    return again ? 'again_later' : 'failed';
  }
}

const attemptsAfter = (email: QueuedEmail): number => Math.min(email.attempts + 1, MOST_ATTEMPTS);

function asMailError(error: unknown): MailError {
  return typeof error === 'object' && error !== null ? error : {};
}

/** What a server said, short, and without repeating whom the mail was for. */
const withoutAddresses = (text: string): string => text.replace(/[^\s<>]+@[^\s<>]+/g, '(address)').slice(0, 300);
