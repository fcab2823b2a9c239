import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What families in assessment will offer, as far as it is known: places by their spare rooms, up to three, ages where they are
 * interested in teenagers. Families that are approved and not on the register yet come with the terms of their decision.
 */
const offered = `
CREATE OR REPLACE FUNCTION places_offered(day date) RETURNS TABLE (authority text, standing text, care text, age_band text, households integer, places integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH bands (band, band_from, band_to) AS (VALUES ('0–4', 0, 4), ('5–10', 5, 10), ('11–15', 11, 15), ('16–17', 16, 17)),
  approved AS (
    SELECT h.authority, h.id, t.children, t.age_from, t.age_to, t.care
      FROM carer_households h
      JOIN LATERAL (SELECT * FROM carer_terms t WHERE t.carer_id = h.id AND t.holds_from <= day ORDER BY t.holds_from DESC LIMIT 1) t ON true
     WHERE h.authority = ANY (scope_of('figures')) AND h.kind IN ('foster', 'kinship') AND h.approved_on <= day AND (h.left_on IS NULL OR h.left_on > day)),
  coming AS (
    SELECT j.authority, j.id, least(greatest(coalesce(h.spare_rooms, 1), 1), 3) AS children,
           CASE WHEN 'teenagers' = ANY (h.interests) THEN 11 END AS age_from, CASE WHEN 'teenagers' = ANY (h.interests) THEN 17 END AS age_to, h.interests AS care
      FROM journeys j JOIN households h ON h.id = j.household_id
     WHERE j.authority = ANY (scope_of('figures')) AND j.stage IN ('assessment', 'decision') AND j.status IN ('open', 'on_hold') AND NOT j.kinship
    UNION ALL
    SELECT j.authority, j.id, (d.terms ->> 'children')::int, (d.terms ->> 'ageFrom')::int, (d.terms ->> 'ageTo')::int, ARRAY(SELECT jsonb_array_elements_text(d.terms -> 'care'))
      FROM journeys j JOIN decisions d ON d.journey_id = j.id AND d.terms IS NOT NULL
     WHERE j.authority = ANY (scope_of('figures')) AND j.status = 'approved' AND NOT EXISTS (SELECT FROM carer_households c WHERE c.journey_id = j.id))
  SELECT a.authority, 'approved', kind, b.band, count(*)::int, sum(a.children)::int FROM approved a, unnest(a.care) kind, bands b
   WHERE b.band_from <= a.age_to AND b.band_to >= a.age_from GROUP BY 1, 3, 4
  UNION ALL SELECT a.authority, 'approved', '', '', count(*)::int, sum(a.children)::int FROM approved a GROUP BY 1
  UNION ALL SELECT c.authority, 'in_assessment', kind, b.band, count(*)::int, sum(c.children)::int FROM coming c, unnest(c.care) kind, bands b
   WHERE b.band_from <= c.age_to AND b.band_to >= c.age_from GROUP BY 1, 3, 4
  UNION ALL SELECT c.authority, 'in_assessment', kind, 'unknown', count(*)::int, sum(c.children)::int FROM coming c, unnest(c.care) kind WHERE c.age_from IS NULL GROUP BY 1, 3
  UNION ALL SELECT c.authority, 'in_assessment', '', '', count(*)::int, sum(c.children)::int FROM coming c GROUP BY 1
$$;
`;

export class PlacesToCome0092 implements MigrationInterface {
  readonly name = 'PlacesToCome1700000000092';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(offered);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
