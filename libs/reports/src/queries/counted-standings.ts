import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { Cut, Period, ReportRequest } from '../rules/report-request';
import type { StandingCounts } from '../rules/standing-counts';
import { settled } from './standing-at-the-cut';

/** How a part of time is labelled when it is a calendar month: '2024-04'. */
export const BY_MONTH = 'YYYY-MM';

const groupsOf = (label: string) => (name: string, columns: readonly string[], from: string): string => `
  (SELECT coalesce(json_agg(json_build_array(to_char(g.month, '${label}'), ${['authority', ...columns.map((_, index) => `c${String(index)}`), 'count'].map((column) => `g.${column}`).join(', ')})), '[]')
     FROM (SELECT s.month, s.authority, ${columns.map((column, index) => `${column} AS c${String(index)}, `).join('')}count(*) AS count
             FROM ${from} GROUP BY ${['1', '2', ...columns.map((_, index) => String(index + 3))].join(', ')}) g) AS ${name}`;

/** What was counted in groups (with its `count`), where most of them differ by one column alone: its values and how many have each are two lists of one row. */
export const listsOf = (label: string) => (name: string, columns: readonly string[], differing: string, groups: string): string => `
  (SELECT coalesce(json_agg(json_build_array(to_char(l.month, '${label}'), ${['authority', ...columns].map((column) => `l.${column}`).join(', ')}, l.each, l.counts)), '[]')
     FROM (SELECT ${['month', 'authority', ...columns].join(', ')}, json_agg(${differing}) AS each, json_agg(count) AS counts FROM ${groups} GROUP BY ${['month', 'authority', ...columns].join(', ')}) l) AS ${name}`;

/**
 * Counts the journeys that fit `which`, by parts of time: $1 where they begin, $2 where they end, each labelled by its beginning.
 * Each part is looked up by itself (OFFSET 0 keeps it so): one join over all of them reads every journey there is.
 */
export const countsOfStandings = (which: string, label = BY_MONTH): string => {
  const groups = groupsOf(label);
  const lists = listsOf(label);
  const enquiries = (condition: string): string => `enquired s WHERE s.excluded_as IS ${condition}`;
  return `
WITH part AS (SELECT * FROM unnest($1::date[], $2::date[]) AS part (from_on, to_on)),
contacted AS (
  SELECT p.from_on AS month, s.authority FROM part p
   CROSS JOIN LATERAL (SELECT journey_id FROM journey_events e WHERE e.kind = 'contact' AND e.superseded_at IS NULL AND e.happened_on BETWEEN p.from_on AND p.to_on OFFSET 0) e
   CROSS JOIN LATERAL (SELECT authority FROM journey_standings s WHERE s.journey_id = e.journey_id AND ${which} OFFSET 0) s),
enquired AS MATERIALIZED (
  SELECT p.from_on AS month, s.* FROM part p CROSS JOIN LATERAL (
    SELECT authority, enquiry_on, excluded_as, standing, furthest, closed_by, closed_reason, ended_on, answered_at, due_at, working_minutes FROM journey_standings s
     WHERE s.enquiry_on BETWEEN p.from_on AND p.to_on AND ${which} OFFSET 0) s),
approved AS (
  SELECT p.from_on AS month, s.* FROM part p CROSS JOIN LATERAL (
    SELECT authority, enquiry_on, application_on, approved_on, held_days FROM journey_standings s
     WHERE s.approved_on BETWEEN p.from_on AND p.to_on AND s.excluded_as IS NULL AND ${which} OFFSET 0) s)
SELECT ${[
    groups('contacts', [], 'contacted s'),
    groups('excluded', ['s.excluded_as'], enquiries('NOT NULL')),
    groups('approved', [], enquiries(`NULL AND s.standing = 'approved'`)),
    groups('closed', ['s.furthest', 's.closed_by', 's.closed_reason'], enquiries(`NULL AND s.standing = 'closed'`)),
    groups('open', ['s.enquiry_on', 's.furthest'], enquiries(`NULL AND s.standing = 'open'`)),
    lists('times', ['ending'], 'days', `(SELECT s.month, s.authority, CASE s.standing WHEN 'approved' THEN s.standing ELSE s.closed_by END AS ending, s.ended_on - s.enquiry_on AS days, count(*) FROM ${enquiries(`NULL AND s.standing <> 'open'`)} GROUP BY 1, 2, 3, 4) g`),
    lists('answered', ['in_time'], 'minutes', `(SELECT s.month, s.authority, date_trunc('minute', s.answered_at) <= s.due_at AS in_time, s.working_minutes AS minutes, count(*) FROM ${enquiries('NULL AND s.answered_at IS NOT NULL')} GROUP BY 1, 2, 3, 4) g`),
    groups('unanswered', ['extract(epoch FROM s.due_at)::bigint'], enquiries('NULL AND s.answered_at IS NULL')),
    groups(
      'approvals',
      ['s.approved_on - s.enquiry_on', `s.approved_on <= (s.enquiry_on + interval '6 months')::date`, 's.approved_on - s.application_on', `s.approved_on <= (s.application_on + interval '8 months')::date`, 's.held_days'],
      'approved s',
    ),
  ].join(',')}`;
};

/** $3 as at · $4 before which moment · $5 known at, or null. */
export const SETTLED = settled({ asAt: '$3', before: '$4', knownAt: '$5' });
const WEEKS_OF_SETTLED = countsOfStandings(SETTLED, 'YYYY-MM-DD');

/** What is asked of parts of time that end with the cut: see `SETTLED`. */
export function partParameters(parts: readonly Period[], { asAt, knownAt }: ReportRequest, { eventsBefore }: Cut): unknown[] {
  return [parts.map(({ from }) => from), parts.map(({ to }) => to), asAt, eventsBefore, knownAt];
}

/** What there is to count in weeks, each labelled by its Monday, of the journeys that stand now as they stood at the cut. */
export async function countedWeeks(tx: EntityManager, weeks: readonly Period[], request: ReportRequest, cut: Cut): Promise<StandingCounts | null> {
  if (weeks.length === 0) return null;
  const [counts] = await rows<StandingCounts>(tx, WEEKS_OF_SETTLED, partParameters(weeks, request, cut));
  return counts ?? null;
}
