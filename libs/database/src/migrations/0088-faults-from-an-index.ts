import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Families that went on without an answer are many where a list was brought in: counted from the index alone, by council and owner. */
const withoutAnAnswer = `
DROP INDEX journeys_on_without_an_answer;
CREATE INDEX journeys_on_without_an_answer ON journeys (authority)
  INCLUDE (id, kinship, merged_into, closed_reason, responsible_id, social_worker_id, officer_id) WHERE first_response_at IS NULL
  AND (initial_application_on IS NOT NULL OR home_visit_on IS NOT NULL OR application_on IS NOT NULL OR stage_1_on IS NOT NULL OR stage_2_on IS NOT NULL OR panel_on IS NOT NULL OR approved_on IS NOT NULL);
`;

export class FaultsFromAnIndex0088 implements MigrationInterface {
  readonly name = 'FaultsFromAnIndex1700000000088';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(withoutAnAnswer);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
