import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A list that comes in fills its tables within one transaction, when PostgreSQL knows nothing yet of their size: whatever is asked
 * with each statement has to be cheap however it is planned. So the small table is asked first, which certificates are kept, and
 * which cases are shared with a reader is asked once, not of every journey.
 */
const certificates = `
CREATE OR REPLACE FUNCTION destroy_certificates() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  with_details uuid[] := ARRAY(SELECT journey_id FROM certificate_details WHERE journey_id IN (SELECT journey_id FROM written WHERE kind = 'closed' OR milestone = 'approved'));
BEGIN
  IF cardinality(with_details) = 0 THEN RETURN NULL; END IF;
  WITH destroyed AS (
    DELETE FROM certificate_details d
     USING (SELECT DISTINCT ON (journey_id) journey_id, recorded_at, recorded_by FROM written WHERE journey_id = ANY (with_details) AND (kind = 'closed' OR milestone = 'approved') ORDER BY journey_id, id DESC) ended, journeys j
     WHERE d.journey_id = ended.journey_id AND j.id = d.journey_id AND j.status IN ('closed', 'approved')
    RETURNING d.check_id, ended.*
  )
  INSERT INTO check_history (check_id, journey_id, step, happened_on, recorded_at, recorded_by)
  SELECT check_id, journey_id, 'details_destroyed', (recorded_at AT TIME ZONE 'Europe/London')::date, recorded_at, recorded_by FROM destroyed ORDER BY check_id;
  RETURN NULL;
END $$;
`;

const shared = `
CREATE OR REPLACE FUNCTION shared_households() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(household_id), '{}') FROM journeys WHERE id = ANY ((SELECT shared_cases())::uuid[])
$$;
`;

export class ListsComeIn0102 implements MigrationInterface {
  readonly name = 'ListsComeIn1700000000102';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [certificates, shared]) await runner.query(part);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
