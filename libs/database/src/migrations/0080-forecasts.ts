import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was forecast stays as it was said, so that it can be held against what then happened. */
const forecasts = `
CREATE TABLE kept_forecasts (
  id          uuid PRIMARY KEY,
  authority   text REFERENCES authorities,
  year_from   date NOT NULL,
  year_to     date NOT NULL CHECK (year_to > year_from),
  as_at       date NOT NULL CHECK (as_at < year_to),
  definitions text NOT NULL,
  forecast    jsonb NOT NULL,
  made_at     timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (authority, year_from, as_at)
);
COMMENT ON TABLE kept_forecasts IS 'Approvals of a financial year as they were forecast at the end of a day, of the hub (authority is null) or one authority. Counts alone; it never changes.';
CREATE INDEX kept_forecasts_newest ON kept_forecasts (authority, as_at DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kept_forecasts FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE kept_forecasts ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON kept_forecasts FOR SELECT TO hub_app USING (figures_reach(authority));
CREATE POLICY add ON kept_forecasts FOR INSERT TO hub_app WITH CHECK ((SELECT actor_kind()) = 'system');
GRANT SELECT, INSERT ON kept_forecasts TO hub_app;
`;

export class Forecasts0080 implements MigrationInterface {
  readonly name = 'Forecasts1700000000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(forecasts);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
