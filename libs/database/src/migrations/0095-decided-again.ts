import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A panel that considers a case again after representations gives the decision maker seven working days again, beside the ones that were met. */
const clocks = `
DROP INDEX one_clock_a_rule;
CREATE UNIQUE INDEX one_clock_a_rule ON clocks (journey_id, rule) WHERE state <> 'stopped' AND rule NOT IN ('decision', 'told_orally', 'told_in_writing');
DROP INDEX one_telling_at_a_time;
CREATE UNIQUE INDEX one_at_a_time ON clocks (journey_id, rule) WHERE state IN ('running', 'paused') AND rule IN ('decision', 'told_orally', 'told_in_writing');
`;

export class DecidedAgain0095 implements MigrationInterface {
  readonly name = 'DecidedAgain1700000000095';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(clocks);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
