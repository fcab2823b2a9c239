import { rows } from '@app/database';
import type { AuthorityCode } from '@app/authorities';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { JourneyState, MilestoneDates } from '../rules/blockers';
import type { Channel } from '../rules/channels';
import type { ClosedBy, CloseReason } from '../rules/close-reasons';
import type { Stage } from '../rules/milestones';
import type { Status } from '../rules/moves';

/** A journey as it stands, without anything that names a person. Dates are local (Europe/London). */
export interface Journey {
  readonly id: string;
  readonly reference: string;
  readonly householdId: string;
  readonly authority: AuthorityCode;
  readonly channel: Channel;
  readonly source: string | null;
  readonly enquiryReceivedAt: Date;
  readonly enquiryOn: LocalDate;
  readonly firstResponseAt: Date | null;
  readonly initialApplicationOn: LocalDate | null;
  readonly homeVisitOn: LocalDate | null;
  readonly applicationOn: LocalDate | null;
  readonly stage1On: LocalDate | null;
  readonly stage2On: LocalDate | null;
  readonly panelOn: LocalDate | null;
  readonly approvedOn: LocalDate | null;
  readonly stage: Stage;
  readonly stageSince: LocalDate;
  readonly status: Status;
  readonly heldOn: LocalDate | null;
  readonly holdUntil: LocalDate | null;
  readonly closedOn: LocalDate | null;
  readonly closedBy: ClosedBy | null;
  readonly closedReason: CloseReason | null;
  readonly officerId: string | null;
  readonly socialWorkerId: string | null;
  readonly kinship: boolean;
  readonly safeguarding: boolean;
  readonly attempts: number;
  readonly contactAgainOn: LocalDate | null;
  readonly mergedInto: string | null;
  readonly version: number;
  readonly demonstration: boolean;
}

const COLUMNS = `id, reference, household_id AS "householdId", authority, channel, source, enquiry_received_at AS "enquiryReceivedAt", enquiry_on AS "enquiryOn",
  first_response_at AS "firstResponseAt", initial_application_on AS "initialApplicationOn", home_visit_on AS "homeVisitOn", application_on AS "applicationOn",
  stage_1_on AS "stage1On", stage_2_on AS "stage2On", panel_on AS "panelOn", approved_on AS "approvedOn", stage, stage_since AS "stageSince", status,
  held_on AS "heldOn", hold_until AS "holdUntil", closed_on AS "closedOn", closed_by AS "closedBy", closed_reason AS "closedReason",
  officer_id AS "officerId", social_worker_id AS "socialWorkerId", kinship, safeguarding, attempts, contact_again_on AS "contactAgainOn",
  merged_into AS "mergedInto", version, demonstration`;

/** The journey, or null when there is none or the actor may not see it. */
export async function loadJourney(tx: EntityManager, journeyId: string): Promise<Journey | null> {
  const [journey] = await rows<Journey>(tx, `SELECT ${COLUMNS} FROM journeys WHERE id = $1`, [journeyId]);
  return journey ?? null;
}

/** As `loadJourney`, held until the transaction ends, so that changes to one journey come one after the other. */
export async function lockJourney(tx: EntityManager, journeyId: string): Promise<Journey | null> {
  const [journey] = await rows<Journey>(tx, `SELECT ${COLUMNS} FROM journeys WHERE id = $1 FOR UPDATE`, [journeyId]);
  return journey ?? null;
}

/** The journey that a reference names, for those who may see it. */
export async function journeyByReference(tx: EntityManager, reference: string): Promise<Journey | null> {
  const [journey] = await rows<Journey>(tx, `SELECT ${COLUMNS} FROM journeys WHERE reference = $1`, [reference]);
  return journey ?? null;
}

/** The dates of a journey's milestones. */
export function milestonesOf(journey: Journey): MilestoneDates {
  return {
    enquiry: journey.enquiryOn,
    initial_application: journey.initialApplicationOn,
    home_visit: journey.homeVisitOn,
    application: journey.applicationOn,
    stage_1: journey.stage1On,
    stage_2: journey.stage2On,
    panel: journey.panelOn,
    approved: journey.approvedOn,
  };
}

/** What the rules of moving ask about a journey. */
export function stateOf(journey: Journey): JourneyState {
  return { status: journey.status, holdUntil: journey.holdUntil, milestones: milestonesOf(journey), authority: journey.authority, socialWorkerId: journey.socialWorkerId };
}

/** Writes columns of a journey and counts its version up: whoever saw an older version is told before theirs is taken. */
export async function updateJourney(tx: EntityManager, journeyId: string, columns: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(columns);
  const assignments = names.map((name, index) => `${name} = $${String(index + 2)}`);
  await tx.query(`UPDATE journeys SET ${[...assignments, 'version = version + 1'].join(', ')} WHERE id = $1`, [journeyId, ...names.map((name) => columns[name])]);
}
