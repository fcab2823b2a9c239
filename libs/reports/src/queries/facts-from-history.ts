import { rows } from '@app/database';
import { MILESTONES } from '@app/journeys';
import type { EntityManager } from 'typeorm';
import type { CountedFacts } from '../rules/counted-facts';
import type { Cut, ReportRequest } from '../rules/report-request';
import { counts, movedSince } from './standing-at-the-cut';

/** Milestones as SQL reads them: an array literal whose positions start at 1. */
const MILESTONE_ARRAY = `ARRAY[${MILESTONES.map((milestone) => `'${milestone}'`).join(', ')}]`;

/** An event that had happened by the cut, as it is known: $3 as at · $4 before which moment · $6 known at, or null. */
const COUNTS = counts({ asAt: '$3', before: '$4', knownAt: '$6' });

/**
 * What comes first in an array whose greatest is the one that was recorded last: so one aggregation over the history
 * finds it. Joining back for it goes wrong where the planner knows nothing yet of a history that was just imported.
 */
const RECORDED = `lpad(id::text, 19, '0')`;

/** How a date is labelled: by its calendar month, or by the Monday of its week. */
const BY_MONTH = (date: string): string => `to_char(${date}, 'YYYY-MM')`;
const BY_WEEK = (date: string): string => `to_char(date_trunc('week', ${date}), 'YYYY-MM-DD')`;

/**
 * Everything that the report of a period needs, counted from the history of the journeys in one statement: the
 * journeys that the period may touch, how each stood at the cut, and the groups of them. Of two closes, reopenings
 * or routings that had both happened by the cut, the one that was recorded last holds.
 *
 * $1, $2 the period · $3 the as-at date · $4 before which moment an event counts · $5 before which moment a due
 * time has passed · $6 known at, or null.
 */
const countHistoryOf = (touched: string, labelled = BY_MONTH): string => `
WITH touched AS (${touched}),
latest AS (
  SELECT journey_id,
         max(happened_on) FILTER (WHERE milestone = 'enquiry') AS enquiry_on,
         max(due_at) FILTER (WHERE milestone = 'enquiry') AS due_at,
         max(happened_on) FILTER (WHERE milestone = 'application') AS application_on,
         max(happened_on) FILTER (WHERE milestone = 'approved') AS approved_on,
         max(array_position(${MILESTONE_ARRAY}, milestone)) AS furthest,
         max(happened_at) FILTER (WHERE kind = 'first_response') AS answered_at,
         max(working_minutes) FILTER (WHERE kind = 'first_response') AS working_minutes,
         array_agg(${labelled('happened_on')}) FILTER (WHERE kind = 'contact' AND happened_on BETWEEN $1 AND $2) AS contact_months,
         max(ARRAY[${RECORDED}, authority]) FILTER (WHERE kind = 'routed') AS routing,
         max(ARRAY[${RECORDED}, kind, closed_by, closed_reason, happened_on::text]) FILTER (WHERE kind IN ('closed', 'reopened')) AS ending,
         max(ARRAY[${RECORDED}, kind]) FILTER (WHERE kind IN ('kinship_marked', 'kinship_cleared') OR closed_reason = 'kinship') AS kinship
    FROM journey_events JOIN touched USING (journey_id) WHERE ${COUNTS} GROUP BY journey_id
),
standing AS MATERIALIZED (
  SELECT journey_id, enquiry_on, due_at, application_on, approved_on, answered_at, working_minutes, contact_months,
         (${MILESTONE_ARRAY})[furthest] AS furthest,
         coalesce(routing[2], 'unrouted') AS authority,
         CASE WHEN approved_on IS NOT NULL THEN 'approved' WHEN ending[2] = 'closed' THEN 'closed' ELSE 'open' END AS standing,
         ending[3] AS closed_by, ending[4] AS closed_reason, ending[5]::date AS ended_on,
         CASE WHEN ending[2] = 'closed' AND ending[4] IN ('duplicate', 'not_an_enquiry') THEN ending[4]
              WHEN kinship[2] <> 'kinship_cleared' THEN 'kinship' END AS excluded_as
    FROM latest
),
of_the_period AS (
  SELECT *, ${labelled('enquiry_on')} AS month FROM standing WHERE enquiry_on BETWEEN $1 AND $2
),
enquiries AS (SELECT * FROM of_the_period WHERE excluded_as IS NULL)
SELECT
  (SELECT coalesce(json_agg(f), '[]') FROM (
     SELECT authority, month, count(*) AS count FROM standing, unnest(contact_months) AS month GROUP BY 1, 2) f) AS contacts,
  (SELECT coalesce(json_agg(f), '[]') FROM (
     SELECT authority, month, excluded_as AS "excludedAs", count(*) AS count
       FROM of_the_period WHERE excluded_as IS NOT NULL GROUP BY 1, 2, 3) f) AS excluded,
  (SELECT coalesce(json_agg(json_strip_nulls(to_json(f))), '[]') FROM (
     SELECT authority, month, furthest, standing,
            CASE WHEN standing = 'closed' THEN closed_by END AS "closedBy", CASE WHEN standing = 'closed' THEN closed_reason END AS "closedReason",
            CASE WHEN standing = 'open' THEN (enquiry_on + interval '6 months')::date < $3::date END AS "pastSixMonths", count(*) AS count
       FROM enquiries GROUP BY 1, 2, 3, 4, 5, 6, 7) f) AS enquiries,
  (SELECT coalesce(json_agg(f), '[]') FROM (
     SELECT authority, month, CASE standing WHEN 'approved' THEN approved_on WHEN 'closed' THEN ended_on ELSE $3::date END - enquiry_on AS days,
            CASE standing WHEN 'approved' THEN 'approved' WHEN 'closed' THEN closed_by ELSE 'censored' END AS ending, count(*) AS count
       FROM enquiries GROUP BY 1, 2, 3, 4) f) AS times,
  (SELECT coalesce(json_agg(f), '[]') FROM (
     SELECT authority, ${labelled('approved_on')} AS month, approved_on - enquiry_on AS "turnaroundDays",
            approved_on <= (enquiry_on + interval '6 months')::date AS "withinSixMonths",
            CASE WHEN application_on IS NOT NULL THEN json_build_object('days', approved_on - application_on,
              'withinEightMonths', approved_on <= (application_on + interval '8 months')::date) END::jsonb AS processing,
            held.days AS "heldDays", count(*) AS count
       FROM standing
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(coalesce(h.until_on, approved_on) - h.happened_on), 0)::int AS days FROM (
           SELECT kind, happened_on, lead(happened_on) OVER (ORDER BY id) AS until_on FROM journey_events
            WHERE journey_id = standing.journey_id AND kind IN ('held', 'resumed', 'closed') AND ${COUNTS}) h
          WHERE h.kind = 'held') held
      WHERE approved_on BETWEEN $1 AND $2 AND excluded_as IS NULL GROUP BY 1, 2, 3, 4, 5, 6) f) AS approvals,
  (SELECT coalesce(json_agg(f), '[]') FROM (
     SELECT authority, month, coalesce(date_trunc('minute', answered_at) <= due_at, false) AS "withinStandard",
            CASE WHEN answered_at IS NOT NULL THEN working_minutes END AS "workingMinutes", count(*) AS count
       FROM enquiries WHERE answered_at IS NOT NULL OR due_at < $5 GROUP BY 1, 2, 3, 4) f) AS responses
`;

/** Every journey that the period touches. */
const ALL = `
  SELECT journey_id FROM journey_events
   WHERE kind = 'milestone' AND milestone IN ('enquiry', 'approved') AND happened_on BETWEEN $1 AND $2
  UNION
  SELECT journey_id FROM journey_events WHERE kind = 'contact' AND happened_on BETWEEN $1 AND $2`;

/** Those that stand otherwise now than at the cut. */
const MOVED_SINCE = `
  SELECT s.journey_id FROM journey_standings s
   WHERE ${movedSince({ asAt: '$3', before: '$4', knownAt: '$6' })} AND s.first_on <= $2 AND s.last_on >= $1`;

const STATEMENTS = { every_journey: countHistoryOf(ALL), moved_since: countHistoryOf(MOVED_SINCE), moved_since_by_week: countHistoryOf(MOVED_SINCE, BY_WEEK) };

/**
 * The facts of a period from the history itself: of every journey, or only of those that moved since the cut, whose standing
 * of today says nothing of then; by week with its Monday in the place of the month.
 */
export async function factsFromHistory(tx: EntityManager, { period, asAt, knownAt }: ReportRequest, cut: Cut, of: keyof typeof STATEMENTS): Promise<CountedFacts> {
  const [facts] = await rows<CountedFacts>(tx, STATEMENTS[of], [period.from, period.to, asAt, cut.eventsBefore, cut.dueBefore, knownAt]);
  if (facts === undefined) throw new Error('Counting gave no row.');
  return facts;
}

/** Whether any journey that the period may touch moved since the cut. */
export async function someMovedSince(tx: EntityManager, { period, asAt, knownAt }: ReportRequest, cut: Cut): Promise<boolean> {
  const [answer] = await rows<{ some: boolean }>(tx, `SELECT EXISTS (${MOVED_SINCE}) AND $5::timestamptz IS NOT NULL AS some`, [period.from, period.to, asAt, cut.eventsBefore, cut.dueBefore, knownAt]);
  return answer?.some ?? false;
}
