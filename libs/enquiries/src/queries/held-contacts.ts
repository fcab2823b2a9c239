import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { ReceivedEnquiry } from '../rules/enquiry';
import type { Suspicion } from '../rules/screening';

/** An enquiry that was kept aside, with what made it look wrong. */
export interface HeldEnquiry {
  readonly id: string;
  readonly reference: string;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly authority: AuthorityCode;
  readonly suspicions: readonly Suspicion[];
  readonly answers: ReceivedEnquiry;
  readonly message: string | null;
}

/** What waits for an officer's decision, oldest first. */
export function heldContacts(tx: EntityManager): Promise<HeldEnquiry[]> {
  return rows<HeldEnquiry>(
    tx,
    `SELECT id, reference, received_at AS "receivedAt", first_response_due_at AS "dueAt", authority, screening_reasons AS suspicions, answers, message
       FROM contacts WHERE screening = 'held' ORDER BY received_at LIMIT 200`,
  );
}
