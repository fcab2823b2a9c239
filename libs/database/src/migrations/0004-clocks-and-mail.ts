import type { MigrationInterface, QueryRunner } from 'typeorm';

const clocks = `
CREATE TABLE clocks (
  id          uuid PRIMARY KEY,
  journey_id  uuid NOT NULL REFERENCES journeys,
  rule        text NOT NULL,
  limit_id    uuid NOT NULL REFERENCES time_limits,
  started_at  timestamptz NOT NULL,
  due_at      timestamptz NOT NULL,
  due_on      date NOT NULL,
  state       text NOT NULL CHECK (state IN ('running', 'paused', 'met', 'stopped')),
  ended_at    timestamptz,
  working_minutes integer CHECK (working_minutes >= 0),
  CHECK (due_at >= started_at),
  CHECK ((state IN ('met', 'stopped')) = (ended_at IS NOT NULL))
);
COMMENT ON TABLE clocks IS 'A time limit at work on a journey: the due time is computed once, under the limit that was in force when the clock started, and stored.';
COMMENT ON COLUMN clocks.due_at IS 'The first moment that is late for a rule in days (start of the next local day); for the first response the closing minute itself, which is in time.';
CREATE UNIQUE INDEX one_clock_a_rule ON clocks (journey_id, rule) WHERE state <> 'stopped';
CREATE INDEX clocks_of ON clocks (journey_id);
CREATE INDEX clocks_running ON clocks (due_at) WHERE state = 'running';

CREATE TABLE alerts (
  id        uuid PRIMARY KEY,
  clock_id  uuid NOT NULL REFERENCES clocks,
  journey_id uuid NOT NULL REFERENCES journeys,
  rung      text NOT NULL CHECK (rung IN ('warning', 'breach', 'escalation')),
  due_at    timestamptz NOT NULL,
  state     text NOT NULL CHECK (state IN ('planned', 'sent', 'cancelled')),
  settled_at timestamptz,
  why_cancelled text,
  UNIQUE (clock_id, rung),
  CHECK ((state = 'planned') = (settled_at IS NULL)),
  CHECK ((state = 'cancelled') = (why_cancelled IS NOT NULL))
);
COMMENT ON TABLE alerts IS 'The ladder of a clock. An alert is sent by whoever turns planned into sent in one conditional UPDATE that also asks whether it is due and its clock still runs.';
CREATE INDEX alerts_planned ON alerts (due_at) WHERE state = 'planned';
CREATE INDEX alerts_of ON alerts (journey_id);

CREATE TABLE emails (
  id           uuid PRIMARY KEY,
  kind         text NOT NULL,
  to_address   text NOT NULL,
  staff_id     uuid REFERENCES staff,
  journey_id   uuid REFERENCES journeys,
  subject      text NOT NULL,
  body         text NOT NULL,
  once_key     text UNIQUE,
  demonstration boolean NOT NULL DEFAULT false,
  state        text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'kept', 'failed')),
  attempts     smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  last_error   text,
  created_at   timestamptz NOT NULL,
  sent_at      timestamptz
);
COMMENT ON TABLE emails IS 'The outbox: written in the transaction that has something to tell, delivered by the worker afterwards. "kept": shown in the local mailbox only (no mail server is set, or its people are made up).';
CREATE INDEX emails_queued ON emails (next_attempt_at) WHERE state = 'queued';
CREATE INDEX emails_created ON emails (created_at);
CREATE INDEX emails_journey ON emails (journey_id) WHERE journey_id IS NOT NULL;

CREATE FUNCTION tell_worker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('hub_work', TG_ARGV[0]); RETURN NULL; END $$;
CREATE TRIGGER tell_worker AFTER INSERT ON emails FOR EACH STATEMENT EXECUTE FUNCTION tell_worker('emails');
CREATE TRIGGER tell_worker AFTER INSERT ON alerts FOR EACH STATEMENT EXECUTE FUNCTION tell_worker('alerts');

CREATE TABLE kept_reports (
  id          uuid PRIMARY KEY DEFAULT uuidv7(),
  kind        text NOT NULL CHECK (kind IN ('kpi_year_to_date')),
  period_from date NOT NULL,
  period_to   date NOT NULL,
  as_at       date NOT NULL,
  definitions text NOT NULL,
  report      jsonb NOT NULL,
  computed_at timestamptz NOT NULL,
  milliseconds integer NOT NULL
);
CREATE INDEX kept_reports_newest ON kept_reports (kind, period_from, computed_at DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kept_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE progress (
  name      text PRIMARY KEY,
  done      integer NOT NULL,
  total     integer NOT NULL,
  words     text NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at  timestamptz
);
COMMENT ON TABLE progress IS 'Long work that pages show a banner for: the demonstration being loaded.';
`;

const policies = `
ALTER TABLE clocks ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON clocks FOR SELECT TO hub_app USING ((SELECT actor_setting('figures')) = '*' OR EXISTS (SELECT FROM journeys j WHERE j.id = journey_id));
CREATE POLICY change ON clocks FOR UPDATE TO hub_app USING (EXISTS (SELECT FROM journeys j JOIN households h ON h.id = j.household_id WHERE j.id = journey_id));
CREATE POLICY add ON clocks FOR INSERT TO hub_app WITH CHECK (may_add_to_journey(journey_id) OR EXISTS (SELECT FROM journeys j JOIN households h ON h.id = j.household_id WHERE j.id = journey_id));

ALTER TABLE alerts ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON alerts FOR SELECT TO hub_app USING ((SELECT actor_setting('figures')) = '*' OR EXISTS (SELECT FROM journeys j WHERE j.id = journey_id));
CREATE POLICY change ON alerts FOR UPDATE TO hub_app USING (EXISTS (SELECT FROM journeys j JOIN households h ON h.id = j.household_id WHERE j.id = journey_id));
CREATE POLICY add ON alerts FOR INSERT TO hub_app WITH CHECK (may_add_to_journey(journey_id) OR EXISTS (SELECT FROM journeys j JOIN households h ON h.id = j.household_id WHERE j.id = journey_id));

-- Mail names people: anyone who acts may add to the outbox, only the system reads or changes it.
ALTER TABLE emails ENABLE ROW LEVEL SECURITY;
CREATE POLICY add ON emails FOR INSERT TO hub_app WITH CHECK ((SELECT actor_kind()) <> 'nobody');
CREATE POLICY deliver ON emails TO hub_app USING ((SELECT actor_kind()) = 'system') WITH CHECK ((SELECT actor_kind()) = 'system');

ALTER TABLE kept_reports ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON kept_reports FOR SELECT TO hub_app USING ((SELECT actor_setting('figures')) <> '');
CREATE POLICY add ON kept_reports FOR INSERT TO hub_app WITH CHECK ((SELECT actor_kind()) = 'system');
`;

export class ClocksAndMail0004 implements MigrationInterface {
  readonly name = 'ClocksAndMail1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(clocks);
    await runner.query(policies);
    await runner.query(`
      GRANT SELECT, INSERT, UPDATE ON clocks, alerts, emails, progress TO hub_app;
      GRANT SELECT, INSERT ON kept_reports TO hub_app;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
