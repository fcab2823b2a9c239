import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A family is told of its determination and, after representations, of the final decision: the second telling has clocks of
 * its own beside the ones that the first has met.
 */
const clocks = `
DROP INDEX one_clock_a_rule;
CREATE UNIQUE INDEX one_clock_a_rule ON clocks (journey_id, rule) WHERE state <> 'stopped' AND rule NOT IN ('told_orally', 'told_in_writing');
CREATE UNIQUE INDEX one_telling_at_a_time ON clocks (journey_id, rule) WHERE state IN ('running', 'paused') AND rule IN ('told_orally', 'told_in_writing');
`;

export class TellingOfEachDecision0090 implements MigrationInterface {
  readonly name = 'TellingOfEachDecision1700000000090';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(clocks);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
