import { rows } from '@app/database';
import { MILESTONE_MEANINGS, MILESTONES } from '@app/journeys';
import type { EntityManager } from 'typeorm';
import type { GroupedEnding, LossDimension } from '../rules/losses';
import type { Cut, ReportRequest } from '../rules/report-request';
import type { StageStayCount } from '../rules/time-in-stage';
import { cutParameters, STANDING, STEPS } from './standing-at-the-cut';

/** By what a journey is told apart, in SQL. The channel and the source are those of the enquiry that opened the journey. */
const GROUP: Readonly<Record<LossDimension, string>> = {
  authority: 's.authority',
  source: `coalesce(nullif(trim(j.source), ''), '')`,
  channel: 'j.channel',
  month: `to_char(s.enquiry_on, 'YYYY-MM')`,
  response: `CASE WHEN date_trunc('minute', s.answered_at) <= s.due_at THEN 'in_time' WHEN s.answered_at IS NOT NULL OR s.due_at < $6 THEN 'late' ELSE 'not_due' END`,
};

const OF_THE_PERIOD = `
touched AS (SELECT journey_id FROM journey_events WHERE kind = 'milestone' AND milestone = 'enquiry' AND happened_on BETWEEN $4 AND $5)`;

/** Groups of one authority each, so that what is out of reach can be left out. */
type OfAuthority<Counted> = Counted & { readonly authority: string };

/** The enquiries of a period by one dimension, by authority, and by how and after how many days they ended by the cut. */
export function endingsOfAPeriod(tx: EntityManager, request: ReportRequest, cut: Cut, dimension: LossDimension): Promise<OfAuthority<GroupedEnding>[]> {
  return rows<OfAuthority<GroupedEnding>>(
    tx,
    `WITH ${OF_THE_PERIOD}, ${STANDING}
     SELECT s.authority, ${GROUP[dimension]} AS "group", s.ended_on - s.enquiry_on AS time, s.ending, count(*)::int AS count
       FROM standing s JOIN journeys j ON j.id = s.journey_id
      WHERE s.enquiry_on BETWEEN $4 AND $5 AND $6::timestamptz IS NOT NULL GROUP BY 1, 2, 3, 4`,
    [...cutParameters(request, cut), request.period.from, request.period.to, cut.dueBefore],
  );
}

/** The stage that each milestone leads to, by position. */
const STAGE_ARRAY = `ARRAY[${MILESTONES.map((milestone) => `'${MILESTONE_MEANINGS[milestone].stage}'`).join(', ')}]`;

/** How long the journeys that were enquiries of a period had been in each stage by the cut, and how they left it. */
export function stageStaysOfAPeriod(tx: EntityManager, request: ReportRequest, cut: Cut): Promise<OfAuthority<StageStayCount>[]> {
  return rows<OfAuthority<StageStayCount>>(
    tx,
    `WITH ${OF_THE_PERIOD}, ${STANDING}, ${STEPS},
     entered AS (
       SELECT journey_id, (${STAGE_ARRAY})[position] AS stage, min(happened_on) AS from_on, min(position) AS position FROM steps GROUP BY 1, 2),
     stays AS (
       SELECT journey_id, stage, from_on, lead(from_on) OVER (PARTITION BY journey_id ORDER BY position) AS until_on FROM entered)
     SELECT s.authority, stage, greatest(0, coalesce(until_on, s.ended_on) - from_on) AS days,
            CASE WHEN until_on IS NOT NULL THEN 'onward' WHEN s.ending = 'censored' THEN 'open' ELSE 'closed' END AS end, count(*)::int AS count
       FROM stays JOIN standing s USING (journey_id)
      WHERE stage <> 'approved' AND s.enquiry_on BETWEEN $4 AND $5 GROUP BY 1, 2, 3, 4`,
    [...cutParameters(request, cut), request.period.from, request.period.to],
  );
}
