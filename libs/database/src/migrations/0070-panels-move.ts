import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A panel that is arranged may meet at another time or place: where and when it was to meet is kept. */
const moves = `
CREATE TABLE panel_moves (
  id         uuid PRIMARY KEY,
  panel_id   uuid NOT NULL REFERENCES panels,
  was_at     timestamptz NOT NULL,
  was_place  text NOT NULL,
  moved_at   timestamptz NOT NULL,
  moved_by   text NOT NULL
);
COMMENT ON TABLE panel_moves IS 'When and where a panel was to meet before it was moved. Its members read it on the panel''s page.';
CREATE INDEX panel_moves_of ON panel_moves (panel_id, moved_at);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON panel_moves FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE panel_moves ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON panel_moves FOR SELECT TO hub_app USING (EXISTS (SELECT FROM panels p WHERE p.id = panel_id));
CREATE POLICY add ON panel_moves FOR INSERT TO hub_app WITH CHECK (EXISTS (SELECT FROM panels p WHERE p.id = panel_id AND p.authority = ANY ((SELECT scope_of('file'))::text[])));
GRANT SELECT, INSERT ON panel_moves TO hub_app;
`;

export class PanelsMove0070 implements MigrationInterface {
  readonly name = 'PanelsMove1700000000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(moves);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
