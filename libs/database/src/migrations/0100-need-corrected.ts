import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbers of a day may be stated again, because they were wrong: the last ones stated count, the others stay in the list. */
const corrected = `
ALTER TABLE care_need DROP CONSTRAINT care_need_authority_holds_from_key;
CREATE INDEX care_need_of ON care_need (authority, holds_from, recorded_at);
`;

export class NeedCorrected0100 implements MigrationInterface {
  readonly name = 'NeedCorrected1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(corrected);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
