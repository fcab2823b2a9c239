import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AccessIndexes0011 implements MigrationInterface {
  readonly name = 'AccessIndexes1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The trail is looked through by what was done, and lists what can have been done.
      CREATE INDEX audit_action ON audit_entries (action, at, id);
      CREATE INDEX one_time_links_of ON one_time_links (staff_id) WHERE used_at IS NULL;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
