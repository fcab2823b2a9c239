import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is asking, and which authorities' families or figures they may see: read by every row-level policy.
 * The runner sets these settings first in each transaction (see `Transactions`); outside one they are empty,
 * and an empty scope sees nothing.
 */
const actorFunctions = `
CREATE FUNCTION actor_kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(nullif(current_setting('app.actor_kind', true), ''), 'nobody') $$;

CREATE FUNCTION actor_setting(setting text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(current_setting('app.' || setting, true), '') $$;

CREATE FUNCTION scope_of(setting text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT CASE WHEN actor_setting(setting) = '*' THEN (SELECT array_agg(code) FROM authorities)
                 ELSE string_to_array(actor_setting(setting), ',') END $$;

CREATE FUNCTION may_add() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT actor_kind() = 'public' OR actor_kind() = 'staff' AND actor_setting('people') <> '' $$;
`;

const refuseChange = `
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: add a new row instead of changing or deleting one', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
`;

const authorities = `
CREATE TABLE authorities (
  code          text PRIMARY KEY CHECK (code ~ '^[a-z_]+$'),
  ons_code      text UNIQUE,
  name          text NOT NULL,
  display_order smallint NOT NULL,
  active_from   date NOT NULL DEFAULT '2024-03-01',
  active_until  date
);
COMMENT ON TABLE authorities IS 'The councils of the hub. "unrouted" is the queue of enquiries whose authority an officer has still to decide: hub roles only.';

CREATE TABLE authority_details (
  authority  text NOT NULL REFERENCES authorities,
  holds_from date NOT NULL,
  name       text NOT NULL,
  team       text NOT NULL,
  phone      text NOT NULL,
  email      text NOT NULL,
  website    text NOT NULL,
  address    text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by text NOT NULL,
  PRIMARY KEY (authority, holds_from)
);

CREATE TABLE districts (
  code      text PRIMARY KEY,
  name      text NOT NULL,
  authority text NOT NULL REFERENCES authorities
);

CREATE TABLE postcodes (
  postcode      text PRIMARY KEY,
  district_code text NOT NULL,
  ward_code     text,
  terminated_on date,
  latitude      double precision,
  longitude     double precision
);
COMMENT ON TABLE postcodes IS 'From an ONSPD or NSPL file. A district that is not in districts lies outside the hub. Wards and coordinates are kept for the reorganisation of 2028.';
`;

const calendar = `
CREATE TABLE bank_holidays (
  holiday_on date PRIMARY KEY,
  title      text NOT NULL
);
COMMENT ON TABLE bank_holidays IS 'England and Wales. Deadlines are computed only between 1 January of the first and 31 December of the last year here.';

CREATE TABLE opening_hours (
  holds_from date NOT NULL,
  weekday    smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  opens_at   time NOT NULL,
  closes_at  time NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by text NOT NULL,
  PRIMARY KEY (holds_from, weekday),
  CHECK (opens_at < closes_at)
);
COMMENT ON TABLE opening_hours IS 'A set of rows with one holds_from is one week; a weekday without a row is closed.';

CREATE TABLE closure_days (
  closed_on   date PRIMARY KEY,
  reason      text NOT NULL CHECK (reason <> ''),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by text NOT NULL
);

CREATE TABLE time_limits (
  id          uuid PRIMARY KEY DEFAULT uuidv7(),
  rule        text NOT NULL CHECK (rule ~ '^[a-z0-9_]+$'),
  authority   text REFERENCES authorities,
  holds_from  date NOT NULL,
  amount      smallint NOT NULL CHECK (amount > 0),
  unit        text NOT NULL CHECK (unit IN ('working_days', 'calendar_days', 'months')),
  source      text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by text NOT NULL,
  CONSTRAINT first_response_counts_open_days CHECK (rule <> 'first_response' OR unit = 'working_days'),
  UNIQUE NULLS NOT DISTINCT (rule, authority, holds_from)
);
COMMENT ON TABLE time_limits IS 'Dated rules. A clock keeps the limit that was in force when it started; an authority''s own row goes before the hub''s.';

CREATE TABLE targets (
  id         uuid PRIMARY KEY DEFAULT uuidv7(),
  year_from  date NOT NULL CHECK (extract(month FROM year_from) = 4 AND extract(day FROM year_from) = 1),
  authority  text REFERENCES authorities,
  measure    text NOT NULL CHECK (measure IN ('enquiries', 'approval_rate', 'approvals', 'baseline_approvals', 'increase_on_baseline', 'turnaround_months')),
  value      numeric NOT NULL,
  source     text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by text NOT NULL,
  UNIQUE NULLS NOT DISTINCT (year_from, authority, measure)
);
COMMENT ON COLUMN targets.value IS 'As stated by whoever set it. Rates are fractions. What the targets imply of each other is computed, never stored.';
`;

export class Foundations0001 implements MigrationInterface {
  readonly name = 'Foundations1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE EXTENSION IF NOT EXISTS unaccent;
      CREATE EXTENSION IF NOT EXISTS btree_gist;
      DO $$ BEGIN CREATE ROLE hub_app NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
      GRANT USAGE ON SCHEMA public TO hub_app;
    `);
    await runner.query(authorities);
    await runner.query(actorFunctions);
    await runner.query(refuseChange);
    await runner.query(calendar);
    await runner.query(`
      GRANT SELECT ON authorities, authority_details, districts, postcodes, bank_holidays, opening_hours, closure_days, time_limits, targets TO hub_app;
      GRANT INSERT ON authority_details, opening_hours, time_limits, targets TO hub_app;
      GRANT INSERT, DELETE ON closure_days, bank_holidays TO hub_app;
      GRANT INSERT, UPDATE ON postcodes, districts TO hub_app;
    `);
    // Settings hold from a date: a row that held is history, a new one goes beside it.
    for (const table of ['authority_details', 'opening_hours', 'time_limits', 'targets']) {
      await runner.query(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
