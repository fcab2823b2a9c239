import type { MigrationInterface, QueryRunner } from 'typeorm';

const attachments = `
ALTER TABLE emails ADD COLUMN attachment jsonb CHECK (attachment ?& ARRAY['name', 'type', 'content']);
COMMENT ON COLUMN emails.attachment IS 'One small file of text that goes along, such as an appointment for a calendar.';
`;

/** Counts that a liaison worker needs about families that only others may see: figures, no family. */
const counts = `
CREATE FUNCTION households_fostering(council text, day date) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT count(*)::int FROM carer_households h
   WHERE h.authority = council AND council = ANY (scope_of('constellations')) AND h.kind IN ('foster', 'kinship') AND h.approved_on <= day AND (h.left_on IS NULL OR h.left_on > day)
$$;

CREATE FUNCTION placement_endings(asked uuid, from_day date, to_day date) RETURNS TABLE (ending text, times integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT p.ending, count(*)::int FROM carer_placements p
    JOIN constellation_memberships m ON m.carer_id = p.carer_id AND m.voided_why IS NULL AND m.held @> p.ended_on
    JOIN constellations c ON c.id = m.constellation_id
   WHERE c.id = asked AND c.authority = ANY (scope_of('constellations')) AND p.ended_on BETWEEN from_day AND to_day GROUP BY p.ending
$$;

-- How long households fostered since they joined a constellation, or since the constellation began without joining one, and how that ended.
-- Who joins later counts as a non-member until that day: nobody is a member before joining.
CREATE FUNCTION retention_facts(asked uuid, as_at date) RETURNS TABLE (side text, days integer, ending text, households integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH circle AS (SELECT * FROM constellations WHERE id = asked AND authority = ANY (scope_of('constellations')) AND started_on <= as_at),
  homes AS (
    SELECT h.id, h.left_on, h.left_by, greatest(h.approved_on, circle.started_on) AS begins_on,
           (SELECT min(lower(m.held)) FROM constellation_memberships m WHERE m.carer_id = h.id AND m.voided_why IS NULL AND lower(m.held) <= as_at) AS joined_any_on,
           (SELECT min(lower(m.held)) FROM constellation_memberships m WHERE m.carer_id = h.id AND m.voided_why IS NULL AND lower(m.held) <= as_at AND m.constellation_id = asked) AS joined_on
      FROM carer_households h JOIN circle ON circle.authority = h.authority
     WHERE h.kind IN ('foster', 'kinship') AND h.approved_on <= as_at AND (h.left_on IS NULL OR h.left_on > circle.started_on)),
  times AS (
    SELECT 'member' AS side, least(left_on, as_at) - joined_on AS days, CASE WHEN left_on <= as_at THEN left_by ELSE 'censored' END AS ending FROM homes WHERE joined_on IS NOT NULL
    UNION ALL
    SELECT 'non_member', least(left_on, joined_any_on, as_at) - begins_on, CASE WHEN left_on <= as_at AND joined_any_on IS NULL THEN left_by ELSE 'censored' END
      FROM homes WHERE joined_any_on IS NULL OR joined_any_on > begins_on)
  SELECT times.side, times.days, times.ending, count(*)::int FROM times WHERE times.days >= 0 GROUP BY 1, 2, 3
$$;
`;

export class ConstellationLife0041 implements MigrationInterface {
  readonly name = 'ConstellationLife1700000000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(attachments);
    await runner.query(counts);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
