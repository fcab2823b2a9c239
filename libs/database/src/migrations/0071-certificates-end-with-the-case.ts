import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Certificate details may be kept until the case ends and no longer, however it ends: by a decision, a refusal, a withdrawal, a
 * merge or any other close. They go with the event that ends it, and a line in the check's history says that they went.
 */
const destroying = `
CREATE INDEX certificate_details_of ON certificate_details (journey_id);

CREATE FUNCTION destroy_certificates() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM written WHERE kind = 'closed' OR milestone = 'approved') THEN RETURN NULL; END IF;
  WITH destroyed AS (
    DELETE FROM certificate_details d
     USING (SELECT DISTINCT ON (journey_id) journey_id, recorded_at, recorded_by FROM written WHERE kind = 'closed' OR milestone = 'approved' ORDER BY journey_id, id DESC) ended, journeys j
     WHERE d.journey_id = ended.journey_id AND j.id = d.journey_id AND j.status IN ('closed', 'approved')
    RETURNING d.check_id, ended.*
  )
  INSERT INTO check_history (check_id, journey_id, step, happened_on, recorded_at, recorded_by)
  SELECT check_id, journey_id, 'details_destroyed', (recorded_at AT TIME ZONE 'Europe/London')::date, recorded_at, recorded_by FROM destroyed ORDER BY check_id;
  RETURN NULL;
END $$;
CREATE TRIGGER destroy_certificates AFTER INSERT ON journey_events REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION destroy_certificates();
`;

/** Those of cases that ended before. */
const overdue = `
WITH destroyed AS (
  DELETE FROM certificate_details d USING journeys j WHERE j.id = d.journey_id AND j.status IN ('closed', 'approved') RETURNING d.check_id, d.journey_id
)
INSERT INTO check_history (check_id, journey_id, step, happened_on, recorded_at, recorded_by)
SELECT check_id, journey_id, 'details_destroyed', (now() AT TIME ZONE 'Europe/London')::date, now(), 'system:migration' FROM destroyed ORDER BY check_id;
`;

export class CertificatesEndWithTheCase0071 implements MigrationInterface {
  readonly name = 'CertificatesEndWithTheCase1700000000071';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [destroying, overdue]) await runner.query(part);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
