import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';

/** One mail as the mailbox shows it. */
export interface MailboxEntry {
  readonly id: string;
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly state: 'queued' | 'sent' | 'kept' | 'failed';
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

/** All mail of the system, newest first, a page at a time: `before` is the id of the last one of the page before. Only the system actor may read it. */
export function mailboxEntries(tx: EntityManager, page: { readonly to?: string; readonly before?: string; readonly atMost?: number } = {}): Promise<MailboxEntry[]> {
  return rows<MailboxEntry>(
    tx,
    `SELECT id, kind, to_address AS "to", subject, body, state, attempts, last_error AS "lastError", created_at AS "createdAt", sent_at AS "sentAt"
       FROM emails
      WHERE ($1::text IS NULL OR to_address = $1) AND ($2::uuid IS NULL OR (created_at, id) < (SELECT last.created_at, last.id FROM emails last WHERE last.id = $2))
      ORDER BY created_at DESC, id DESC LIMIT $3`,
    [page.to ?? null, page.before ?? null, page.atMost ?? 50],
  );
}
