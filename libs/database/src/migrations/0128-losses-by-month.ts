import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where families are lost is counted by month as well, and kept beside what reports count of it: told apart by each of what
 * enquiries are told apart by, and by the stages that they were in. What was kept is counted anew by the worker within the hour.
 */
const losses = `
TRUNCATE counted_months;
ALTER TABLE counted_months ADD COLUMN by_authority json NOT NULL, ADD COLUMN by_source json NOT NULL, ADD COLUMN by_channel json NOT NULL, ADD COLUMN by_response json NOT NULL, ADD COLUMN by_stage json NOT NULL;
COMMENT ON TABLE counted_months IS 'What reports, and losses told apart by something, count of a calendar month, by day where it depends on the cut: nothing here names a person. Can be emptied at any time.';
`;

export class LossesByMonth0128 implements MigrationInterface {
  readonly name = 'LossesByMonth1700000000128';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(losses);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
