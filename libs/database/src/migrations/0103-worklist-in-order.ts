import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Only families at work wait for anybody. Taken by themselves, each of these columns makes a group of the worklist look like a few
 * rows, to be found and sorted; together they say that there are many, and that reading on in order comes to the first sooner.
 */
const statistics = `
CREATE STATISTICS journeys_whose_turn (mcv) ON status, waiting_for, turn FROM journeys;
-- A table that was found empty would be planned for as empty until somebody looks again.
DO $$ BEGIN IF EXISTS (SELECT FROM journeys) THEN ANALYZE journeys; END IF; END $$;
`;

export class WorklistInOrder0103 implements MigrationInterface {
  readonly name = 'WorklistInOrder1700000000103';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statistics);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
