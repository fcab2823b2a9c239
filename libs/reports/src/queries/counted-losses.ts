import { MILESTONE_MEANINGS, MILESTONES } from '@app/journeys';
import { BY_MONTH, listsOf } from './counted-standings';

/** The stage that each milestone leads to, by position. */
const STAGE_OF = MILESTONES.map((milestone) => MILESTONE_MEANINGS[milestone].stage);
const textArray = (words: readonly string[]): string => `ARRAY[${words.map((word) => `'${word}'`).join(', ')}]`;
export const STAGE_ARRAY = textArray(STAGE_OF);

/** By what enquiries are told apart, in SQL of how they stand. Whether one that nobody answered is late already goes by its due time, in seconds since 1970. */
const APART = {
  authority: 's.authority',
  source: 's.source',
  channel: 's.channel',
  response: `CASE WHEN date_trunc('minute', s.answered_at) <= s.due_at THEN 'in_time' WHEN s.answered_at IS NOT NULL THEN 'late' ELSE extract(epoch FROM s.due_at)::bigint::text END`,
} as const;

const endingsBy = (apart: string): string => `
  SELECT s.month, s.authority, ${apart} AS told, CASE s.standing WHEN 'open' THEN NULL ELSE coalesce(s.closed_by, 'approved') END AS ending, s.enquiry_on AS since, s.ended_on - s.enquiry_on AS days FROM enquired s`;

const earliest = (positions: readonly number[]): string => `least(${positions.map((position) => `s.passed_on[${String(position)}]`).join(', ')})`;

/**
 * The stays in each stage before the approval: from when journeys came to it until they came to a later one. Whoever is dated at a
 * later milestone before any of the stage was never in it; see `STEPS`. How far a journey came leaves out most before their dates
 * are looked at, and OFFSET 0 has these looked up once.
 */
const STAYS = [...new Set(STAGE_OF)]
  .filter((stage) => stage !== 'approved')
  .map((stage) => {
    const here = STAGE_OF.flatMap((one, index) => (one === stage ? [index + 1] : []));
    const later = STAGE_OF.flatMap((_, index) => (index + 1 > Math.max(...here) ? [index + 1] : []));
    const reached = (positions: readonly number[]): string => `s.furthest = ANY (${textArray(MILESTONES.slice(Math.min(...positions) - 1))})`;
    return `
  SELECT s.month, s.authority, '${stage}' AS told, CASE WHEN until_on IS NOT NULL THEN 'onward' WHEN s.standing <> 'open' THEN 'closed' END AS ending, from_on AS since, greatest(0, coalesce(until_on, s.ended_on) - from_on) AS days
    FROM (SELECT s.month, s.authority, s.standing, s.ended_on, ${earliest(here)} AS from_on, CASE WHEN ${reached(later)} THEN ${earliest(later)} END AS until_on
            FROM enquired s WHERE ${reached(here)} OFFSET 0) s
   WHERE from_on <= coalesce(until_on, from_on)`;
  })
  .join('\n  UNION ALL');

/**
 * Counts the journeys that fit `which`, by parts of time as `countsOfStandings` does: for how many days what is told of went on and
 * how it ended, or since when it goes on.
 */
const spansOf = (told: string) => (which: string): string => {
  const lists = listsOf(BY_MONTH);
  return `
WITH part AS (SELECT * FROM unnest($1::date[], $2::date[]) AS part (from_on, to_on)),
enquired AS NOT MATERIALIZED (
  SELECT p.from_on AS month, s.* FROM part p CROSS JOIN LATERAL (
    SELECT authority, enquiry_on, standing, furthest, closed_by, ended_on, answered_at, due_at, passed_on, channel, source FROM journey_standings s
     WHERE s.enquiry_on BETWEEN p.from_on AND p.to_on AND s.excluded_as IS NULL AND ${which} OFFSET 0) s),
counted AS MATERIALIZED (
  SELECT month, authority, told, ending, CASE WHEN ending IS NULL THEN since END AS since, days, count(*) FROM (${told}) spans GROUP BY 1, 2, 3, 4, 5, 6)
SELECT ${[lists('over', ['told', 'ending'], 'days', 'counted WHERE ending IS NOT NULL'), lists('"goingOn"', ['told'], 'since', 'counted WHERE ending IS NULL')].join(',')}`;
};

/** By each of what enquiries are told apart by, and stays by their stages. Months are told apart by when enquiries came. */
export const LOSSES_OF_STANDINGS = {
  authority: spansOf(endingsBy(APART.authority)),
  source: spansOf(endingsBy(APART.source)),
  channel: spansOf(endingsBy(APART.channel)),
  response: spansOf(endingsBy(APART.response)),
  stage: spansOf(STAYS),
} as const;
