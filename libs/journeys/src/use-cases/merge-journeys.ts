import { stopClocks } from '@app/deadlines';
import { insertRows, rows } from '@app/database';
import { newId, parsePhone, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordEvents, recordTimeline, supersedeEvent } from '../persistence/history';
import { type Journey, loadJourney, lockJourney, milestonesOf, updateJourney } from '../persistence/journey-record';
import { type ApplicantDetails, applicantsOf, applicantRow, householdName } from '../persistence/people';
import { refreshNextStep } from '../persistence/refresh-next-step';
import { type Blocker, dateBlockers } from '../rules/blockers';
import { MILESTONES } from '../rules/milestones';
import { anotherIsOpen, recordClose } from './hold-and-close';
import { allowed, type ChangeContext, type ChangingActor, JourneyChanges, type JourneyRequest, type Refusal } from './journey-changes';
import { recordFirstResponse } from './log-response';
import { recordMilestone } from './move-journey';

/**
 * Merges two journeys of one household: the earlier enquiry is kept, whichever of the two was open on the page; the
 * other closes as a duplicate. Contacts, timeline, people, milestones and the first response of both are kept.
 */
@Injectable()
export class MergeJourneys {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: JourneyRequest & { readonly otherId: string }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.merge', 'journey.merge', async (context) => {
      const other = await lockJourney(context.tx, request.otherId);
      if (!other || !allowed(actor, 'journeys.read', other.authority)) return [{ kind: 'not_found' }];
      if (!allowed(actor, 'journeys.merge', other.authority)) return [{ kind: 'not_permitted' }];
      const [kept, dropped] = other.enquiryReceivedAt < context.journey.enquiryReceivedAt ? [other, context.journey] : [context.journey, other];
      const blockers = [...mergeBlockers(kept, dropped), ...(kept.householdId === dropped.householdId ? [] : await anotherIsOpen(context.tx, dropped))];
      if (blockers.length > 0) return blockers;
      await closeAsDuplicate({ ...context, journey: dropped }, kept);
      await moveWhatBelongs(context.tx, kept, dropped);
      await takeOverHistory({ ...context, journey: kept }, dropped);
      await refreshNextStep(context.tx, kept.id, context.now, context.calendars);
      await recordEvents(context.tx, actor, context.now, kept.id, [{ kind: 'merged', at: context.now, detail: { reference: dropped.reference } }]);
      return undefined;
    });
  }
}

function mergeBlockers(kept: Journey, dropped: Journey): readonly Blocker[] {
  if (kept.id === dropped.id) return [{ kind: 'merge', why: 'same' }];
  if (kept.status === 'approved' || dropped.status === 'approved') return [{ kind: 'merge', why: 'approved' }];
  if (kept.status === 'closed') return [{ kind: 'merge', why: 'kept_is_closed' }];
  return [];
}

/** Closes the later journey as a duplicate; one that was closed for another reason is corrected to it on the same date. */
async function closeAsDuplicate(context: ChangeContext, kept: Journey): Promise<void> {
  const { tx, journey, now, today } = context;
  if (journey.status === 'closed') await supersedeEvent(tx, now, journey.id, { kind: 'closed' }, `Merged with ${kept.reference}`);
  await recordClose(context, { on: journey.closedOn ?? today, by: 'service', reason: 'duplicate' }, kept.id);
  await tx.query('UPDATE journeys SET next_step = NULL, next_due_at = NULL, waiting_for = NULL WHERE id = $1', [journey.id]);
}

async function moveWhatBelongs(tx: EntityManager, kept: Journey, dropped: Journey): Promise<void> {
  await tx.query('UPDATE contacts SET journey_id = $1, authority = $3 WHERE journey_id = $2', [kept.id, dropped.id, kept.authority]);
  await tx.query('UPDATE timeline_entries SET journey_id = $1 WHERE journey_id = $2', [kept.id, dropped.id]);
  if (kept.householdId === dropped.householdId) return;
  await joinApplicants(tx, kept.householdId, dropped.householdId);
  await tx.query('UPDATE household_members SET household_id = $1 WHERE household_id = $2', [kept.householdId, dropped.householdId]);
  await tx.query(
    `UPDATE households k SET address_line_1 = coalesce(k.address_line_1, d.address_line_1), address_line_2 = coalesce(k.address_line_2, d.address_line_2), town = coalesce(k.town, d.town),
            postcode = coalesce(k.postcode, d.postcode), district_code = coalesce(k.district_code, d.district_code), spare_rooms = coalesce(k.spare_rooms, d.spare_rooms), tenure = coalesce(k.tenure, d.tenure),
            pets = coalesce(k.pets, d.pets), smoking = coalesce(k.smoking, d.smoking), fosters_now = coalesce(k.fosters_now, d.fosters_now),
            interests = ARRAY(SELECT DISTINCT unnest(k.interests || d.interests) ORDER BY 1), languages = ARRAY(SELECT DISTINCT ON (lower(spoken)) spoken FROM unnest(k.languages || d.languages) spoken ORDER BY lower(spoken), spoken),
            marketing_consent_at = greatest(k.marketing_consent_at, d.marketing_consent_at), marketing_withdrawn_at = greatest(k.marketing_withdrawn_at, d.marketing_withdrawn_at), version = k.version + 1
       FROM households d WHERE k.id = $1 AND d.id = $2`,
    [kept.householdId, dropped.householdId],
  );
  await tx.query('UPDATE journeys SET household_id = $1 WHERE household_id = $2', [kept.householdId, dropped.householdId]);
  await tx.query('UPDATE households SET merged_into = $1 WHERE id = $2', [kept.householdId, dropped.householdId]);
}

const sameName = (a: ApplicantDetails, b: ApplicantDetails): boolean => a.firstName.toLowerCase() === b.firstName.toLowerCase() && a.lastName.toLowerCase() === b.lastName.toLowerCase();

/** One person in both fills the other's gaps; another person becomes the second applicant, or an adult of the household. */
async function joinApplicants(tx: EntityManager, keptId: string, droppedId: string): Promise<void> {
  const [kept, dropped] = [await applicantsOf(tx, keptId), await applicantsOf(tx, droppedId)];
  const names: ApplicantDetails[] = [...kept];
  for (const applicant of dropped) {
    const same = kept.find((known) => sameName(known, applicant));
    if (same) {
      await tx.query('UPDATE applicants SET email = coalesce(email, $2), phone = coalesce(phone, $3), preferred_contact = coalesce(preferred_contact, $4), best_time = coalesce(best_time, $5) WHERE id = $1', [same.id, applicant.email, applicant.phone, applicant.preferredContact, applicant.bestTime]);
    } else if (names.length < 2) {
      await insertRows(tx, 'applicants', [applicantRow(keptId, names.length + 1, applicant)]);
      names.push(applicant);
    } else {
      await insertRows(tx, 'household_members', [{ id: newId(), household_id: keptId, kind: 'adult', name: householdName([applicant]), relationship: 'applicant of a merged enquiry' }]);
    }
  }
  await tx.query('UPDATE households SET name = $2 WHERE id = $1', [keptId, householdName(names)]);
}

/** Contact details that differ stay readable, milestones and the first response that only the other journey had are taken over. */
async function takeOverHistory(context: ChangeContext, dropped: Journey): Promise<void> {
  const { tx, actor, now, today } = context;
  const other = await rows<{ firstName: string; lastName: string; email: string | null; phone: string | null }>(
    tx,
    'SELECT a.first_name AS "firstName", a.last_name AS "lastName", a.email, a.phone FROM applicants a JOIN households h ON h.id = a.household_id WHERE h.merged_into = $1 ORDER BY a.position',
    [context.journey.householdId],
  );
  const known = other.map((person) => [person.firstName, person.lastName, person.email, person.phone && (parsePhone(person.phone)?.national ?? person.phone)].filter(Boolean).join(' ')).join('; ');
  await recordTimeline(tx, actor, now, context.journey.id, [{ kind: 'change', at: now, title: `Merged with ${dropped.reference}`, body: known === '' ? null : `The other enquiry gave: ${known}` }]);

  let journey = context.journey;
  for (const milestone of MILESTONES) {
    if (milestone === 'enquiry' || milestone === 'approved') continue;
    const on = milestonesOf(dropped)[milestone];
    const mine = milestonesOf(journey);
    if (!on || mine[milestone] || dateBlockers(mine, milestone, on, today).length > 0) continue;
    await recordMilestone({ ...context, journey }, milestone, on);
    journey = (await loadJourney(tx, journey.id)) ?? journey;
  }
  if (journey.firstResponseAt === null && dropped.firstResponseAt !== null) await recordFirstResponse({ ...context, journey }, dropped.firstResponseAt);
  if (journey.officerId === null || journey.socialWorkerId === null) {
    const sameCouncil = dropped.authority === journey.authority;
    await updateJourney(tx, journey.id, {
      officer_id: journey.officerId ?? (sameCouncil ? dropped.officerId : null),
      social_worker_id: journey.socialWorkerId ?? (sameCouncil ? dropped.socialWorkerId : null),
    });
  }
  await stopClocks(tx, dropped.id, now);
}
