import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever takes a family over from the social worker who assesses it assesses it from then on; another assessor stays. */
const handOver = `
CREATE FUNCTION assessor_hands_over() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE assessments SET assessor_id = NEW.social_worker_id, version = version + 1
   WHERE journey_id = NEW.id AND assessor_id = OLD.social_worker_id AND stage_2_ended_on IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER assessor_hands_over AFTER UPDATE OF social_worker_id ON journeys FOR EACH ROW
  WHEN (OLD.social_worker_id IS NOT NULL AND NEW.social_worker_id IS NOT NULL AND OLD.social_worker_id <> NEW.social_worker_id)
  EXECUTE FUNCTION assessor_hands_over();
`;

export class AssessorsHandOver0077 implements MigrationInterface {
  readonly name = 'AssessorsHandOver1700000000077';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(handOver);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
