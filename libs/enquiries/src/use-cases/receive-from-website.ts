import { createHash } from 'node:crypto';
import type { AuthorityCode } from '@app/authorities';
import { type Actor, rows, Transactions } from '@app/database';
import { Clock, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EnquiryConfirmation, ReceivedEnquiry } from '../rules/enquiry';
import { receiveEnquiry } from './receive-enquiry';

/** A council's website. */
export type WebsiteActor = Extract<Actor, { kind: 'public' }> & { readonly websiteId: string };

/** How a website marks one sending, so that it can safely send the same again. */
export interface SendingKey {
  /** Chosen by the website, once for each enquiry. */
  readonly key: string;
  /** What was sent under it, in a form that does not depend on spaces or on the order of the fields. */
  readonly content: string;
}

/** The answer to a sending, and whether it had been given before. */
export interface WebsiteConfirmation extends EnquiryConfirmation {
  readonly repeated: boolean;
}

/** The same key came with other content before. */
export type SendingRefusal = 'key_was_used';

/**
 * Takes in what a council's website sends. The same key with the same content is one enquiry and gets one answer,
 * however often it comes and however many of them at once; with other content it is refused.
 */
@Injectable()
export class ReceiveFromWebsite {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The answer that this sending got before; null when it is new. */
  earlier(actor: WebsiteActor, sending: SendingKey): Promise<Result<WebsiteConfirmation, SendingRefusal> | null> {
    return this.transactions.read(actor, (tx) => earlierAnswer(tx, actor, sending));
  }

  run(actor: WebsiteActor, sending: SendingKey, enquiry: ReceivedEnquiry): Promise<Result<WebsiteConfirmation, SendingRefusal>> {
    return this.transactions.run(actor, async (tx): Promise<Result<WebsiteConfirmation, SendingRefusal>> => {
      // Of several at once, the others wait here until the first is done, and then find its answer.
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [storedKey(actor, sending)]);
      const earlier = await earlierAnswer(tx, actor, sending);
      if (earlier) return earlier;
      const confirmation = await receiveEnquiry(tx, actor, this.clock.now(), {
        ...enquiry,
        websiteId: actor.websiteId,
        idempotencyKey: storedKey(actor, sending),
        requestDigest: digestOf(sending),
      });
      return ok({ ...confirmation, repeated: false });
    });
  }
}

async function earlierAnswer(tx: EntityManager, actor: WebsiteActor, sending: SendingKey): Promise<Result<WebsiteConfirmation, SendingRefusal> | null> {
  const [contact] = await rows<{ reference: string; receivedAt: Date; dueAt: Date; authority: AuthorityCode; digest: string }>(
    tx,
    `SELECT reference, received_at AS "receivedAt", first_response_due_at AS "dueAt", authority, request_digest AS digest FROM contacts WHERE idempotency_key = $1`,
    [storedKey(actor, sending)],
  );
  if (!contact) return null;
  const { digest, ...confirmation } = contact;
  return digest === digestOf(sending) ? ok({ ...confirmation, repeated: true }) : refused('key_was_used');
}

const storedKey = ({ websiteId }: WebsiteActor, { key }: SendingKey): string => `website:${websiteId}:${key}`;

/** With the key in it, so that nobody can find out what was sent by trying what it might have been. */
const digestOf = ({ key, content }: SendingKey): string => createHash('sha256').update(key).update('\0').update(content).digest('base64url');
