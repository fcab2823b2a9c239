import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { JourneyEnding } from '../rules/counted-facts';
import { type Span, SpansAddedUp } from '../rules/loss-counts';
import type { GroupedEnding, LossDimension, ResponseGroup } from '../rules/losses';
import type { Cut, ReportRequest } from '../rules/report-request';
import type { StageBeforeApproval, StageStayCount, StageStayEnd } from '../rules/time-in-stage';
import { STAGE_ARRAY } from './counted-losses';
import { countedMonths } from './counted-months';
import { cutParameters, movedSince, STANDING, STEPS } from './standing-at-the-cut';

/** $4, $5 the period. The history is read of those journeys alone that stood otherwise at the cut than they stand now. */
const MOVED = `touched AS (SELECT s.journey_id FROM journey_standings s WHERE ${movedSince()} AND s.first_on <= $5 AND s.last_on >= $4)`;

/** By what those are told apart. The channel and the source are those of the enquiry that opened the journey. */
const GROUP: Readonly<Record<LossDimension, string>> = {
  authority: 's.authority',
  source: 'k.source',
  channel: 'k.channel',
  month: `to_char(s.enquiry_on, 'YYYY-MM')`,
  response: `CASE WHEN date_trunc('minute', s.answered_at) <= s.due_at THEN 'in_time' WHEN s.answered_at IS NOT NULL THEN 'late' WHEN s.due_at < $6 THEN 'never' ELSE 'not_due' END`,
};

/** Groups of one authority each, so that what is out of reach can be left out. */
type OfAuthority<Counted> = Counted & { readonly authority: string };

/** Enquiries of a period by one dimension and authority, and by how and after how many days they ended by the cut. */
export type CountedEnding = OfAuthority<GroupedEnding>;

/** Counts the enquiries of a period: from what is counted of each month, and from the history of those that moved since the cut. */
export async function endingsOfAPeriod(tx: EntityManager, request: ReportRequest, cut: Cut, dimension: LossDimension): Promise<CountedEnding[]> {
  const sum = new SpansAddedUp<JourneyEnding | 'censored'>(request.asAt, 'censored', dimension === 'response' ? (answered) => responseGroup(answered, cut) : (group, month) => (dimension === 'month' ? month : group));
  for (const counts of await countedMonths(tx, request, cut, dimension === 'month' ? 'authority' : dimension, { toldApart: dimension === 'month' })) sum.add(counts);
  sum.addSpans(
    await rows<Span<JourneyEnding | 'censored'>>(
      tx,
      `WITH ${MOVED}, ${STANDING}
       SELECT s.authority, ${GROUP[dimension]} AS "group", s.ended_on - s.enquiry_on AS days, s.ending AS "end", count(*)::int AS count
         FROM standing s JOIN journey_standings k USING (journey_id) WHERE s.enquiry_on BETWEEN $4 AND $5 AND $6::timestamptz IS NOT NULL GROUP BY 1, 2, 3, 4`,
      [...cutParameters(request, cut), request.period.from, request.period.to, cut.dueBefore],
    ),
  );
  return sum.spans(({ authority, group, end }, time, count) => ({ authority, group, time, ending: end, count }));
}

/** Whether an enquiry was answered in time or late, as it was counted; or, by when that was due, whether it should have been by the cut. */
function responseGroup(answered: string, { dueBefore }: Cut): ResponseGroup {
  if (answered === 'in_time' || answered === 'late') return answered;
  return Number(answered) * 1_000 < dueBefore.getTime() ? 'never' : 'not_due';
}

/** How long journeys were in a stage by the cut, and how they left it, by authority. */
export type CountedStay = OfAuthority<StageStayCount>;

/** Counts the stays of the journeys that were enquiries of a period, in the same way. */
export async function stageStaysOfAPeriod(tx: EntityManager, request: ReportRequest, cut: Cut): Promise<CountedStay[]> {
  const sum = new SpansAddedUp<StageStayEnd, StageBeforeApproval>(request.asAt, 'open', (stage) => stage);
  for (const counts of await countedMonths(tx, request, cut, 'stage', { toldApart: false })) sum.add(counts);
  sum.addSpans(
    await rows<Span<StageStayEnd, StageBeforeApproval>>(
      tx,
      `WITH ${MOVED}, ${STANDING}, ${STEPS},
       entered AS (
         SELECT journey_id, (${STAGE_ARRAY})[position] AS stage, min(happened_on) AS from_on, min(position) AS position FROM steps GROUP BY 1, 2),
       stays AS (
         SELECT journey_id, stage, from_on, lead(from_on) OVER (PARTITION BY journey_id ORDER BY position) AS until_on FROM entered)
       SELECT s.authority, stage AS "group", greatest(0, coalesce(until_on, s.ended_on) - from_on) AS days,
              CASE WHEN until_on IS NOT NULL THEN 'onward' WHEN s.ending = 'censored' THEN 'open' ELSE 'closed' END AS "end", count(*)::int AS count
         FROM stays JOIN standing s USING (journey_id)
        WHERE stage <> 'approved' AND s.enquiry_on BETWEEN $4 AND $5 GROUP BY 1, 2, 3, 4`,
      [...cutParameters(request, cut), request.period.from, request.period.to],
    ),
  );
  return sum.spans(({ authority, group, end }, days, count) => ({ authority, stage: group, end, days, count }));
}
