import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Families that were answered after they had gone on: what stands wrong in the records is counted on every report. */
const answeredLater = `
CREATE INDEX journeys_answered_after_going_on ON journeys (authority)
  WHERE (first_response_at AT TIME ZONE 'Europe/London')::date > least(initial_application_on, home_visit_on, application_on, stage_1_on, stage_2_on, panel_on, approved_on);
`;

/** Who moved since a date is told from the index alone. */
const movedSince = `
DROP INDEX journey_standings_last;
CREATE INDEX journey_standings_last ON journey_standings (last_on) INCLUDE (first_on, last_at, known_at, journey_id);
`;

export class QuickCounts0087 implements MigrationInterface {
  readonly name = 'QuickCounts1700000000087';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [answeredLater, movedSince]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
