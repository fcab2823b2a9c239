import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A family that left is no case of the panel any more: its members see it no longer, whatever is left on the agenda. */
const sharing = `
CREATE OR REPLACE FUNCTION shared_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(c.journey_id), '{}')
    FROM panel_members m JOIN panels p ON p.id = m.panel_id JOIN panel_cases c ON c.panel_id = p.id JOIN journeys j ON j.id = c.journey_id
   WHERE actor_kind() = 'staff' AND m.staff_id::text = actor_setting('staff_id')
     AND p.cancelled_at IS NULL AND c.withdrawn_at IS NULL AND c.papers_sent_on IS NOT NULL AND p.minutes_agreed_on IS NULL
     AND j.status IN ('open', 'on_hold')
     AND NOT EXISTS (SELECT FROM panel_conflicts x WHERE x.journey_id = c.journey_id AND x.staff_id = m.staff_id)
$$;
`;

export class PanelsLetGo0078 implements MigrationInterface {
  readonly name = 'PanelsLetGo1700000000078';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(sharing);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
