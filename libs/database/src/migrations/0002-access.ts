import type { MigrationInterface, QueryRunner } from 'typeorm';

const staff = `
CREATE TABLE staff (
  id         uuid PRIMARY KEY,
  email      text NOT NULL CHECK (email = lower(email) AND email LIKE '%_@_%'),
  name       text NOT NULL CHECK (name <> ''),
  state      text NOT NULL CHECK (state IN ('invited', 'active', 'left')),
  created_at timestamptz NOT NULL,
  left_at    timestamptz,
  last_signed_in_at timestamptz,
  demonstration boolean NOT NULL DEFAULT false,
  CHECK ((state = 'left') = (left_at IS NOT NULL))
);
CREATE UNIQUE INDEX staff_email ON staff (email) WHERE state <> 'left';

CREATE TABLE staff_roles (
  id         uuid PRIMARY KEY,
  staff_id   uuid NOT NULL REFERENCES staff,
  role       text NOT NULL CHECK (role IN ('hub_manager', 'recruitment_officer', 'social_worker', 'team_manager', 'analyst',
                                           'liaison_worker', 'panel_administrator', 'panel_member', 'agency_decision_maker', 'administrator')),
  authority  text REFERENCES authorities CHECK (authority <> 'unrouted'),
  granted_at timestamptz NOT NULL,
  granted_by text NOT NULL,
  revoked_at timestamptz,
  revoked_by text,
  CHECK (role NOT IN ('hub_manager', 'administrator') OR authority IS NULL),
  CHECK (role NOT IN ('social_worker', 'team_manager', 'agency_decision_maker', 'liaison_worker', 'panel_administrator', 'panel_member') OR authority IS NOT NULL)
);
COMMENT ON COLUMN staff_roles.authority IS 'Null: the role is for the whole hub.';
CREATE UNIQUE INDEX staff_roles_held ON staff_roles (staff_id, role, authority) NULLS NOT DISTINCT WHERE revoked_at IS NULL;
CREATE INDEX staff_roles_of ON staff_roles (role, authority) WHERE revoked_at IS NULL;

CREATE TABLE staff_passwords (
  staff_id   uuid PRIMARY KEY REFERENCES staff,
  hash       text NOT NULL CHECK (hash LIKE '$argon2id$%'),
  changed_at timestamptz NOT NULL
);

CREATE TABLE one_time_links (
  token_hash text PRIMARY KEY,
  staff_id   uuid NOT NULL REFERENCES staff,
  purpose    text NOT NULL CHECK (purpose IN ('invitation', 'password_reset')),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);

CREATE TABLE sessions (
  sid    varchar PRIMARY KEY,
  sess   json NOT NULL,
  expire timestamp(6) NOT NULL
);
CREATE INDEX sessions_expire ON sessions (expire);
CREATE INDEX sessions_staff ON sessions ((sess ->> 'staffId'));

CREATE TABLE rate_limits (
  key    varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);

CREATE TABLE websites (
  id         uuid PRIMARY KEY,
  name       text NOT NULL CHECK (name <> ''),
  token_hash text NOT NULL UNIQUE,
  scopes     text[] NOT NULL CHECK (scopes <@ ARRAY['enquiries:write', 'reports:read'] AND cardinality(scopes) > 0),
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  revoked_at timestamptz,
  last_used_at timestamptz
);
COMMENT ON TABLE websites IS 'Bearer tokens of the councils'' own websites and of report readers; only a hash is kept.';
`;

const audit = `
CREATE TABLE audit_entries (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at           timestamptz NOT NULL,
  actor_kind   text NOT NULL,
  staff_id     uuid,
  action       text NOT NULL,
  subject_kind text NOT NULL,
  subject_id   text NOT NULL,
  authority    text,
  address      text,
  request_id   text,
  detail       jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_subject ON audit_entries (subject_id, at, id);
CREATE INDEX audit_staff ON audit_entries (staff_id, at, id) WHERE staff_id IS NOT NULL;
CREATE INDEX audit_at ON audit_entries (at, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY add ON audit_entries FOR INSERT TO hub_app WITH CHECK ((SELECT actor_kind()) <> 'nobody');
CREATE POLICY read ON audit_entries FOR SELECT TO hub_app USING ((SELECT actor_setting('reads_audit')) = 'yes' OR (SELECT actor_kind()) = 'system');
GRANT SELECT, INSERT ON audit_entries TO hub_app;
`;

export class Access0002 implements MigrationInterface {
  readonly name = 'Access1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(staff);
    await runner.query(audit);
    await runner.query(`
      GRANT SELECT, INSERT, UPDATE ON staff, staff_roles, staff_passwords, one_time_links, websites TO hub_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, rate_limits TO hub_app;
      -- Passwords and links are for the gate alone: no page's query can read a hash by accident.
      ALTER TABLE staff_passwords ENABLE ROW LEVEL SECURITY;
      CREATE POLICY gate ON staff_passwords TO hub_app USING ((SELECT actor_kind()) = 'gate') WITH CHECK ((SELECT actor_kind()) = 'gate');
      ALTER TABLE one_time_links ENABLE ROW LEVEL SECURITY;
      CREATE POLICY gate ON one_time_links TO hub_app USING ((SELECT actor_kind()) = 'gate') WITH CHECK ((SELECT actor_kind()) = 'gate');
      CREATE POLICY add ON one_time_links FOR INSERT TO hub_app WITH CHECK ((SELECT actor_kind()) IN ('staff', 'system'));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
