import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Administrators add types of check, and end those that no longer hold. */
const grants = 'GRANT INSERT, UPDATE (holds_until) ON check_types TO hub_app;';

export class CheckTypesChange0101 implements MigrationInterface {
  readonly name = 'CheckTypesChange1700000000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(grants);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
