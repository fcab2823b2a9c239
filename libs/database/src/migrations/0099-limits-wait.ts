import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A new limit waits for whoever changes a constellation, the beds of a household or its placements at that moment, and they
 * wait for it. Rows cannot be locked for that: a constellation that is just being started, or a child who is just being
 * placed, is in no row yet that the other could see.
 */
const waiting = `
CREATE OR REPLACE FUNCTION keep_limits_true() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  LOCK TABLE constellations IN SHARE ROW EXCLUSIVE MODE;
  IF NEW.rule = 'most_satellites' AND EXISTS (
    SELECT FROM constellations c
      JOIN (SELECT m.constellation_id, greatest(lower(m.held), NEW.holds_from) AS day FROM constellation_memberships m WHERE m.role = 'satellite' AND m.voided_why IS NULL AND m.held && daterange(NEW.holds_from, NULL)) point ON point.constellation_id = c.id
     WHERE (NEW.authority IS NULL OR c.authority = NEW.authority)
       AND (SELECT count(*) FROM constellation_memberships m WHERE m.constellation_id = c.id AND m.role = 'satellite' AND m.voided_why IS NULL AND m.held @> point.day) > constellation_limit('most_satellites', c.authority, point.day))
  THEN PERFORM refuse_by_rule('constellations_have_more', 'A constellation has more satellite families then'); END IF;
  IF NEW.rule = 'hub_spare_beds' AND EXISTS (
    SELECT FROM constellation_memberships m JOIN constellations c ON c.id = m.constellation_id
     WHERE (NEW.authority IS NULL OR c.authority = NEW.authority) AND m.role = 'hub_home' AND m.voided_why IS NULL AND m.held && daterange(NEW.holds_from, NULL)
       AND hub_home_lacks_beds(m.carer_id, m.held * daterange(NEW.holds_from, NULL)))
  THEN PERFORM refuse_by_rule('hub_homes_have_fewer', 'A hub home has fewer beds free then'); END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION keep_spare_beds() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  family uuid := CASE TG_TABLE_NAME WHEN 'carer_placements' THEN (to_jsonb(NEW) ->> 'carer_id')::uuid ELSE (to_jsonb(NEW) ->> 'id')::uuid END;
BEGIN
  PERFORM FROM carer_households WHERE id = family FOR NO KEY UPDATE;
  -- As everybody who changes a constellation: beside one another, but not beside a new limit.
  LOCK TABLE constellations IN ROW EXCLUSIVE MODE;
  IF EXISTS (SELECT FROM constellation_memberships m WHERE m.carer_id = family AND m.role = 'hub_home' AND m.voided_why IS NULL AND hub_home_lacks_beds(family, m.held)) THEN
    PERFORM refuse_by_rule('hub_home_has_spare_beds', 'A hub home keeps beds free');
  END IF;
  IF TG_TABLE_NAME = 'carer_placements' AND EXISTS (
    SELECT FROM carer_households h JOIN carer_placements p ON p.carer_id = h.id
     WHERE h.id = family AND p.id = (to_jsonb(NEW) ->> 'id')::uuid AND h.left_on IS NOT NULL AND (p.ended_on IS NULL OR p.ended_on > h.left_on)) THEN
    PERFORM refuse_by_rule('no_child_left_behind', 'Children are placed there after that day');
  END IF;
  RETURN NULL;
END $$;
`;

export class LimitsWait0099 implements MigrationInterface {
  readonly name = 'LimitsWait1700000000099';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(waiting);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
