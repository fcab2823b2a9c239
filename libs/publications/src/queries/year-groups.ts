import { rows } from '@app/database';
import { counts } from '@app/reports';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { YearGroup } from '../rules/ofsted-year';

/** The part of a year that is counted. */
export interface YearToCount {
  /** The first day of the year. */
  readonly from: LocalDate;
  /** The last day that counts. */
  readonly asAt: LocalDate;
  /** An event counts when it happened before this moment. */
  readonly before: Date;
  /** What was recorded after this moment does not count; null for all that is known. */
  readonly knownAt: Date | null;
}

const parameters = ({ from, asAt, before, knownAt }: YearToCount): readonly unknown[] => [from, asAt, before, knownAt];
const COUNTS = counts({ asAt: '$2', before: '$3', knownAt: '$4' });
const RECORDED = `lpad(id::text, 19, '0')`;

/** How a journey stood at the start (0) or at the cut (1), by what had happened by then. */
const standing = (end: 0 | 1, appliedBy: string, approvedBy: string): string => `
  CASE WHEN ending${String(end)}[2] = 'closed' AND ending${String(end)}[4] IN ('duplicate', 'not_an_enquiry') OR kinship${String(end)}[2] <> 'kinship_cleared' THEN 'excluded'
       WHEN ${approvedBy} THEN 'approved' WHEN ending${String(end)}[2] = 'closed' THEN 'closed' WHEN ${appliedBy} THEN 'application' ELSE 'enquiry' END`;

const last = (columns: string, which: string, end: 0 | 1): string => `max(ARRAY[${RECORDED}, ${columns}]) FILTER (WHERE (${which})${end === 0 ? ' AND happened_on < $1' : ''})`;
const ENDING = `kind IN ('closed', 'reopened')`;
const KINSHIP = `kind IN ('kinship_marked', 'kinship_cleared') OR closed_reason = 'kinship'`;

/**
 * The journeys that were in hand at the start of a period or to which something happened in it, in groups: how they stood
 * at its start, and at the cut. What is corrected counts as it is known, or was at the moment that is asked about: then
 * each journey of which something became known since is asked for its history, too, as it stands otherwise now.
 */
export function yearGroups(tx: EntityManager, question: YearToCount): Promise<YearGroup[]> {
  return rows<YearGroup>(
    tx,
    `WITH relevant AS (
       SELECT id AS journey_id FROM journeys WHERE coalesce(closed_on, approved_on) IS NULL OR coalesce(closed_on, approved_on) >= $1
       UNION SELECT journey_id FROM journey_events WHERE happened_on BETWEEN $1 AND $2 AND superseded_at IS NULL
       UNION SELECT journey_id FROM journey_standings WHERE known_at > $4::timestamptz AND first_on <= $2),
     latest AS (
       SELECT journey_id, min(happened_on) FILTER (WHERE milestone = 'enquiry') AS enquiry_on,
              min(happened_on) FILTER (WHERE milestone IN ('application', 'stage_1', 'stage_2', 'panel', 'approved')) AS applied_on,
              max(happened_on) FILTER (WHERE milestone = 'approved') AS approved_on,
              ${([0, 1] as const).map((end) => `${last('kind, closed_by, closed_reason, happened_on::text', ENDING, end)} AS ending${String(end)}, ${last('authority', `kind = 'routed'`, end)} AS routing${String(end)}, ${last('kind', KINSHIP, end)} AS kinship${String(end)}`).join(',\n              ')}
         FROM journey_events JOIN relevant USING (journey_id)
        WHERE ${COUNTS} GROUP BY journey_id),
     passed AS (
       SELECT enquiry_on < $1 AS was_there, coalesce(routing0[2], 'unrouted') AS authority0, coalesce(routing1[2], 'unrouted') AS authority1,
              ${standing(0, 'applied_on < $1', 'approved_on < $1')} AS standing0, coalesce(applied_on < $1, false) AS applied0,
              ${standing(1, 'applied_on IS NOT NULL', 'approved_on IS NOT NULL')} AS standing1, applied_on IS NOT NULL AS applied1,
              coalesce(approved_on >= $1, false) OR coalesce(ending1[2] = 'closed' AND ending1[5]::date >= $1, false) AS ended_in_year, ending1
         FROM latest WHERE enquiry_on IS NOT NULL)
     SELECT CASE WHEN was_there THEN authority0 END AS "authorityAtStart", CASE WHEN was_there THEN standing0 ELSE 'absent' END AS "atStart", was_there AND applied0 AS "appliedBefore",
            authority1 AS authority, standing1 AS "atEnd", applied1 AS applied, ended_in_year AS "endedInYear",
            CASE WHEN standing1 = 'closed' THEN ending1[3] END AS "closedBy", CASE WHEN standing1 = 'closed' THEN ending1[4] END AS "closedReason", count(*)::int AS count
       FROM passed GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`,
    parameters(question),
  );
}

/** The places that approvals of a period brought, by authority: known where the terms of the approval are. */
export interface ApprovedPlaces {
  readonly authority: string;
  readonly households: number;
  /** Households whose terms are in the hub's records. */
  readonly withTerms: number;
  /** Children that may be placed with those, under the terms. */
  readonly places: number;
}

/** Of the households approved in a period by the cut, how many places the terms give that were on record. The same families as the approvals of the report. */
export function approvedPlaces(tx: EntityManager, question: YearToCount): Promise<ApprovedPlaces[]> {
  return rows<ApprovedPlaces>(
    tx,
    `WITH approved AS (
       SELECT a.journey_id,
              (SELECT max(ARRAY[${RECORDED}, authority]) FROM journey_events e WHERE e.journey_id = a.journey_id AND kind = 'routed' AND ${COUNTS}) AS routing,
              (SELECT max(ARRAY[${RECORDED}, kind, closed_reason]) FROM journey_events e WHERE e.journey_id = a.journey_id AND ${ENDING} AND ${COUNTS}) AS ending,
              (SELECT max(ARRAY[${RECORDED}, kind]) FROM journey_events e WHERE e.journey_id = a.journey_id AND (${KINSHIP}) AND ${COUNTS}) AS kinship
         FROM journey_events a WHERE a.milestone = 'approved' AND happened_on >= $1 AND ${COUNTS})
     SELECT coalesce(routing[2], 'unrouted') AS authority, count(*)::int AS households, count(d.children)::int AS "withTerms", coalesce(sum(d.children), 0)::int AS places
       FROM approved LEFT JOIN LATERAL (
         SELECT (d.terms ->> 'children')::int AS children FROM decisions d WHERE d.journey_id = approved.journey_id AND d.terms IS NOT NULL AND CASE WHEN $4::timestamptz IS NULL THEN d.decided_on <= $2 ELSE d.recorded_at <= $4 END ORDER BY d.recorded_at DESC LIMIT 1) d ON true
      WHERE (kinship IS NULL OR kinship[2] = 'kinship_cleared') AND NOT coalesce(ending[2] = 'closed' AND ending[3] IN ('duplicate', 'not_an_enquiry'), false)
      GROUP BY 1`,
    parameters(question),
  );
}
