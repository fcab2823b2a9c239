import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A member of a panel declares a conflict of interest in a case that they can see; from then on they do not see it. */
const ownConflicts = `
CREATE POLICY declare_own ON panel_conflicts FOR INSERT TO hub_app
  WITH CHECK (staff_id::text = (SELECT actor_setting('staff_id')) AND panel_id = ANY ((SELECT own_panels())::uuid[]) AND journey_id = ANY ((SELECT shared_cases())::uuid[]));

-- A conflict of interest is with the family: it holds at a later panel too.
CREATE OR REPLACE FUNCTION shared_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(c.journey_id), '{}')
    FROM panel_members m JOIN panels p ON p.id = m.panel_id JOIN panel_cases c ON c.panel_id = p.id
   WHERE actor_kind() = 'staff' AND m.staff_id::text = actor_setting('staff_id')
     AND p.cancelled_at IS NULL AND c.withdrawn_at IS NULL AND c.papers_sent_on IS NOT NULL AND p.minutes_agreed_on IS NULL
     AND NOT EXISTS (SELECT FROM panel_conflicts x WHERE x.journey_id = c.journey_id AND x.staff_id = m.staff_id)
$$;
`;

export class ConflictsAndCorrections0075 implements MigrationInterface {
  readonly name = 'ConflictsAndCorrections1700000000075';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ownConflicts);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
