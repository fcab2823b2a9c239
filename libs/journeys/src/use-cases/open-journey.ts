import type { AuthorityCode, Calendars } from '@app/authorities';
import { planClock, storeClocks, timeLimits } from '@app/deadlines';
import { type Actor, insertRows } from '@app/database';
import { localDateOf, newId, workingMinutesBetween } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { recordEvents, recordTimeline } from '../persistence/history';
import type { Channel } from '../rules/channels';
import { type ApplicantDetails, householdName, insertApplicants } from '../persistence/people';
import { stepAhead } from '../persistence/refresh-next-step';

export interface NewHousehold {
  readonly applicants: readonly ApplicantDetails[];
  readonly postcode: string | null;
  readonly districtCode: string | null;
  readonly spareRooms: number | null;
  readonly fostersNow: 'no' | 'council' | 'agency' | 'before' | null;
  readonly interests: readonly string[];
  readonly marketingConsent: boolean;
}

export interface JourneyOpening {
  readonly reference: string;
  readonly authority: AuthorityCode;
  /** How the enquiry came to this authority: the first routing, kept for ever. */
  readonly routing: Readonly<Record<string, unknown>>;
  readonly channel: Channel;
  readonly source: string | null;
  readonly receivedAt: Date;
  /** A household that is known already, or a new one. */
  readonly household: { readonly id: string } | NewHousehold;
  readonly officerId?: string | null;
  /** What they said, for the timeline. */
  readonly words: string | null;
  /** When somebody spoke with them already, as on a call that an officer took. */
  readonly answeredAt?: Date;
  readonly demonstration: boolean;
  readonly noAlertsBefore?: Date;
}

/** A journey that was opened, with the moment by which somebody has to answer. */
export interface OpenedJourney {
  readonly journeyId: string;
  readonly householdId: string;
  readonly firstResponseDueAt: Date;
}

/**
 * Opens the journey of an enquiry: household, journey, first events and clocks. It only adds and reads nothing of
 * families, so that the public actor can do it. Throws BeyondCalendarError for a moment whose deadlines are unknown.
 */
export async function openJourney(tx: EntityManager, actor: Actor, now: Date, calendars: Calendars, opening: JourneyOpening): Promise<OpenedJourney> {
  const householdId = 'id' in opening.household ? opening.household.id : await insertHousehold(tx, now, opening, opening.household);
  const journeyId = newId();
  const answeredAt = opening.answeredAt ?? null;
  const limits = await timeLimits(tx);
  const start = { journeyId, authority: opening.authority, calendars, ...(opening.noAlertsBefore ? { noAlertsBefore: opening.noAlertsBefore } : {}) };
  const workingMinutes = answeredAt ? workingMinutesBetween(calendars.opening, opening.receivedAt, answeredAt) : 0;
  const firstResponse = planClock(limits, { ...start, rule: 'first_response', startedAt: opening.receivedAt, ...(answeredAt ? { outcome: { state: 'met', at: answeredAt, workingMinutes } } : {}) });
  const turnaround = planClock(limits, { ...start, rule: 'turnaround', startOn: localDateOf(opening.receivedAt) });
  const ahead = stepAhead(
    { status: 'open', stage: 'enquiry', authority: opening.authority, answered: answeredAt !== null, milestones: {}, contactAgainOn: null, holdUntil: null },
    [firstResponse, turnaround],
    localDateOf(now),
    limits,
    calendars,
  );
  await insertRows(tx, 'journeys', [
    {
      id: journeyId,
      reference: opening.reference,
      household_id: householdId,
      authority: opening.authority,
      channel: opening.channel,
      source: opening.source,
      enquiry_received_at: opening.receivedAt,
      enquiry_on: localDateOf(opening.receivedAt),
      first_response_at: answeredAt,
      stage: 'enquiry',
      stage_since: localDateOf(opening.receivedAt),
      status: 'open',
      officer_id: opening.officerId ?? null,
      next_step: ahead?.step ?? null,
      next_due_at: ahead?.dueAt ?? null,
      waiting_for: ahead?.waitingFor ?? null,
      last_activity_at: now,
      demonstration: opening.demonstration,
    },
  ]);
  await storeClocks(tx, [firstResponse, turnaround]);
  const { dueAt } = firstResponse;
  await recordEvents(tx, actor, now, journeyId, [{ kind: 'milestone', milestone: 'enquiry', at: opening.receivedAt, dueAt }]);
  await recordEvents(tx, actor, now, journeyId, [{ kind: 'routed', at: opening.receivedAt, authority: opening.authority, detail: opening.routing }]);
  if (answeredAt) await recordEvents(tx, actor, now, journeyId, [{ kind: 'first_response', at: answeredAt, dueAt, workingMinutes }]);
  await recordTimeline(tx, actor, now, journeyId, [{ kind: 'contact', at: opening.receivedAt, title: 'Enquiry', body: opening.words }]);
  return { journeyId, householdId, firstResponseDueAt: dueAt };
}

async function insertHousehold(tx: EntityManager, now: Date, opening: JourneyOpening, household: NewHousehold): Promise<string> {
  const id = newId();
  await insertRows(tx, 'households', [
    {
      id,
      authority: opening.authority,
      name: householdName(household.applicants) || `Household ${opening.reference}`,
      postcode: household.postcode,
      district_code: household.districtCode,
      spare_rooms: household.spareRooms,
      fosters_now: household.fostersNow,
      interests: household.interests,
      marketing_consent_at: household.marketingConsent ? opening.receivedAt : null,
      created_at: now,
      demonstration: opening.demonstration,
    },
  ]);
  await insertApplicants(tx, id, household.applicants);
  return id;
}
