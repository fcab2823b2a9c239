import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import { QUALITY_FAULTS, type QualityFault, UNROUTED_AFTER_DAYS } from '../rules/quality-faults';

const MILESTONE_COLUMNS = ['initial_application_on', 'home_visit_on', 'application_on', 'stage_1_on', 'stage_2_on', 'panel_on', 'approved_on'];
const OPEN = `j.status IN ('open', 'on_hold')`;
const COUNTED = `j.merged_into IS NULL AND NOT j.kinship AND (j.closed_reason IS NULL OR j.closed_reason NOT IN ('duplicate', 'not_an_enquiry', 'kinship'))`;

/** Who looks after a journey now, or did last. */
const OWNER = 'coalesce(j.responsible_id, j.social_worker_id, j.officer_id)';
const FAMILY = `j.id, j.authority, ${OWNER}`;

/** How to reach each open family: read once for all faults that go by it. */
const REACHED = `reached AS MATERIALIZED (
  SELECT ${FAMILY} AS owner_id, j.household_id, lower(a.email) AS email, a.phone FROM journeys j LEFT JOIN applicants a ON a.household_id = j.household_id WHERE ${OPEN})`;

/** What open families of different households share of an applicant. */
const shared = (what: 'email' | 'phone'): string => `SELECT ${what} FROM reached WHERE ${what} IS NOT NULL GROUP BY ${what} HAVING count(DISTINCT household_id) > 1`;

/** Whether somebody looked at two households and found two families. */
const toldApart = (one: string, other: string): string => `EXISTS (SELECT FROM households_told_apart t WHERE t.household_id = least(${one}, ${other}) AND t.other_id = greatest(${one}, ${other}))`;

/** The journeys with each fault: id, authority, owner. $1: enquiries before this moment should have a council by now. */
const FOUND: Readonly<Record<QualityFault, string>> = {
  // Milestones among themselves are kept in order by the table itself; these are what it cannot know.
  dates_out_of_order: `
    SELECT ${FAMILY} FROM journeys j WHERE (j.first_response_at AT TIME ZONE 'Europe/London')::date > least(${MILESTONE_COLUMNS.map((column) => `j.${column}`).join(', ')}) AND ${COUNTED}
    UNION SELECT ${FAMILY} FROM journeys j JOIN assessments a ON a.journey_id = j.id WHERE a.application_on <> j.application_on OR a.stage_2_started_on <> j.stage_2_on
    UNION SELECT ${FAMILY} FROM journeys j JOIN decisions d ON d.journey_id = j.id AND d.kind IN ('approval', 'final_approval') WHERE d.decided_on <> j.approved_on`,
  closed_without_reason: `SELECT ${FAMILY} FROM journeys j WHERE j.closed_reason = 'other' AND ${COUNTED} AND NOT EXISTS (SELECT FROM timeline_entries t WHERE t.journey_id = j.id AND t.kind = 'note' AND t.body <> '' AND t.recorded_at >= j.closed_on)`,
  no_first_response: `SELECT ${FAMILY} FROM journeys j WHERE j.first_response_at IS NULL AND (${MILESTONE_COLUMNS.map((column) => `j.${column} IS NOT NULL`).join(' OR ')}) AND ${COUNTED}`,
  unrouted_over_a_week: `SELECT ${FAMILY} FROM journeys j WHERE j.authority = 'unrouted' AND ${OPEN} AND j.enquiry_received_at < $1::timestamptz - interval '${String(UNROUTED_AFTER_DAYS)} days'`,
  // Few were told apart from another: only theirs are looked for one by one.
  suspected_duplicate: `SELECT DISTINCT id, authority, owner_id FROM reached r WHERE (email IN (${shared('email')}) OR phone IN (${shared('phone')}))
    AND (household_id NOT IN (SELECT unnest(ARRAY[household_id, other_id]) FROM households_told_apart)
      OR EXISTS (SELECT FROM reached o WHERE o.household_id <> r.household_id AND (o.email = r.email OR o.phone = r.phone) AND NOT ${toldApart('o.household_id', 'r.household_id')}))`,
  no_contact_details: `SELECT id, authority, owner_id FROM reached GROUP BY 1, 2, 3 HAVING count(email) = 0 AND count(phone) = 0`,
};

const FAULTS = QUALITY_FAULTS.map((fault) => `SELECT '${fault}' AS fault, found.* FROM (${FOUND[fault]}) found (id, authority, owner_id)`).join('\nUNION ALL ');

/** How many faults of a kind there are, of one authority and owner. */
export interface FaultCount {
  readonly fault: QualityFault;
  readonly authority: string;
  /** Null where nobody looks after the family. */
  readonly owner: string | null;
  readonly count: number;
}

/** The faults in the records by kind, authority and owner: counts alone, for whoever may see the figures of those authorities. Counts what the actor of the transaction sees: as the system, everything. */
export function faultCounts(tx: EntityManager, now: Date, authorities: readonly string[]): Promise<FaultCount[]> {
  return rows<FaultCount>(
    tx,
    `WITH ${REACHED}, counted AS (SELECT fault, authority, owner_id, count(*) AS count FROM (${FAULTS}) f WHERE authority = ANY ($2) GROUP BY 1, 2, 3)
     SELECT c.fault, c.authority, s.name AS owner, sum(c.count)::int AS count
       FROM counted c LEFT JOIN staff s ON s.id = c.owner_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 NULLS FIRST`,
    [now, authorities],
  );
}

/** One fault of one family. */
export interface RecordFault {
  readonly fault: QualityFault;
  readonly reference: string;
  readonly name: string;
  readonly authority: string;
  readonly owner: string | null;
  /** The other families that it shares an address of mail or a telephone number with. */
  readonly sharedWith: readonly string[];
}

/** Which of the families behind the counts are asked for: with one fault, of one authority, in the care of one member of staff. */
export interface FaultsAsked {
  readonly fault: QualityFault | null;
  readonly authority: string | null;
  readonly ownerId?: string;
}

/** The families behind the counts, as far as the actor sees families, those that enquired last first. */
export function recordFaults(tx: EntityManager, now: Date, asked: FaultsAsked, atMost: number): Promise<RecordFault[]> {
  return rows<RecordFault>(
    tx,
    `WITH ${REACHED}
     SELECT f.fault, j.reference, h.name, j.authority, s.name AS owner,
            CASE WHEN f.fault = 'suspected_duplicate' THEN (
              SELECT coalesce(json_agg(DISTINCT other.reference), '[]') FROM applicants a JOIN applicants b ON b.household_id <> a.household_id AND (b.phone = a.phone OR lower(b.email) = lower(a.email)) AND NOT ${toldApart('a.household_id', 'b.household_id')}
                JOIN journeys other ON other.household_id = b.household_id AND other.status IN ('open', 'on_hold') WHERE a.household_id = j.household_id) ELSE '[]' END AS "sharedWith"
       FROM (${FAULTS}) f JOIN journeys j ON j.id = f.id JOIN households h ON h.id = j.household_id LEFT JOIN staff s ON s.id = f.owner_id
      WHERE ($2::text IS NULL OR f.fault = $2) AND ($3::text IS NULL OR j.authority = $3) AND ($6::uuid IS NULL OR f.owner_id = $6)
      ORDER BY array_position($4::text[], f.fault), j.enquiry_received_at DESC, j.id LIMIT $5`,
    [now, asked.fault, asked.authority, QUALITY_FAULTS, atMost, asked.ownerId ?? null],
  );
}
