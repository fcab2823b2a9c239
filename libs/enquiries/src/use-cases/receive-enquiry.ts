import { recordAudit } from '@app/audit';
import { type AuthorityCode, type Calendars, hubContact, loadCalendars, type PostcodeRoute, routePostcode } from '@app/authorities';
import { planClock, timeLimits } from '@app/deadlines';
import { type Actor, insertRows, rows, Transactions } from '@app/database';
import { Clock, localDateOf, newId, newReference } from '@app/kernel';
import { openJourney, recordTimeline } from '@app/journeys';
import { queueEmail } from '@app/notifications';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { acknowledgementEmail } from '../emails/acknowledgement.email';
import { type EnquiryConfirmation, FOSTERS_NOW_NAMES, INTEREST_NAMES, type ReceivedEnquiry } from '../rules/enquiry';
import { isHeld, suspicionsOf } from '../rules/screening';

/** Takes an enquiry in: by form, website, telephone or any other channel. One transaction; nothing of it is lost or half done. */
@Injectable()
export class ReceiveEnquiry {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  run(actor: Actor, enquiry: ReceivedEnquiry): Promise<EnquiryConfirmation> {
    return this.transactions.run(actor, (tx) => receiveEnquiry(tx, actor, this.clock.now(), enquiry));
  }
}

/**
 * Routes the enquiry, opens its journey (or adds it to the open one of a household that is known), or keeps it aside
 * when it looks like spam; queues the acknowledgement. Throws BeyondCalendarError for a time whose deadlines are unknown.
 */
export async function receiveEnquiry(tx: EntityManager, actor: Actor, now: Date, enquiry: ReceivedEnquiry): Promise<EnquiryConfirmation> {
  const calendars = await loadCalendars(tx);
  const receivedAt = enquiry.receivedAt ?? now;
  const route = await routePostcode(tx, enquiry.postcode);
  const authority: AuthorityCode = enquiry.askedForAuthority ?? route.authority;
  const reference = await freeReference(tx);
  const suspicions = suspicionsOf(enquiry.suspicions, enquiry.message);
  const held = isHeld(suspicions);
  const contact = {
    id: newId(),
    authority,
    received_at: receivedAt,
    recorded_at: now,
    channel: enquiry.channel,
    source: enquiry.source,
    message: enquiry.message,
    asked_for_authority: enquiry.askedForAuthority,
    website_id: enquiry.websiteId ?? null,
    idempotency_key: enquiry.idempotencyKey ?? null,
    request_digest: enquiry.requestDigest ?? null,
    screening_reasons: suspicions,
    demonstration: enquiry.demonstration ?? false,
  };
  if (held) {
    const { dueAt } = planClock(await timeLimits(tx), { journeyId: contact.id, authority, calendars, rule: 'first_response', startedAt: receivedAt });
    await insertRows(tx, 'contacts', [{ ...contact, reference, first_response_due_at: dueAt, screening: 'held', answers: JSON.stringify(enquiry) }]);
    await recordAudit(tx, actor, now, { action: 'enquiry.held', subjectKind: 'contact', subjectId: contact.id, authority });
    return { reference, receivedAt, dueAt, authority };
  }
  const known = enquiry.sameHouseholdAs ? await openJourneyOf(tx, enquiry.sameHouseholdAs) : null;
  if (known) {
    await insertRows(tx, 'contacts', [{ ...contact, authority: known.authority, reference: known.reference, journey_id: known.journeyId, first_response_due_at: known.dueAt, screening: 'clear' }]);
    await recordTimeline(tx, actor, now, known.journeyId, [{ kind: 'contact', at: receivedAt, title: 'Enquired again', body: wordsOf(enquiry) }]);
    await recordAudit(tx, actor, now, { action: 'enquiry.again', subjectKind: 'journey', subjectId: known.journeyId, authority: known.authority });
    return { reference: known.reference, receivedAt, dueAt: known.dueAt, authority: known.authority };
  }
  const confirmation = await openFor(tx, actor, now, calendars, { enquiry, reference, receivedAt, authority, route, contact: { ...contact, screening: 'clear' } });
  await acknowledge(tx, now, enquiry, confirmation);
  return confirmation;
}

interface Opening {
  readonly enquiry: ReceivedEnquiry;
  readonly reference: string;
  readonly receivedAt: Date;
  readonly authority: AuthorityCode;
  readonly route: PostcodeRoute;
  /** The contact to add, or null when it is there already and was released. */
  readonly contact: Readonly<Record<string, unknown>> | null;
  /** Who enquired, when another lets the enquiry in: history then names who it was. */
  readonly enquiredBy?: Actor;
}

/** Opens the journey of an enquiry and adds its contact. */
export async function openFor(tx: EntityManager, actor: Actor, now: Date, calendars: Calendars, { enquiry, reference, receivedAt, authority, route, contact, enquiredBy = actor }: Opening): Promise<EnquiryConfirmation & { readonly journeyId: string }> {
  const { journeyId, firstResponseDueAt } = await openJourney(tx, enquiredBy, now, calendars, {
    reference,
    authority,
    routing: { how: enquiry.askedForAuthority ? 'asked_for' : route.why, byPostcode: route.authority, districtCode: route.districtCode },
    channel: enquiry.channel,
    source: enquiry.source,
    receivedAt,
    household: enquiry.sameHouseholdAs
      ? { id: enquiry.sameHouseholdAs }
      : {
          applicants: enquiry.applicants,
          postcode: enquiry.postcode,
          districtCode: route.districtCode,
          spareRooms: enquiry.spareRoom === 'no' ? 0 : null,
          fostersNow: enquiry.fostersNow,
          interests: enquiry.interests,
          marketingConsent: enquiry.marketingConsent,
        },
    words: wordsOf(enquiry),
    demonstration: enquiry.demonstration ?? false,
    ...(enquiry.officerId ? { officerId: enquiry.officerId } : {}),
    ...(enquiry.answeredAt ? { answeredAt: enquiry.answeredAt } : {}),
  });
  if (contact) await insertRows(tx, 'contacts', [{ ...contact, journey_id: journeyId, reference, first_response_due_at: firstResponseDueAt }]);
  await recordAudit(tx, actor, now, { action: 'enquiry.receive', subjectKind: 'journey', subjectId: journeyId, authority });
  return { journeyId, reference, receivedAt, dueAt: firstResponseDueAt, authority };
}

/** Queues the acknowledgement to the first applicant with an address of mail. */
export async function acknowledge(tx: EntityManager, now: Date, enquiry: ReceivedEnquiry, confirmation: EnquiryConfirmation): Promise<void> {
  const reader = enquiry.applicants.find(({ email }) => email !== null);
  if (!reader?.email) return;
  const hub = await hubContact(tx, localDateOf(now));
  await queueEmail(tx, { kind: 'acknowledgement', to: reader.email, ...acknowledgementEmail(confirmation, reader.firstName, { phone: hub.telephone, email: hub.email, hours: hub.openingHours.join('; ') }), onceKey: `acknowledgement-${confirmation.reference}`, demonstration: enquiry.demonstration ?? false, now });
}

async function openJourneyOf(tx: EntityManager, householdId: string): Promise<{ journeyId: string; reference: string; authority: AuthorityCode; dueAt: Date } | null> {
  const [journey] = await rows<{ journeyId: string; reference: string; authority: AuthorityCode; dueAt: Date }>(
    tx,
    `SELECT j.id AS "journeyId", j.reference, j.authority, e.due_at AS "dueAt" FROM journeys j JOIN journey_events e ON e.journey_id = j.id AND e.milestone = 'enquiry' AND e.superseded_at IS NULL
      WHERE j.household_id = $1 AND j.status IN ('open', 'on_hold')`,
    [householdId],
  );
  return journey ?? null;
}

/** A reference that no journey or contact has. */
async function freeReference(tx: EntityManager): Promise<string> {
  for (;;) {
    const reference = newReference();
    const [found] = await rows<{ taken: boolean }>(tx, 'SELECT reference_is_taken($1) AS taken', [reference]);
    if (!found?.taken) return reference;
  }
}

const SPARE_ROOM_WORDS = { yes: 'Has a spare room.', no: 'Has no spare room.', not_sure: 'Is not sure about a spare room.' } as const;

/** The enquiry in sentences, for the timeline. */
function wordsOf(enquiry: ReceivedEnquiry): string {
  return [
    enquiry.message,
    enquiry.spareRoom && SPARE_ROOM_WORDS[enquiry.spareRoom],
    enquiry.fostersNow && enquiry.fostersNow !== 'no' ? `Fosters already: ${FOSTERS_NOW_NAMES[enquiry.fostersNow].toLowerCase()}.` : null,
    enquiry.interests.length > 0 ? `Interested in: ${enquiry.interests.map((interest) => INTEREST_NAMES[interest].toLowerCase()).join(', ')}.` : null,
    enquiry.source ? `Heard of us: ${enquiry.source}.` : null,
  ]
    .filter((sentence): sentence is string => Boolean(sentence))
    .join('\n');
}
