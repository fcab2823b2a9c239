import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The worklist and the pipeline count every open journey on each visit: from this index alone, without touching the
 * table. A reference can be searched for by a part of it.
 */
const indexes = `
CREATE INDEX journeys_at_work ON journeys (stage, authority)
  INCLUDE (stage_since, status, waiting_for, next_due_at, hold_until, officer_id, social_worker_id, channel, source)
  WHERE status IN ('open', 'on_hold');
DROP INDEX journeys_pipeline;
CREATE INDEX journeys_reference_part ON journeys USING gin (reference gin_trgm_ops);
`;

export class Worklist0014 implements MigrationInterface {
  readonly name = 'Worklist1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(indexes);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
