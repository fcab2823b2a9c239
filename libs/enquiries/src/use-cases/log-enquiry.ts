import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { type AuthorityCode, routePostcode } from '@app/authorities';
import { type Actor, rows, system, Transactions } from '@app/database';
import { BeyondCalendarError, Clock, ok, refused, type Result, toMinute } from '@app/kernel';
import { LogConversation } from '@app/journeys';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ReceivedEnquiry } from '../rules/enquiry';
import { receiveEnquiry } from './receive-enquiry';

/** Why an enquiry was not logged: no right, a time ahead of now or outside the calendar, a household that is not there to see. */
export type LogRefusal = 'not_permitted' | 'in_future' | 'beyond_calendar' | 'household_not_found';

export interface LoggedEnquiry {
  readonly reference: string;
  readonly dueAt: Date;
  readonly authority: AuthorityCode;
  /** It went to a council (or the hub's queue) whose families the one who logged it does not see. */
  readonly passedOn: boolean;
}

/** An enquiry as an officer logs it. The key makes a second press of the button harmless. */
export type EnquiryToLog = Omit<ReceivedEnquiry, 'suspicions' | 'websiteId' | 'requestDigest' | 'demonstration'> & { readonly idempotencyKey: string };

/**
 * Logs an enquiry that came by telephone, mail, at an event or through others, while somebody listens. One for another
 * council is taken in all the same and passed on to it: no family is told to ring elsewhere.
 */
@Injectable()
export class LogEnquiry {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly logConversation: LogConversation,
  ) {}

  async run(actor: StaffActor, given: EnquiryToLog): Promise<Result<LoggedEnquiry, LogRefusal>> {
    const now = this.clock.now();
    if (!may(actor, 'enquiries.log')) return refused('not_permitted');
    if ([given.receivedAt, given.answeredAt].some((at) => at !== undefined && toMinute(at) > now)) return refused('in_future');
    const before = await this.loggedBefore(actor, given.idempotencyKey);
    if (before) return ok(before);
    const { household, authority } = await this.transactions.read(actor, (tx) => whereItBelongs(tx, given));
    if (given.sameHouseholdAs && !household) return refused('household_not_found');
    const enquiry: ReceivedEnquiry = { ...given, postcode: given.postcode ?? household?.postcode ?? null, suspicions: [], demonstration: actor.demonstration };
    try {
      const logged = await this.takeIn(actor, now, enquiry, authority);
      if (household?.openJourneyId && given.answeredAt) {
        await this.logConversation.run(actor, { journeyId: household.openJourneyId, kind: 'conversation', answers: true, at: given.answeredAt, note: 'They enquired again, and were spoken with then.' });
      }
      return ok(logged);
    } catch (error) {
      if (error instanceof BeyondCalendarError) return refused('beyond_calendar');
      const sameTime = isDuplicateKey(error) ? await this.loggedBefore(actor, given.idempotencyKey) : null;
      if (sameTime) return ok(sameTime);
      throw error;
    }
  }

  private takeIn(actor: StaffActor, now: Date, enquiry: ReceivedEnquiry, authority: AuthorityCode): Promise<LoggedEnquiry> {
    if (sees(actor, authority)) {
      return this.transactions.run(actor, async (tx) => ({ ...(await receiveEnquiry(tx, actor, now, enquiry)), passedOn: false }));
    }
    // Whoever logs it may not see that council's families: the system adds it, and the trail says for whom.
    const { officerId: _theirs, ...forOthers } = enquiry;
    return this.transactions.run(passingOn, async (tx) => {
      const { reference, dueAt } = await receiveEnquiry(tx, passingOn, now, forOthers);
      await recordAudit(tx, actor, now, { action: 'enquiry.pass_on', subjectKind: 'contact', subjectId: reference, authority });
      return { reference, dueAt, authority, passedOn: true };
    });
  }

  /** What was logged under this key already: the button was pressed twice. */
  async loggedBefore(actor: StaffActor, key: string): Promise<LoggedEnquiry | null> {
    const [contact] = await this.transactions.read(passingOn, (tx) =>
      rows<Omit<LoggedEnquiry, 'passedOn'>>(tx, `SELECT reference, first_response_due_at AS "dueAt", authority FROM contacts WHERE idempotency_key = $1`, [key]),
    );
    return contact ? { ...contact, passedOn: !sees(actor, contact.authority) } : null;
  }
}

const passingOn: Actor = system('log-enquiry');

const sees = (actor: StaffActor, authority: AuthorityCode): boolean => actor.people === 'hub' || actor.people.includes(authority);

interface KnownHousehold {
  readonly postcode: string | null;
  readonly openJourneyId: string | null;
}

/** The household that was chosen, if the actor may see it, and the council that the enquiry goes to. */
async function whereItBelongs(tx: EntityManager, { sameHouseholdAs, postcode, askedForAuthority }: EnquiryToLog): Promise<{ readonly household: KnownHousehold | null; readonly authority: AuthorityCode }> {
  const [household] = await rows<KnownHousehold & { readonly authority: AuthorityCode | null }>(
    tx,
    `SELECT h.postcode, j.id AS "openJourneyId", j.authority FROM households h LEFT JOIN journeys j ON j.household_id = h.id AND j.status IN ('open', 'on_hold') WHERE h.id = $1 AND h.merged_into IS NULL`,
    [sameHouseholdAs ?? null],
  );
  const authority = household?.authority ?? askedForAuthority ?? (await routePostcode(tx, postcode ?? household?.postcode ?? null)).authority;
  return { household: household ?? null, authority };
}

const isDuplicateKey = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';
