import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is imported in one go changes what the planner ought to know: whoever imports may refresh the statistics of just those
 * tables (MAINTAIN, PostgreSQL 17 and newer), and shows no row to anybody by it.
 */
const maintain = `
GRANT MAINTAIN ON households, applicants, journeys, journey_events, contacts, timeline_entries, journey_imports, clocks, alerts,
  postcodes, carer_households, carer_people, carer_terms, carer_reviews, carer_imports TO hub_app;
`;

const words = `
COMMENT ON TABLE bank_holidays IS 'England and Wales, as published. A year without any has those that it has by rule; before the first year deadlines are not computed.';
`;

export class Upkeep0060 implements MigrationInterface {
  readonly name = 'Upkeep1700000000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(maintain);
    await runner.query(words);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
