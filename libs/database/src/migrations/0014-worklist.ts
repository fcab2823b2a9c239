import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whose turn a journey is, and who that is: kept beside what it follows from, so that PostgreSQL knows how many there
 * are and reads the worklist in order. A family that takes its time is asked again by the side that had it last.
 */
const turns = `
ALTER TABLE journeys ADD COLUMN turn text GENERATED ALWAYS AS (
  CASE WHEN waiting_for IN ('hub', 'authority') THEN waiting_for
       WHEN waiting_for = 'family' AND stage = 'enquiry' THEN 'hub'
       WHEN waiting_for = 'family' THEN 'authority' END) STORED;
ALTER TABLE journeys ADD COLUMN responsible_id uuid GENERATED ALWAYS AS (
  CASE WHEN waiting_for = 'hub' OR (waiting_for = 'family' AND stage = 'enquiry') THEN officer_id
       WHEN waiting_for IS NOT NULL THEN social_worker_id END) STORED;
COMMENT ON COLUMN journeys.turn IS 'The side that acts when the next step is due: the hub''s officers until the initial application, the council''s social workers after it.';
COMMENT ON COLUMN journeys.responsible_id IS 'The officer or social worker of that side; null while it is nobody.';
`;

/**
 * The worklist and the pipeline count every open journey on each visit: from one index alone, without touching the
 * table. A reference can be searched for by a part of it.
 */
const indexes = `
CREATE INDEX journeys_at_work ON journeys (stage, authority)
  INCLUDE (id, stage_since, status, waiting_for, next_due_at, hold_until, turn, officer_id, social_worker_id, responsible_id, channel, source)
  WHERE status IN ('open', 'on_hold');
DROP INDEX journeys_pipeline;
CREATE INDEX journeys_back_from_hold ON journeys (next_due_at, id) WHERE status = 'on_hold';
CREATE INDEX journeys_reference_part ON journeys USING gin (reference gin_trgm_ops);
`;

export class Worklist0014 implements MigrationInterface {
  readonly name = 'Worklist1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(turns);
    await runner.query(indexes);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
