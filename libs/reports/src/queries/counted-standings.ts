import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { Cut, Period, ReportRequest } from '../rules/report-request';
import type { StandingCounts } from '../rules/standing-counts';

/** Nothing in the journey's history lies after the cut or became known later: as it stands is as it stood. $3 as at · $4 before which moment · $5 known at, or null. */
export const SETTLED = `s.last_on <= $3 AND (s.last_at IS NULL OR s.last_at < $4) AND ($5::timestamptz IS NULL OR s.known_at <= $5)`;

const groups = (name: string, columns: readonly string[], from: string): string => `
  (SELECT coalesce(json_agg(json_build_array(to_char(g.month, 'YYYY-MM'), ${['authority', ...columns.map((_, index) => `c${String(index)}`), 'count'].map((column) => `g.${column}`).join(', ')})), '[]')
     FROM (SELECT p.from_on AS month, s.authority, ${columns.map((column, index) => `${column} AS c${String(index)}, `).join('')}count(*) AS count
             FROM part p JOIN ${from} GROUP BY ${['1', '2', ...columns.map((_, index) => String(index + 3))].join(', ')}) g) AS ${name}`;

/** Counts the journeys that fit `which`, by parts of months: $1 where they begin, $2 where they end. */
export const countsOfStandings = (which: string): string => {
  const enquiries = (condition: string): string => `journey_standings s ON s.enquiry_on BETWEEN p.from_on AND p.to_on AND ${which} AND s.excluded_as IS ${condition}`;
  return `
WITH part AS (SELECT * FROM unnest($1::date[], $2::date[]) AS part (from_on, to_on))
SELECT ${[
    groups('contacts', [], `journey_events e ON e.kind = 'contact' AND e.superseded_at IS NULL AND e.happened_on BETWEEN p.from_on AND p.to_on JOIN journey_standings s ON s.journey_id = e.journey_id AND ${which}`),
    groups('excluded', ['s.excluded_as'], enquiries('NOT NULL')),
    groups('approved', [], enquiries(`NULL AND s.standing = 'approved'`)),
    groups('closed', ['s.furthest', 's.closed_by', 's.closed_reason'], enquiries(`NULL AND s.standing = 'closed'`)),
    groups('open', ['s.enquiry_on', 's.furthest'], enquiries(`NULL AND s.standing = 'open'`)),
    groups('times', ['s.ended_on - s.enquiry_on', `CASE s.standing WHEN 'approved' THEN s.standing ELSE s.closed_by END`], enquiries(`NULL AND s.standing <> 'open'`)),
    groups('answered', [`date_trunc('minute', s.answered_at) <= s.due_at`, 's.working_minutes'], enquiries('NULL AND s.answered_at IS NOT NULL')),
    groups('unanswered', ['extract(epoch FROM s.due_at)::bigint'], enquiries('NULL AND s.answered_at IS NULL')),
    groups(
      'approvals',
      ['s.approved_on - s.enquiry_on', `s.approved_on <= (s.enquiry_on + interval '6 months')::date`, 's.approved_on - s.application_on', `s.approved_on <= (s.application_on + interval '8 months')::date`, 's.held_days'],
      `journey_standings s ON s.approved_on BETWEEN p.from_on AND p.to_on AND ${which} AND s.excluded_as IS NULL`,
    ),
  ].join(',')}`;
};

const OF_SETTLED = countsOfStandings(SETTLED);

/** What there is to count in parts of months, each within one calendar month, of the journeys that stand now as they stood at the cut. */
export async function countedStandings(tx: EntityManager, parts: readonly Period[], { asAt, knownAt }: ReportRequest, { eventsBefore }: Cut): Promise<StandingCounts[]> {
  if (parts.length === 0) return [];
  return rows<StandingCounts>(tx, OF_SETTLED, [parts.map(({ from }) => from), parts.map(({ to }) => to), asAt, eventsBefore, knownAt]);
}
