import { rows } from '@app/database';
import { MILESTONE_MEANINGS, MILESTONES } from '@app/journeys';
import type { EntityManager } from 'typeorm';
import type { GroupedEnding, LossDimension } from '../rules/losses';
import type { Cut, ReportRequest } from '../rules/report-request';
import type { StageStayCount } from '../rules/time-in-stage';
import { cutParameters, movedSince, settled, STANDING, STEPS } from './standing-at-the-cut';

/** By what a journey is told apart, in SQL of how it stands. The channel and the source are those of the enquiry that opened it. */
const GROUP: Readonly<Record<LossDimension, string>> = {
  authority: 's.authority',
  source: 'k.source',
  channel: 'k.channel',
  month: `to_char(s.enquiry_on, 'YYYY-MM')`,
  response: `CASE WHEN date_trunc('minute', s.answered_at) <= s.due_at THEN 'in_time' WHEN s.answered_at IS NOT NULL THEN 'late' WHEN s.due_at < $6 THEN 'never' ELSE 'not_due' END`,
};

/** $4, $5 the period. The history is read of those journeys alone that stood otherwise at the cut than they stand now. */
const MOVED = `touched AS (SELECT s.journey_id FROM journey_standings s WHERE ${movedSince()} AND s.first_on <= $5 AND s.last_on >= $4)`;
const STOOD_AS_NOW = `s.enquiry_on BETWEEN $4 AND $5 AND s.excluded_as IS NULL AND ${settled()}`;

/** Groups of one authority each, so that what is out of reach can be left out. */
type OfAuthority<Counted> = Counted & { readonly authority: string };

/** Enquiries of a period by one dimension and authority, and by how and after how many days they ended by the cut. */
export type CountedEnding = OfAuthority<GroupedEnding>;

/** Counts the enquiries of a period; equal groups add up. */
export function endingsOfAPeriod(tx: EntityManager, request: ReportRequest, cut: Cut, dimension: LossDimension): Promise<CountedEnding[]> {
  return rows<CountedEnding>(
    tx,
    `WITH ${MOVED}, ${STANDING}
     SELECT s.authority, ${GROUP[dimension].replace('k.', 's.')} AS "group", coalesce(s.ended_on, $1::date) - s.enquiry_on AS time, coalesce(s.closed_by, CASE s.standing WHEN 'approved' THEN 'approved' ELSE 'censored' END) AS ending, count(*)::int AS count
       FROM journey_standings s WHERE ${STOOD_AS_NOW} AND $6::timestamptz IS NOT NULL GROUP BY 1, 2, 3, 4
     UNION ALL
     SELECT s.authority, ${GROUP[dimension]}, s.ended_on - s.enquiry_on, s.ending, count(*)::int
       FROM standing s JOIN journey_standings k USING (journey_id) WHERE s.enquiry_on BETWEEN $4 AND $5 GROUP BY 1, 2, 3, 4`,
    [...cutParameters(request, cut), request.period.from, request.period.to, cut.dueBefore],
  );
}

/** The stage that each milestone leads to, by position. */
const STAGE_OF = MILESTONES.map((milestone) => MILESTONE_MEANINGS[milestone].stage);
const textArray = (words: readonly string[]): string => `ARRAY[${words.map((word) => `'${word}'`).join(', ')}]`;
const STAGE_ARRAY = textArray(STAGE_OF);

const earliest = (positions: readonly number[]): string => `least(${positions.map((position) => `s.passed_on[${String(position)}]`).join(', ')})`;

/**
 * The stays in each stage before the approval of journeys that stood as they stand: from when they came to it until they
 * came to a later one. Whoever is dated at a later milestone before any of the stage was never in it; see `STEPS`. One
 * pass over the standings for each stage is twice as quick as one pass that makes a row of each stage. How far a journey came
 * leaves out most before their dates are looked at, and OFFSET 0 has these looked up once.
 */
const STAYS_AS_NOW = [...new Set(STAGE_OF)]
  .filter((stage) => stage !== 'approved')
  .map((stage) => {
    const here = STAGE_OF.flatMap((one, index) => (one === stage ? [index + 1] : []));
    const later = STAGE_OF.flatMap((_, index) => (index + 1 > Math.max(...here) ? [index + 1] : []));
    const reached = (positions: readonly number[]): string => `s.furthest = ANY (${textArray(MILESTONES.slice(Math.min(...positions) - 1))})`;
    return `
     SELECT s.authority, '${stage}' AS stage, greatest(0, coalesce(until_on, s.ended_on, $1::date) - from_on) AS days,
            CASE WHEN until_on IS NOT NULL THEN 'onward' WHEN s.standing = 'open' THEN 'open' ELSE 'closed' END AS end, count(*)::int AS count
       FROM (SELECT s.authority, s.standing, s.ended_on, ${earliest(here)} AS from_on, CASE WHEN ${reached(later)} THEN ${earliest(later)} END AS until_on
               FROM journey_standings s WHERE ${STOOD_AS_NOW} AND ${reached(here)} OFFSET 0) s
      WHERE from_on <= coalesce(until_on, from_on) GROUP BY 1, 3, 4`;
  })
  .join('\n     UNION ALL');

/** How long journeys were in a stage by the cut, and how they left it, by authority. */
export type CountedStay = OfAuthority<StageStayCount>;

/** Counts the stays of the journeys that were enquiries of a period; equal groups add up. */
export function stageStaysOfAPeriod(tx: EntityManager, request: ReportRequest, cut: Cut): Promise<CountedStay[]> {
  return rows<CountedStay>(
    tx,
    `WITH ${MOVED}, ${STANDING}, ${STEPS},
     entered AS (
       SELECT journey_id, (${STAGE_ARRAY})[position] AS stage, min(happened_on) AS from_on, min(position) AS position FROM steps GROUP BY 1, 2),
     stays AS (
       SELECT journey_id, stage, from_on, lead(from_on) OVER (PARTITION BY journey_id ORDER BY position) AS until_on FROM entered)${STAYS_AS_NOW}
     UNION ALL
     SELECT s.authority, stage, greatest(0, coalesce(until_on, s.ended_on) - from_on),
            CASE WHEN until_on IS NOT NULL THEN 'onward' WHEN s.ending = 'censored' THEN 'open' ELSE 'closed' END, count(*)::int
       FROM stays JOIN standing s USING (journey_id)
      WHERE stage <> 'approved' AND s.enquiry_on BETWEEN $4 AND $5 GROUP BY 1, 2, 3, 4`,
    [...cutParameters(request, cut), request.period.from, request.period.to],
  );
}
