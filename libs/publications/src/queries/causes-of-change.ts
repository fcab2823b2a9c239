import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { Period } from '@app/reports';
import type { EntityManager } from 'typeorm';

/** Something that became known of a journey, or was corrected, between two versions of a report. */
export interface CauseOfChange {
  readonly reference: string;
  /** The kind of event, or the milestone. */
  readonly what: string;
  /** The date that was known before; null when none was. */
  readonly before: LocalDate | null;
  /** The date that is known since; null when it was taken back. */
  readonly after: LocalDate | null;
  /** Why it was corrected, in the words of who did; null for what was only recorded late. */
  readonly reason: string | null;
  /** ISO 8601. */
  readonly knownAt: string;
}

const KINDS = ['contact', 'milestone', 'first_response', 'closed', 'reopened', 'held', 'resumed', 'routed', 'kinship_marked', 'kinship_cleared'];

/**
 * What became known in the time after `knownBefore` up to `knownAfter` of what had happened by the as-at date, of the
 * journeys that a period touches; of one authority: of those that were ever with it.
 */
export function causesOfChange(tx: EntityManager, asked: { readonly period: Period; readonly asAt: LocalDate; readonly authority: string | null; readonly knownBefore: Date; readonly knownAfter: Date }, atMost = 500): Promise<CauseOfChange[]> {
  return rows<CauseOfChange>(
    tx,
    `WITH moved AS (
       SELECT id, journey_id, kind, coalesce(milestone, kind) AS what, happened_on, recorded_at, superseded_at, correction_reason FROM journey_events
        WHERE kind = ANY ($6) AND (recorded_at > $4 AND recorded_at <= $5 OR superseded_at > $4 AND superseded_at <= $5)),
     taken_back AS (SELECT * FROM moved WHERE recorded_at <= $4 AND superseded_at > $4 AND superseded_at <= $5),
     added AS (SELECT * FROM moved WHERE recorded_at > $4 AND (superseded_at IS NULL OR superseded_at > $5) AND happened_on <= $3),
     paired AS (
       SELECT coalesce(a.journey_id, b.journey_id) AS journey_id, coalesce(a.what, b.what) AS what, b.happened_on AS before, a.happened_on AS after, b.correction_reason AS reason, coalesce(a.recorded_at, b.superseded_at) AS known_at
         FROM added a FULL JOIN taken_back b ON b.journey_id = a.journey_id AND b.what = a.what)
     SELECT j.reference, p.what, p.before, p.after, p.reason, to_char(p.known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "knownAt"
       FROM paired p JOIN journeys j ON j.id = p.journey_id
      WHERE EXISTS (SELECT FROM journey_events e WHERE e.journey_id = j.id AND e.happened_on BETWEEN $1 AND $2 AND (e.kind = 'contact' OR e.milestone IN ('enquiry', 'approved')))
        AND ($7::text IS NULL OR EXISTS (SELECT FROM journey_events e WHERE e.journey_id = j.id AND e.kind = 'routed' AND e.authority = $7))
      ORDER BY p.known_at, j.reference, p.what LIMIT $8`,
    [asked.period.from, asked.period.to, asked.asAt, asked.knownBefore, asked.knownAfter, KINDS, asked.authority, atMost],
  );
}

/** Whether anything that had happened by a date became known or was corrected after a moment, up to another. */
export async function historyMoved(tx: EntityManager, asAt: LocalDate, after: Date, upTo: Date): Promise<boolean> {
  const found = await rows(
    tx,
    `SELECT 1 AS one WHERE EXISTS (SELECT FROM journey_events WHERE recorded_at > $2 AND recorded_at <= $3 AND happened_on <= $1)
                        OR EXISTS (SELECT FROM journey_events WHERE superseded_at > $2 AND superseded_at <= $3 AND happened_on <= $1)`,
    [asAt, after, upTo],
  );
  return found.length > 0;
}
