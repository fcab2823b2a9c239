import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A new limit of constellations is refused where families that belong already would break it: the same lock as theirs, so that
 * nobody joins between the look and the commit. Also when the hub home could not keep its beds free.
 */
const limits = `
CREATE FUNCTION keep_limits_true() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE constellations SET touched = touched + 1 WHERE (NEW.authority IS NULL OR authority = NEW.authority) AND (ended_on IS NULL OR ended_on > NEW.holds_from);
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
CREATE TRIGGER true_for_all AFTER INSERT ON constellation_limits FOR EACH ROW EXECUTE FUNCTION keep_limits_true();
`;

export class LimitsOfConstellations0091 implements MigrationInterface {
  readonly name = 'LimitsOfConstellations1700000000091';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(limits);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
