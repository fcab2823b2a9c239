import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { Period } from '@app/reports';
import type { EntityManager } from 'typeorm';
import type { CauseOfChange, CausesOfChange } from '../rules/kept-causes';

const KINDS = ['contact', 'milestone', 'first_response', 'closed', 'reopened', 'held', 'resumed', 'routed', 'kinship_marked', 'kinship_cleared'];
/** As many journeys as a version lists; what an import brought late is counted all the same. */
const LISTED = 100;

/**
 * What became known in the time after `knownBefore` up to `knownAfter` of what had happened by the as-at date, or was thought to, of the
 * journeys that a period touches; of one authority: of those that were ever with it.
 */
export async function causesOfChange(tx: EntityManager, asked: { readonly period: Period; readonly asAt: LocalDate; readonly authority: string | null; readonly knownBefore: Date; readonly knownAfter: Date }, atMost = LISTED): Promise<CausesOfChange> {
  const found = await rows<CauseOfChange & { readonly journeys: number }>(
    tx,
    `WITH moved AS (
       SELECT id, journey_id, kind, coalesce(milestone, kind) AS what, happened_on, authority, recorded_at, superseded_at, correction_reason, detail ->> 'correctionReason' AS reason FROM journey_events
        WHERE kind = ANY ($6) AND (recorded_at > $4 AND recorded_at <= $5 OR superseded_at > $4 AND superseded_at <= $5)),
     taken_back AS (SELECT * FROM moved WHERE recorded_at <= $4 AND superseded_at > $4 AND superseded_at <= $5),
     added AS (SELECT * FROM moved WHERE recorded_at > $4 AND (superseded_at IS NULL OR superseded_at > $5)),
     paired AS (
       SELECT coalesce(a.journey_id, b.journey_id) AS journey_id, coalesce(a.what, b.what) AS what, b.happened_on AS before, a.happened_on AS after, a.id AS added_id, a.authority,
              coalesce(a.reason, b.correction_reason) AS reason, coalesce(a.recorded_at, b.superseded_at) AS known_at
         FROM added a FULL JOIN taken_back b ON b.journey_id = a.journey_id AND b.what = a.what
        WHERE a.happened_on <= $3 OR b.happened_on <= $3),
     by_journey AS (
       SELECT j.id, j.reference, bool_or(p.reason IS NOT NULL) AS corrected, min(p.known_at) AS known_at,
              json_agg(json_build_object('what', p.what, 'before', p.before, 'after', p.after, 'authority', p.authority,
                'authorityBefore', (SELECT r.authority FROM journey_events r WHERE p.what = 'routed' AND r.journey_id = j.id AND r.kind = 'routed' AND r.id < p.added_id ORDER BY r.id DESC LIMIT 1),
                'reason', p.reason, 'knownAt', to_char(p.known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY p.reason IS NULL, coalesce(p.after, p.before), p.added_id) AS changes
         FROM paired p JOIN journeys j ON j.id = p.journey_id
        WHERE EXISTS (SELECT FROM journey_events e WHERE e.journey_id = j.id AND e.happened_on BETWEEN $1 AND $2 AND (e.kind = 'contact' OR e.milestone IN ('enquiry', 'approved')))
          AND ($7::text IS NULL OR EXISTS (SELECT FROM journey_events e WHERE e.journey_id = j.id AND e.kind = 'routed' AND e.authority = $7))
        GROUP BY j.id)
     SELECT reference, changes, count(*) OVER ()::int AS journeys FROM by_journey ORDER BY corrected DESC, known_at, reference LIMIT $8`,
    [asked.period.from, asked.period.to, asked.asAt, asked.knownBefore, asked.knownAfter, KINDS, asked.authority, atMost],
  );
  return { journeys: found[0]?.journeys ?? 0, listed: found.map(({ reference, changes }) => ({ reference, changes })) };
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
