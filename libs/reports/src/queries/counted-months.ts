import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { Cut, ReportRequest } from '../rules/report-request';
import type { StandingCounts } from '../rules/standing-counts';
import { countsOfStandings } from './counted-standings';

/** With more journeys changed than this since months were counted, it is as quick to count them all anew. */
const MOST_CHANGED = 10_000;

/**
 * The months in `kept` that hold: counted in this very database, and no journey that belongs to one, or did before a
 * correction, was changed by a transaction that the counting had not seen.
 */
const holding = (kept: string): string => `
WITH kept AS MATERIALIZED (SELECT month, seen FROM counted_months WHERE identity = standings_identity() AND ${kept}),
changed AS MATERIALIZED (
  SELECT journey_id, changed_by FROM journey_standings
   WHERE changed_by >= (SELECT min(pg_snapshot_xmin(seen)) FROM kept) AND changed_by < pg_snapshot_xmax(pg_current_snapshot()) LIMIT ${String(MOST_CHANGED + 1)}),
moved AS MATERIALIZED (
  SELECT DISTINCT date_trunc('month', e.happened_on)::date AS month, c.changed_by FROM changed c JOIN journey_events e USING (journey_id)
   WHERE e.kind = 'contact' OR e.milestone IN ('enquiry', 'approved')),
holding AS MATERIALIZED (
  SELECT month FROM kept WHERE (SELECT count(*) FROM changed) <= ${String(MOST_CHANGED)}
     AND NOT EXISTS (SELECT FROM moved WHERE moved.month = kept.month AND NOT pg_visible_in_snapshot(moved.changed_by, kept.seen)))`;

/** A calendar month that was counted before, by its first day. */
export interface CountedMonth {
  readonly month: LocalDate;
  readonly counts: StandingCounts;
}

/** Of these months, by their first days, those that were counted and hold for the cut. */
export function countedMonths(tx: EntityManager, months: readonly LocalDate[], { asAt, knownAt }: ReportRequest, { eventsBefore }: Cut): Promise<CountedMonth[]> {
  return rows<CountedMonth>(
    tx,
    `${holding('month = ANY ($1::date[]) AND last_on <= $2 AND (last_at IS NULL OR last_at < $3) AND ($4::timestamptz IS NULL OR known_at <= $4)')}
     SELECT month, counts FROM counted_months JOIN holding USING (month) ORDER BY month`,
    [months, asAt, eventsBefore, knownAt],
  );
}

/** Lets the months that hold know that they have seen everything until now. Returns them by their first days. */
export async function renewCountedMonths(tx: EntityManager): Promise<LocalDate[]> {
  const renewed = await rows<{ month: LocalDate }>(
    tx,
    `WITH renewed AS (${holding('true')} SELECT month FROM holding), updated AS (UPDATE counted_months SET seen = pg_current_snapshot() FROM renewed WHERE counted_months.month = renewed.month RETURNING counted_months.month)
     SELECT month FROM updated`,
  );
  return renewed.map(({ month }) => month);
}

/** From when on there is anything to count; null when there is nothing. */
export async function firstMonthToCount(tx: EntityManager): Promise<LocalDate | null> {
  const [first] = await rows<{ month: LocalDate | null }>(
    tx,
    `SELECT date_trunc('month', least((SELECT min(enquiry_on) FROM journey_standings), (SELECT min(approved_on) FROM journey_standings), (SELECT min(happened_on) FROM journey_events WHERE kind = 'contact')))::date AS month`,
  );
  return first?.month ?? null;
}

/** Counts a calendar month, given by its first and last day, and keeps it: in one statement, so that it has seen what it counted. */
export async function countMonth(tx: EntityManager, first: LocalDate, last: LocalDate): Promise<void> {
  await tx.query(
    `INSERT INTO counted_months (month, counts, last_on, last_at, known_at, seen, identity)
     SELECT ($1::date[])[1], (SELECT row_to_json(counted) FROM (${countsOfStandings('true')}) counted),
            coalesce(max(last_on), ($1::date[])[1]), max(last_at), max(known_at), pg_current_snapshot(), standings_identity()
       FROM journey_standings
      WHERE journey_id IN (
        SELECT journey_id FROM journey_standings WHERE enquiry_on BETWEEN ($1::date[])[1] AND ($2::date[])[1] OR approved_on BETWEEN ($1::date[])[1] AND ($2::date[])[1]
        UNION SELECT journey_id FROM journey_events WHERE kind = 'contact' AND happened_on BETWEEN ($1::date[])[1] AND ($2::date[])[1])
     ON CONFLICT (month) DO UPDATE SET counts = EXCLUDED.counts, last_on = EXCLUDED.last_on, last_at = EXCLUDED.last_at, known_at = EXCLUDED.known_at, seen = EXCLUDED.seen, identity = EXCLUDED.identity`,
    [[first], [last]],
  );
}
