import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A saved report is the text that was hashed, so that whoever doubts a figure can hash it again: PostgreSQL itself refuses
 * a row whose hash is not that of its content. What changed since the version before stands beside it.
 */
const reports = `
CREATE TABLE saved_reports (
  id          uuid PRIMARY KEY,
  cadence     text NOT NULL CHECK (cadence IN ('month', 'quarter')),
  authority   text REFERENCES authorities,
  period_from date NOT NULL,
  period_to   date NOT NULL CHECK (period_to > period_from),
  version     smallint NOT NULL CHECK (version > 0),
  as_at       date NOT NULL,
  known_at    timestamptz NOT NULL,
  definitions text NOT NULL,
  content     text NOT NULL,
  sha256      text NOT NULL CONSTRAINT hash_is_of_the_content CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  changes     jsonb NOT NULL DEFAULT '[]',
  causes      jsonb NOT NULL DEFAULT '[]',
  to_mend     integer NOT NULL,
  made_at     timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (cadence, authority, period_from, version),
  CHECK ((version = 1) = (changes = '[]'))
);
COMMENT ON TABLE saved_reports IS 'The report of a month or quarter, of the hub (authority is null) or one authority, as it was known when it was saved. It never changes: a later correction makes another version.';
COMMENT ON COLUMN saved_reports.causes IS 'The events that became known or were corrected since the version before, by reference of their journey: nothing here names a person.';
COMMENT ON COLUMN saved_reports.to_mend IS 'How many things in the records were impossible or missing when it was made.';
CREATE INDEX saved_reports_newest ON saved_reports (period_to DESC, cadence, authority, version DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON saved_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE report_commentaries (
  id         uuid PRIMARY KEY,
  report_id  uuid NOT NULL REFERENCES saved_reports,
  words      text NOT NULL CHECK (words <> ''),
  written_at timestamptz NOT NULL,
  written_by uuid NOT NULL REFERENCES staff
);
COMMENT ON TABLE report_commentaries IS 'The newest of a report holds; one that was signed is the last.';
CREATE INDEX report_commentaries_of ON report_commentaries (report_id, written_at);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON report_commentaries FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE report_sign_offs (
  report_id     uuid PRIMARY KEY REFERENCES saved_reports,
  commentary_id uuid NOT NULL REFERENCES report_commentaries,
  signed_at     timestamptz NOT NULL,
  signed_by     uuid NOT NULL REFERENCES staff
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON report_sign_offs FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION nothing_after_signing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM report_sign_offs WHERE report_id = NEW.report_id) THEN
    RAISE EXCEPTION 'this report is signed off: its commentary stays as it is' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nothing_after_signing BEFORE INSERT ON report_commentaries FOR EACH ROW EXECUTE FUNCTION nothing_after_signing();

CREATE TABLE report_recipients (
  id         uuid PRIMARY KEY,
  authority  text REFERENCES authorities,
  staff_id   uuid NOT NULL REFERENCES staff,
  added_at   timestamptz NOT NULL,
  added_by   text NOT NULL,
  removed_at timestamptz,
  removed_by text,
  CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
COMMENT ON TABLE report_recipients IS 'Who is sent a link when a report of the hub (authority is null) or an authority is saved. Whether they may still read it is asked then.';
CREATE UNIQUE INDEX once_on_a_list ON report_recipients (authority, staff_id) NULLS NOT DISTINCT WHERE removed_at IS NULL;
`;

const policies = `
CREATE FUNCTION figures_reach(authority text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT CASE WHEN authority IS NULL THEN actor_setting('figures') = '*' ELSE authority = ANY (scope_of('figures')) END $$;

ALTER TABLE saved_reports ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON saved_reports FOR SELECT TO hub_app USING (figures_reach(authority));
CREATE POLICY add ON saved_reports FOR INSERT TO hub_app WITH CHECK ((SELECT actor_kind()) = 'system');

ALTER TABLE report_commentaries ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON report_commentaries FOR SELECT TO hub_app USING (EXISTS (SELECT FROM saved_reports r WHERE r.id = report_id));
CREATE POLICY add ON report_commentaries FOR INSERT TO hub_app WITH CHECK (EXISTS (SELECT FROM saved_reports r WHERE r.id = report_id) AND written_by::text = (SELECT actor_setting('staff_id')));

ALTER TABLE report_sign_offs ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON report_sign_offs FOR SELECT TO hub_app USING (EXISTS (SELECT FROM saved_reports r WHERE r.id = report_id));
CREATE POLICY add ON report_sign_offs FOR INSERT TO hub_app WITH CHECK (EXISTS (SELECT FROM saved_reports r WHERE r.id = report_id) AND signed_by::text = (SELECT actor_setting('staff_id')));

ALTER TABLE report_recipients ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON report_recipients TO hub_app USING (figures_reach(authority)) WITH CHECK (figures_reach(authority));

GRANT SELECT, INSERT ON saved_reports, report_commentaries, report_sign_offs, report_recipients TO hub_app;
GRANT UPDATE (removed_at, removed_by) ON report_recipients TO hub_app;
`;

/** What is wrong with the records is counted on every report: from small indexes that hold what is wrong alone. */
const quality = `
CREATE INDEX journeys_on_without_an_answer ON journeys (authority) WHERE first_response_at IS NULL
  AND (initial_application_on IS NOT NULL OR home_visit_on IS NOT NULL OR application_on IS NOT NULL OR stage_1_on IS NOT NULL OR stage_2_on IS NOT NULL OR panel_on IS NOT NULL OR approved_on IS NOT NULL);
CREATE INDEX journeys_closed_as_other ON journeys (authority) WHERE closed_reason = 'other';
CREATE INDEX journey_events_recorded ON journey_events (recorded_at);
CREATE INDEX journey_events_superseded ON journey_events (superseded_at) WHERE superseded_at IS NOT NULL;
`;

export class SavedReports0050 implements MigrationInterface {
  readonly name = 'SavedReports1700000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(reports);
    await runner.query(policies);
    await runner.query(quality);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
