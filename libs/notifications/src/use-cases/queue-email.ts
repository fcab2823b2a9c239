import { newId } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { Attachment } from '../mailer';

/** One email that is to be sent once the transaction has committed. */
export interface EmailToQueue {
  /** What kind of mail this is, such as `acknowledgement` or `alert_breach`: for the log and the mailbox, never shown to the reader. */
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  readonly staffId?: string | null;
  readonly journeyId?: string | null;
  /** Two emails with one key are one email: the second is not queued. */
  readonly onceKey?: string | null;
  /** Its reader or its family is made up: it is kept in the mailbox and never reaches a mail server. */
  readonly demonstration: boolean;
  readonly attachment?: Attachment | null;
  readonly now: Date;
}

/**
 * Writes an email to the outbox, inside the transaction that has something to tell: it is sent if and only if that
 * transaction commits. Any actor may add; only the worker reads. The insert names no conflict target, because naming one
 * would ask for the right to read the outbox.
 */
export async function queueEmail(tx: EntityManager, email: EmailToQueue): Promise<void> {
  await tx.query(
    `INSERT INTO emails (id, kind, to_address, staff_id, journey_id, subject, body, once_key, demonstration, next_attempt_at, created_at, attachment)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11) ON CONFLICT DO NOTHING`,
    [newId(), email.kind, email.to, email.staffId ?? null, email.journeyId ?? null, onOneLine(email.subject), email.body, email.onceKey ?? null, email.demonstration, email.now, email.attachment ? JSON.stringify(email.attachment) : null],
  );
}

/** A subject is one line: what a person typed must not add headers of its own. */
const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
