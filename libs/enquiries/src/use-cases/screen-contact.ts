import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { type AuthorityCode, loadCalendars, routePostcode } from '@app/authorities';
import { affected, rows, Transactions } from '@app/database';
import { recordTimeline } from '@app/journeys';
import { Clock, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ReceivedEnquiry } from '../rules/enquiry';
import { acknowledge, openFor } from './receive-enquiry';

/** Why a contact that was kept aside could not be decided on: it is not there to see, or a colleague was quicker. */
export type ScreeningRefusal = 'not_found' | 'decided_already';

interface HeldContact {
  readonly id: string;
  readonly authority: AuthorityCode;
  readonly reference: string;
  readonly receivedAt: Date;
  readonly answers: ReceivedEnquiry;
  readonly screening: string;
}

/** Lets in what was suspected wrongly, with the time at which it came, or refuses what was suspected rightly. Both are kept. */
@Injectable()
export class ScreenContact {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Opens the journey as if the enquiry had never been held; its clocks run from when it came. Answers its reference. */
  release(actor: StaffActor, contactId: string): Promise<Result<string, ScreeningRefusal>> {
    return this.decide(actor, contactId, 'released', async (tx, contact, now) => {
      const enquiry: ReceivedEnquiry = { ...contact.answers, receivedAt: contact.receivedAt };
      const route = await routePostcode(tx, enquiry.postcode);
      const opened = await openFor(tx, actor, now, await loadCalendars(tx), { enquiry, reference: contact.reference, receivedAt: contact.receivedAt, authority: contact.authority, route, contact: null, enquiredBy: { kind: 'public' } });
      await recordTimeline(tx, actor, now, opened.journeyId, [{ kind: 'change', at: now, title: 'Let in: it had been kept aside as suspected spam' }]);
      await acknowledge(tx, now, enquiry, opened);
      return opened.journeyId;
    });
  }

  /** Keeps it out. It stays in the list of what was refused. */
  refuse(actor: StaffActor, contactId: string): Promise<Result<string, ScreeningRefusal>> {
    return this.decide(actor, contactId, 'refused', () => Promise.resolve(null));
  }

  private decide(actor: StaffActor, contactId: string, decision: 'released' | 'refused', work: (tx: EntityManager, contact: HeldContact, now: Date) => Promise<string | null>): Promise<Result<string, ScreeningRefusal>> {
    return this.transactions.run(actor, async (tx): Promise<Result<string, ScreeningRefusal>> => {
      const now = this.clock.now();
      const [contact] = await rows<HeldContact>(tx, `SELECT id, authority, reference, received_at AS "receivedAt", answers, screening FROM contacts WHERE id = $1 FOR UPDATE`, [contactId]);
      if (!contact || !may(actor, 'enquiries.screen', contact.authority)) return refused('not_found');
      if (contact.screening !== 'held') return refused('decided_already');
      const journeyId = await work(tx, contact, now);
      // Released: the household holds the answers now. Refused: there is no reason to keep what is no enquiry.
      await affected(tx, `UPDATE contacts SET screening = $2, screened_at = $3, screened_by = $4, journey_id = $5, answers = '{}' WHERE id = $1`, [contactId, decision, now, actor.staffId, journeyId]);
      await recordAudit(tx, actor, now, { action: `enquiry.${decision}`, subjectKind: 'contact', subjectId: contactId, authority: contact.authority });
      return ok(contact.reference);
    });
  }
}
