import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import { type ClockOfJourney, clocksOf } from '@app/deadlines';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { type Journey, journeyByReference } from '../persistence/journey-record';
import { type Applicant, applicantsOf } from '../persistence/people';
import type { Stage } from '../rules/milestones';
import type { Status } from '../rules/moves';
import type { NextStep, WaitingFor } from '../rules/next-step';
import type { HomeDetails } from '../use-cases/edit-family';

export interface HouseholdMember {
  readonly id: string;
  readonly kind: 'adult' | 'child' | 'lodger';
  readonly name: string;
  readonly relationship: string | null;
  readonly bornOn: LocalDate | null;
  readonly leftOn: LocalDate | null;
}

/** Another journey of the same household. */
export interface OtherJourney {
  readonly reference: string;
  readonly authority: AuthorityCode;
  readonly status: Status;
  readonly stage: Stage;
  readonly enquiryOn: LocalDate;
  readonly closedOn: LocalDate | null;
}

/** Everything on a family's page but its timeline. */
export interface FamilyPage {
  readonly journey: Journey;
  readonly name: string;
  readonly home: HomeDetails;
  readonly marketingConsentAt: Date | null;
  readonly marketingWithdrawnAt: Date | null;
  readonly applicants: readonly Applicant[];
  readonly members: readonly HouseholdMember[];
  readonly clocks: readonly ClockOfJourney[];
  readonly next: { readonly step: NextStep; readonly dueAt: Date; readonly waitingFor: WaitingFor } | null;
  readonly officerName: string | null;
  readonly socialWorkerName: string | null;
  readonly otherJourneys: readonly OtherJourney[];
  /** The journey that this one was merged into. */
  readonly mergedInto: string | null;
}

interface Around {
  readonly name: string;
  readonly marketingConsentAt: Date | null;
  readonly marketingWithdrawnAt: Date | null;
  readonly step: NextStep | null;
  readonly dueAt: Date | null;
  readonly waitingFor: WaitingFor | null;
  readonly officerName: string | null;
  readonly socialWorkerName: string | null;
  readonly mergedInto: string | null;
}

/** The family that a reference names; null when there is none, or not for the actor of `tx`. */
export async function familyPage(tx: EntityManager, reference: string): Promise<FamilyPage | null> {
  const journey = await journeyByReference(tx, reference);
  if (!journey) return null;
  const [household] = await rows<Around & HomeDetails>(
    tx,
    `SELECT h.name, h.marketing_consent_at AS "marketingConsentAt", h.marketing_withdrawn_at AS "marketingWithdrawnAt",
            h.address_line_1 AS "addressLine1", h.address_line_2 AS "addressLine2", h.town, h.postcode, h.spare_rooms AS "spareRooms", h.tenure, h.pets, h.smoking,
            h.fosters_now AS "fostersNow", h.interests, h.languages,
            j.next_step AS step, j.next_due_at AS "dueAt", j.waiting_for AS "waitingFor", officer.name AS "officerName", worker.name AS "socialWorkerName", kept.reference AS "mergedInto"
       FROM journeys j JOIN households h ON h.id = j.household_id
       LEFT JOIN staff officer ON officer.id = j.officer_id
       LEFT JOIN staff worker ON worker.id = j.social_worker_id
       LEFT JOIN journeys kept ON kept.id = j.merged_into
      WHERE j.id = $1`,
    [journey.id],
  );
  // The policies on people are narrower than those on figures: whoever only counts sees no household, and no page.
  if (!household) return null;
  const { name, marketingConsentAt, marketingWithdrawnAt, step, dueAt, waitingFor, officerName, socialWorkerName, mergedInto, ...home } = household;
  return {
    journey,
    name,
    home,
    marketingConsentAt,
    marketingWithdrawnAt,
    applicants: await applicantsOf(tx, journey.householdId),
    members: await rows<HouseholdMember>(tx, `SELECT id, kind, name, relationship, born_on AS "bornOn", left_on AS "leftOn" FROM household_members WHERE household_id = $1 ORDER BY left_on NULLS FIRST, kind, born_on, name`, [journey.householdId]),
    clocks: await clocksOf(tx, journey.id),
    next: step && dueAt && waitingFor ? { step, dueAt, waitingFor } : null,
    officerName,
    socialWorkerName,
    otherJourneys: await rows<OtherJourney>(
      tx,
      `SELECT reference, authority, status, stage, enquiry_on AS "enquiryOn", closed_on AS "closedOn" FROM journeys WHERE household_id = $1 AND id <> $2 ORDER BY enquiry_received_at DESC`,
      [journey.householdId, journey.id],
    ),
    mergedInto,
  };
}
