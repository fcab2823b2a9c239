import { createHash, randomBytes } from 'node:crypto';
import { type Actor, affected, insertRows, type Origin, rows, system, Transactions } from '@app/database';
import { Clock, newId, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EnquiryConfirmation, ReceivedEnquiry } from '../rules/enquiry';
import { receiveEnquiry } from './receive-enquiry';

/** How long answers wait for the person to come back to them. */
export const DRAFT_LIVES_HOURS = 72;

/** A half-filled form. `answers` are as typed, field by field. */
export interface EnquiryDraft {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  /** Set once it was sent: the answers are gone from the draft then. */
  readonly confirmation: EnquiryConfirmation | null;
}

interface StoredConfirmation {
  readonly reference: string;
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly authority: EnquiryConfirmation['authority'];
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const revived = (stored: StoredConfirmation | null): EnquiryConfirmation | null => stored && { ...stored, receivedAt: new Date(stored.receivedAt), dueAt: new Date(stored.dueAt) };

/** The drafts of the public form. Each is opened by the secret that only its browser holds; the database keeps a hash. */
@Injectable()
export class EnquiryDrafts {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Starts an empty draft and answers its secret. */
  async start(origin?: Origin): Promise<string> {
    const secret = randomBytes(24).toString('base64url');
    const actor = this.actorOf(secret, origin);
    const now = this.clock.now();
    await this.transactions.run(actor, (tx) =>
      insertRows(tx, 'enquiry_drafts', [{ secret_hash: hashOf(secret), answers: '{}', started_at: now, expires_at: new Date(now.getTime() + DRAFT_LIVES_HOURS * 3_600_000), submission_id: newId() }]),
    );
    return secret;
  }

  /** The draft of a secret, or null when there is none or its time has passed. */
  async read(secret: string): Promise<EnquiryDraft | null> {
    const [draft] = await this.transactions.run(this.actorOf(secret), (tx) =>
      rows<Omit<EnquiryDraft, 'confirmation'> & { confirmation: StoredConfirmation | null }>(
        tx,
        `SELECT answers, started_at AS "startedAt", expires_at AS "expiresAt", confirmation FROM enquiry_drafts WHERE secret_hash = $1 AND expires_at > $2`,
        [hashOf(secret), this.clock.now()],
      ),
    );
    return draft ? { ...draft, confirmation: revived(draft.confirmation) } : null;
  }

  /** Adds answers to a draft, field by field; says whether it was still there and unsent. */
  async save(secret: string, answers: Readonly<Record<string, unknown>>): Promise<boolean> {
    const touched = await this.transactions.run(this.actorOf(secret), (tx) =>
      affected(tx, 'UPDATE enquiry_drafts SET answers = answers || $2::jsonb WHERE secret_hash = $1 AND expires_at > $3 AND confirmation IS NULL', [hashOf(secret), JSON.stringify(answers), this.clock.now()]),
    );
    return touched > 0;
  }

  /**
   * Sends a draft: one enquiry, however often the button is pressed and however many of the presses arrive at once.
   * Refused when the draft is gone.
   */
  async submit(secret: string, enquiry: ReceivedEnquiry, origin?: Origin): Promise<Result<EnquiryConfirmation, 'draft_is_gone'>> {
    const actor = this.actorOf(secret, origin);
    return this.transactions.run(actor, async (tx): Promise<Result<EnquiryConfirmation, 'draft_is_gone'>> => {
      const now = this.clock.now();
      const [draft] = await rows<{ submissionId: string; confirmation: StoredConfirmation | null }>(
        tx,
        `SELECT submission_id AS "submissionId", confirmation FROM enquiry_drafts WHERE secret_hash = $1 AND expires_at > $2 FOR UPDATE`,
        [hashOf(secret), now],
      );
      if (!draft) return refused('draft_is_gone');
      const sent = revived(draft.confirmation);
      if (sent) return ok(sent);
      const { reference, receivedAt, dueAt, authority } = await receiveEnquiry(tx, actor, now, { ...enquiry, idempotencyKey: `draft-${draft.submissionId}` });
      const confirmation: EnquiryConfirmation = { reference, receivedAt, dueAt, authority };
      await affected(tx, `UPDATE enquiry_drafts SET answers = '{}', confirmation = $2 WHERE secret_hash = $1`, [hashOf(secret), JSON.stringify(confirmation)]);
      return ok(confirmation);
    });
  }

  /** Deletes a draft that was not sent, because the person says so. One that was sent stays until its time has passed. */
  async discard(secret: string): Promise<void> {
    await this.transactions.run(this.actorOf(secret), (tx) => affected(tx, 'DELETE FROM enquiry_drafts WHERE secret_hash = $1 AND confirmation IS NULL', [hashOf(secret)]));
  }

  /** Deletes every draft whose time has passed; answers how many. Unasked, by the timetable. */
  async deleteExpired(): Promise<number> {
    return this.transactions.run(system('expire drafts'), (tx) => affected(tx, 'DELETE FROM enquiry_drafts WHERE expires_at <= $1', [this.clock.now()]));
  }

  private actorOf(secret: string, origin?: Origin): Actor {
    return { kind: 'public', draft: hashOf(secret), ...(origin ? { origin } : {}) };
  }
}
