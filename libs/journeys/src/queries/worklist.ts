import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { Channel } from '../rules/channels';
import type { Stage } from '../rules/milestones';
import type { NextStep, WaitingFor } from '../rules/next-step';
import { columnConditions, groupCondition, Parameters, whoseCondition, type WorklistReader } from './worklist-conditions';
import type { WorklistFilters, WorklistGroup } from './worklist-filters';

/** One family in the worklist: what it needs, by when, of whom, and enough to ring them at once. */
export interface WorklistRow {
  readonly journeyId: string;
  readonly reference: string;
  readonly version: number;
  readonly familyName: string;
  readonly authority: AuthorityCode;
  readonly stage: Stage;
  readonly nextStep: NextStep;
  readonly dueAt: Date;
  readonly waitingFor: WaitingFor;
  readonly holdUntil: LocalDate | null;
  readonly contactAgainOn: LocalDate | null;
  readonly enquiryReceivedAt: Date;
  readonly enquiryOn: LocalDate;
  readonly stageSince: LocalDate;
  readonly channel: Channel;
  readonly attempts: number;
  readonly safeguarding: boolean;
  readonly officerName: string | null;
  readonly socialWorkerName: string | null;
  /** E.164, of the first applicant. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly preferredContact: 'phone' | 'text' | 'email' | null;
  readonly bestTime: string | null;
}

/** Where the page before ended: its last row. */
export interface WorklistCursor {
  readonly dueAt: Date;
  readonly journeyId: string;
}

export interface WorklistPage {
  readonly rows: readonly WorklistRow[];
  /** Where the next page starts; null when this is the last. */
  readonly next: WorklistCursor | null;
}

const COLUMNS = `j.id AS "journeyId", j.reference, j.version, h.name AS "familyName", j.authority, j.stage, j.next_step AS "nextStep", j.next_due_at AS "dueAt", j.waiting_for AS "waitingFor",
  j.hold_until AS "holdUntil", j.contact_again_on AS "contactAgainOn", j.enquiry_received_at AS "enquiryReceivedAt", j.enquiry_on AS "enquiryOn", j.stage_since AS "stageSince", j.channel,
  j.attempts, j.safeguarding, officer.name AS "officerName", worker.name AS "socialWorkerName", a.phone, a.email, a.preferred_contact AS "preferredContact", a.best_time AS "bestTime"`;

/** A part of the worklist: which group, under which filters, after which row. */
export interface WorklistQuestion {
  readonly group: WorklistGroup;
  readonly filters: WorklistFilters;
  /** The journeys that the text filter left (`openJourneysMatching`); null when nothing was typed. */
  readonly among: readonly string[] | null;
  readonly atMost: number;
  readonly after?: WorklistCursor;
}

/**
 * The families of one group of the worklist, the earliest due first, a page at a time by keyset. Only families that the
 * actor of `tx` may see. Who comes first is told from an index in that order, and only those are then read: the status is asked for
 * once, by the group, because PostgreSQL would take asking twice for much rarer and read everybody.
 */
export async function worklist(tx: EntityManager, reader: WorklistReader, { group, filters, among, atMost, after }: WorklistQuestion): Promise<WorklistPage> {
  const parameters = new Parameters();
  const conditions = [groupCondition(group, reader, parameters), whoseCondition(filters.whose, reader.staffId, parameters), ...columnConditions(filters, among, parameters)];
  if (after) conditions.push(`(j.next_due_at, j.id) > (${parameters.add(after.dueAt)}::timestamptz, ${parameters.add(after.journeyId)}::uuid)`);
  const found = await rows<WorklistRow>(
    tx,
    `SELECT ${COLUMNS}
       FROM (SELECT j.id FROM journeys j WHERE j.authority = ANY ((SELECT scope_of('people'))::text[]) AND ${conditions.map((condition) => `(${condition})`).join(' AND ')}
              ORDER BY j.next_due_at, j.id LIMIT ${String(atMost + 1)}) first JOIN journeys j ON j.id = first.id
       JOIN households h ON h.id = j.household_id
       LEFT JOIN applicants a ON a.household_id = h.id AND a.position = 1
       LEFT JOIN staff officer ON officer.id = j.officer_id
       LEFT JOIN staff worker ON worker.id = j.social_worker_id
      ORDER BY j.next_due_at, j.id`,
    parameters.values,
  );
  const shown = found.slice(0, atMost);
  const last = shown.at(-1);
  return { rows: shown, next: found.length > atMost && last ? { dueAt: last.dueAt, journeyId: last.journeyId } : null };
}
