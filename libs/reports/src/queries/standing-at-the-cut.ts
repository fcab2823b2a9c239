import { MILESTONES } from '@app/journeys';
import type { Cut, ReportRequest } from '../rules/report-request';

/** Milestones as SQL reads them: an array literal whose positions start at 1. */
export const MILESTONE_ARRAY = `ARRAY[${MILESTONES.map((milestone) => `'${milestone}'`).join(', ')}]`;

/** What `COUNTS` and `STANDING` are asked with, as $1 the as-at date, $2 before which moment an event counts, and $3 known at or null. */
export function cutParameters({ asAt, knownAt }: Pick<ReportRequest, 'asAt' | 'knownAt'>, { eventsBefore }: Cut): readonly [string, Date, Date | null] {
  return [asAt, eventsBefore, knownAt];
}

/** The names of the parameters of a cut in a statement, in this file `$1`, `$2` and `$3`. */
export interface CutNames {
  readonly asAt: string;
  readonly before: string;
  readonly knownAt: string;
}
const OURS: CutNames = { asAt: '$1', before: '$2', knownAt: '$3' };

/** Of a row of journey_events: it had happened by the cut, as it is known. */
export const counts = ({ asAt, before, knownAt }: CutNames = OURS): string => `happened_on <= ${asAt} AND (happened_at IS NULL OR happened_at < ${before})
     AND CASE WHEN ${knownAt}::timestamptz IS NULL THEN superseded_at IS NULL ELSE recorded_at <= ${knownAt} AND (superseded_at IS NULL OR superseded_at > ${knownAt}) END`;

/** An event that counts. See `cutParameters`. */
export const COUNTS = counts();

/** Of `s`, a row of journey_standings: nothing in the journey's history lies after the cut or became known later, so that it stood as it stands. */
export const settled = ({ asAt, before, knownAt }: CutNames = OURS): string =>
  `s.last_on <= ${asAt} AND (s.last_at IS NULL OR s.last_at < ${before}) AND (${knownAt}::timestamptz IS NULL OR s.known_at <= ${knownAt})`;

/**
 * Of `s` again: something happened or became known since the cut, but something had happened by then; of the others
 * nothing counts. What happened since has a date since, too.
 */
export const movedSince = ({ asAt, before, knownAt }: CutNames = OURS): string =>
  `(s.last_on >= ${asAt} AND (s.last_on > ${asAt} OR s.last_at >= ${before}) OR ${knownAt}::timestamptz IS NOT NULL AND (s.last_at >= ${before} OR s.known_at > ${knownAt})) AND s.first_on <= ${asAt}`;

const RECORDED = `lpad(id::text, 19, '0')`;

/**
 * How each journey of `touched (journey_id)` stood at the cut, as the report has it: common table expressions that end with
 * `standing`. Of two closes, reopenings or routings, the one that was recorded last holds. Excluded journeys are not in it.
 */
export const STANDING = `
latest AS (
  SELECT journey_id,
         max(happened_on) FILTER (WHERE milestone = 'enquiry') AS enquiry_on,
         max(due_at) FILTER (WHERE milestone = 'enquiry') AS due_at,
         max(happened_on) FILTER (WHERE milestone = 'approved') AS approved_on,
         max(happened_at) FILTER (WHERE kind = 'first_response') AS answered_at,
         max(ARRAY[${RECORDED}, authority]) FILTER (WHERE kind = 'routed') AS routing,
         max(ARRAY[${RECORDED}, kind, closed_by, closed_reason, happened_on::text]) FILTER (WHERE kind IN ('closed', 'reopened')) AS ending,
         max(ARRAY[${RECORDED}, kind]) FILTER (WHERE kind IN ('kinship_marked', 'kinship_cleared') OR closed_reason = 'kinship') AS kinship
    FROM journey_events JOIN touched USING (journey_id) WHERE ${COUNTS} GROUP BY journey_id
),
standing AS MATERIALIZED (
  SELECT journey_id, enquiry_on, due_at, answered_at, approved_on, coalesce(routing[2], 'unrouted') AS authority,
         CASE WHEN approved_on IS NOT NULL THEN 'approved' WHEN ending[2] = 'closed' THEN ending[3] ELSE 'censored' END AS ending,
         CASE WHEN approved_on IS NOT NULL THEN approved_on WHEN ending[2] = 'closed' THEN ending[5]::date ELSE $1::date END AS ended_on
    FROM latest
   WHERE enquiry_on IS NOT NULL AND NOT coalesce(ending[2] = 'closed' AND ending[4] IN ('duplicate', 'not_an_enquiry'), false) AND NOT coalesce(kinship[2] <> 'kinship_cleared', false)
)`;

/**
 * The milestones by which each journey of `standing` came further than before, in order: common table expressions that end
 * with `steps (journey_id, position, happened_on)`. A milestone that is dated after a later one moved nobody on.
 */
export const STEPS = `
dated AS (
  SELECT journey_id, happened_on, array_position(${MILESTONE_ARRAY}, milestone) AS position
    FROM journey_events JOIN standing USING (journey_id) WHERE kind = 'milestone' AND ${COUNTS}
),
steps AS (
  SELECT journey_id, position, happened_on FROM (
    SELECT *, max(position) OVER (PARTITION BY journey_id ORDER BY happened_on, position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM dated) d
   WHERE before IS NULL OR position > before
)`;
