import type { MigrationInterface, QueryRunner } from 'typeorm';

const tracks = `
CREATE TABLE assessment_rules (
  id         uuid PRIMARY KEY DEFAULT uuidv7(),
  rule       text NOT NULL CHECK (rule IN ('panel_needed', 'usual_fostering_limit', 'dbs_from_age', 'overseas_under_years', 'previous_service_within_months', 'personal_referees')),
  authority  text REFERENCES authorities,
  holds_from date NOT NULL,
  amount     smallint NOT NULL CHECK (amount >= 0),
  source     text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by text NOT NULL,
  UNIQUE NULLS NOT DISTINCT (rule, authority, holds_from)
);
COMMENT ON TABLE assessment_rules IS 'What an assessment asks for, by date and council. panel_needed is 1 or 0.';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON assessment_rules FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE assessments (
  journey_id   uuid PRIMARY KEY REFERENCES journeys,
  opened_at    timestamptz NOT NULL,
  application_on date NOT NULL,
  stage_1_started_on date NOT NULL,
  stage_1_information_on date,
  stage_1_outcome text CHECK (stage_1_outcome IN ('go_on', 'refused')),
  stage_1_decided_on date,
  stage_1_reasons text,
  stage_1_letter_sent_on date,
  stage_2_started_on date,
  stage_2_ended_on date,
  brief_report boolean NOT NULL DEFAULT false,
  assessor_id  uuid REFERENCES staff,
  report_shared_at timestamptz,
  version      integer NOT NULL DEFAULT 1,
  CHECK (stage_1_started_on >= application_on),
  CHECK (stage_1_information_on >= stage_1_started_on),
  CHECK ((stage_1_outcome IS NULL) = (stage_1_decided_on IS NULL)),
  CHECK (stage_1_decided_on >= stage_1_started_on),
  CHECK (stage_1_outcome <> 'refused' OR stage_1_reasons <> ''),
  CHECK (stage_2_started_on >= application_on),
  CHECK (stage_2_ended_on >= stage_2_started_on)
);
COMMENT ON COLUMN assessments.stage_1_information_on IS 'The day on which the last of the stage 1 information was in: the outcome is due ten working days later.';

CREATE TABLE track_holds (
  id         uuid PRIMARY KEY,
  journey_id uuid NOT NULL REFERENCES assessments,
  track      text NOT NULL CHECK (track IN ('stage_1', 'stage_2')),
  held       daterange NOT NULL CHECK (NOT isempty(held) AND lower(held) IS NOT NULL),
  reason     text NOT NULL CHECK (reason <> ''),
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT holds_of_a_track_do_not_overlap EXCLUDE USING gist (journey_id WITH =, track WITH =, held WITH &&)
);
COMMENT ON TABLE track_holds IS 'No hold moves a statutory clock. Its days are shown beside the clocks.';

CREATE TABLE assessed_people (
  journey_id   uuid NOT NULL REFERENCES assessments,
  person_id    uuid NOT NULL,
  born_on      date,
  in_uk_since_on date,
  employer     text,
  former_partner boolean,
  school       text,
  previous_service text,
  previous_service_ended_on date,
  PRIMARY KEY (journey_id, person_id)
);
COMMENT ON TABLE assessed_people IS 'What the checklist needs to know of an applicant or member of the household, besides what the household tells. Null: not known yet.';
`;

const checks = `
CREATE TABLE check_types (
  code         text NOT NULL CHECK (code ~ '^[a-z_]+$'),
  holds_from   date NOT NULL,
  holds_until  date CHECK (holds_until >= holds_from),
  name         text NOT NULL,
  about        text NOT NULL CHECK (about IN ('applicant', 'adult', 'child', 'household')),
  condition    text NOT NULL DEFAULT 'always' CHECK (condition IN ('always', 'in_uk_under_limit', 'previous_service', 'no_previous_service', 'employed', 'former_partner', 'school_age', 'pets', 'other_authority')),
  times        smallint NOT NULL DEFAULT 1 CHECK (times > 0),
  chase_after_working_days smallint NOT NULL CHECK (chase_after_working_days > 0),
  valid_months smallint CHECK (valid_months > 0),
  about_third_party boolean NOT NULL DEFAULT false,
  destroy_details boolean NOT NULL DEFAULT false,
  in_law       boolean NOT NULL,
  source       text NOT NULL,
  display_order smallint NOT NULL,
  PRIMARY KEY (code, holds_from)
);
COMMENT ON COLUMN check_types.about_third_party IS 'A referee or former partner speaks here in confidence: never shown to an applicant.';
COMMENT ON COLUMN check_types.destroy_details IS 'Certificate details may be kept only until the decision: they are destroyed then, and the destruction noted.';

CREATE TABLE checks (
  id           uuid PRIMARY KEY,
  journey_id   uuid NOT NULL REFERENCES assessments,
  type         text NOT NULL,
  about        text NOT NULL CHECK (about IN ('applicant', 'adult', 'child', 'household')),
  person_id    uuid,
  ordinal      smallint NOT NULL DEFAULT 1,
  third_party  text,
  third_party_email text,
  requested_on date,
  sent_on      date,
  chased_on    date,
  chases       smallint NOT NULL DEFAULT 0,
  received_on  date,
  outcome      text CHECK (outcome IN ('satisfactory', 'concern', 'not_obtainable', 'not_needed')),
  outcome_on   date,
  valid_until  date,
  note         text,
  added_on     date NOT NULL,
  no_longer_needed_on date,
  version      integer NOT NULL DEFAULT 1,
  CHECK ((about = 'household') = (person_id IS NULL)),
  CHECK (sent_on >= requested_on),
  CHECK (received_on >= requested_on),
  CHECK ((outcome IS NULL) = (outcome_on IS NULL)),
  CHECK (outcome NOT IN ('satisfactory', 'concern') OR received_on IS NOT NULL),
  CHECK (outcome NOT IN ('not_obtainable', 'not_needed', 'concern') OR note <> '')
);
CREATE UNIQUE INDEX one_check_a_subject ON checks (journey_id, type, person_id, ordinal) NULLS NOT DISTINCT;

CREATE TABLE check_history (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  check_id    uuid NOT NULL REFERENCES checks,
  journey_id  uuid NOT NULL REFERENCES assessments,
  step        text NOT NULL CHECK (step IN ('added', 'requested', 'sent', 'chased', 'received', 'decided', 'no_longer_needed', 'details_destroyed')),
  happened_on date NOT NULL,
  outcome     text,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL
);
CREATE INDEX check_history_of ON check_history (check_id, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON check_history FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE certificate_details (
  check_id    uuid PRIMARY KEY REFERENCES checks,
  journey_id  uuid NOT NULL REFERENCES assessments,
  number      text,
  issued_on   date,
  disclosed   text,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL
);
COMMENT ON TABLE certificate_details IS 'The one table whose rows are deleted: at the decision, leaving a line in check_history.';
`;

const stage2 = `
CREATE TABLE assessment_sessions (
  id          uuid PRIMARY KEY,
  journey_id  uuid NOT NULL REFERENCES assessments,
  kind        text NOT NULL CHECK (kind IN ('session', 'second_opinion', 'midway_review', 'skills_to_foster')),
  starts_at   timestamptz NOT NULL,
  minutes     smallint NOT NULL CHECK (minutes BETWEEN 15 AND 600),
  place       text NOT NULL,
  subject     text NOT NULL,
  held        boolean,
  note        text,
  cancelled_at timestamptz,
  version     integer NOT NULL DEFAULT 1
);
CREATE INDEX assessment_sessions_of ON assessment_sessions (journey_id, starts_at);

CREATE TABLE session_attendance (
  session_id  uuid NOT NULL REFERENCES assessment_sessions,
  journey_id  uuid NOT NULL REFERENCES assessments,
  applicant_id uuid NOT NULL,
  attended    boolean NOT NULL,
  PRIMARY KEY (session_id, applicant_id)
);

CREATE TABLE report_sections (
  journey_id  uuid NOT NULL REFERENCES assessments,
  code        text NOT NULL CHECK (code ~ '^[a-z_]+$'),
  body        text NOT NULL DEFAULT '',
  evidence    text NOT NULL DEFAULT '',
  state       text NOT NULL DEFAULT 'not_started' CHECK (state IN ('not_started', 'in_progress', 'ready')),
  version     integer NOT NULL DEFAULT 1,
  saved_at    timestamptz,
  saved_by    uuid REFERENCES staff,
  PRIMARY KEY (journey_id, code)
);

CREATE TABLE applicant_comments (
  id          uuid PRIMARY KEY,
  journey_id  uuid NOT NULL REFERENCES assessments,
  applicant_id uuid NOT NULL,
  body        text NOT NULL CHECK (body <> ''),
  made_at     timestamptz NOT NULL
);

CREATE TABLE applicant_links (
  token_hash  text PRIMARY KEY,
  journey_id  uuid NOT NULL REFERENCES assessments,
  applicant_id uuid NOT NULL,
  code_hash   text,
  code_expires_at timestamptz,
  wrong_codes smallint NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  revoked_at  timestamptz
);
COMMENT ON TABLE applicant_links IS 'An applicant''s own way in: a personal link, and a short-lived code by mail each time it is used.';
`;

const panels = `
CREATE TABLE panels (
  id          uuid PRIMARY KEY,
  authority   text NOT NULL REFERENCES authorities CHECK (authority <> 'unrouted'),
  meets_at    timestamptz NOT NULL,
  meets_on    date NOT NULL CHECK (meets_on = (meets_at AT TIME ZONE 'Europe/London')::date),
  place       text NOT NULL,
  papers_due_on date NOT NULL,
  minutes_agreed_on date,
  cancelled_at timestamptz,
  version     integer NOT NULL DEFAULT 1,
  CHECK (papers_due_on < meets_on),
  CHECK (minutes_agreed_on >= meets_on)
);
CREATE INDEX panels_next ON panels (authority, meets_on);

CREATE TABLE panel_members (
  panel_id    uuid NOT NULL REFERENCES panels,
  staff_id    uuid NOT NULL REFERENCES staff,
  capacity    text NOT NULL CHECK (capacity IN ('chair', 'vice_chair', 'social_work', 'independent', 'medical_adviser', 'legal_adviser', 'panel_adviser')),
  attended    boolean,
  PRIMARY KEY (panel_id, staff_id)
);

CREATE TABLE panel_cases (
  panel_id    uuid NOT NULL REFERENCES panels,
  journey_id  uuid NOT NULL REFERENCES assessments,
  position    smallint NOT NULL CHECK (position > 0),
  papers_sent_on date,
  recommendation text CHECK (recommendation IN ('approve', 'not_approve', 'defer')),
  reasons     text,
  withdrawn_at timestamptz,
  PRIMARY KEY (panel_id, journey_id),
  CHECK ((recommendation IS NULL) = (reasons IS NULL)),
  CHECK (reasons <> '')
);
CREATE INDEX panel_cases_of ON panel_cases (journey_id);

CREATE TABLE panel_conflicts (
  panel_id    uuid NOT NULL,
  journey_id  uuid NOT NULL,
  staff_id    uuid NOT NULL REFERENCES staff,
  declared    text NOT NULL CHECK (declared <> ''),
  declared_at timestamptz NOT NULL,
  PRIMARY KEY (panel_id, journey_id, staff_id),
  FOREIGN KEY (panel_id, journey_id) REFERENCES panel_cases
);
COMMENT ON TABLE panel_conflicts IS 'A member who declared a conflict of interest does not see the case.';
`;

const decisions = `
CREATE TABLE decisions (
  id          uuid PRIMARY KEY,
  journey_id  uuid NOT NULL REFERENCES assessments,
  kind        text NOT NULL CHECK (kind IN ('approval', 'qualifying_determination', 'final_approval', 'final_refusal', 'lapse')),
  decided_on  date NOT NULL,
  received_on date,
  due_on      date,
  decided_by  uuid REFERENCES staff,
  reasons     text NOT NULL,
  terms       jsonb,
  told_orally_on date,
  told_in_writing_on date,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CHECK ((kind IN ('approval', 'final_approval')) = (terms IS NOT NULL)),
  CHECK ((kind = 'lapse') = (decided_by IS NULL)),
  CHECK (told_orally_on >= decided_on AND told_in_writing_on >= decided_on)
);
CREATE UNIQUE INDEX one_first_decision ON decisions (journey_id) WHERE kind IN ('approval', 'qualifying_determination');
CREATE UNIQUE INDEX one_final_decision ON decisions (journey_id) WHERE kind IN ('final_approval', 'final_refusal', 'lapse');

CREATE TABLE representations (
  id          uuid PRIMARY KEY,
  decision_id uuid NOT NULL UNIQUE REFERENCES decisions,
  journey_id  uuid NOT NULL REFERENCES assessments,
  way         text NOT NULL CHECK (way IN ('service', 'irm')),
  received_on date NOT NULL,
  papers_due_on date,
  papers_sent_on date,
  recommendation text,
  concluded_on date,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CHECK ((way = 'irm') = (papers_due_on IS NOT NULL)),
  CHECK (concluded_on >= received_on)
);
COMMENT ON TABLE representations IS 'After a qualifying determination: to the service or to the Independent Review Mechanism, one or the other, within 28 days.';
`;

/** The cases that a panel member may see now: from the papers' day until the minutes are agreed, without a declared conflict. */
const sharing = `
CREATE FUNCTION shared_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(c.journey_id), '{}')
    FROM panel_members m JOIN panels p ON p.id = m.panel_id JOIN panel_cases c ON c.panel_id = p.id
   WHERE actor_kind() = 'staff' AND m.staff_id::text = actor_setting('staff_id')
     AND p.cancelled_at IS NULL AND c.withdrawn_at IS NULL AND c.papers_sent_on IS NOT NULL AND p.minutes_agreed_on IS NULL
     AND NOT EXISTS (SELECT FROM panel_conflicts x WHERE x.panel_id = p.id AND x.journey_id = c.journey_id AND x.staff_id = m.staff_id)
$$;

CREATE FUNCTION shared_households() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(household_id), '{}') FROM journeys WHERE id = ANY (shared_cases())
$$;

CREATE FUNCTION own_panels() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(panel_id), '{}') FROM panel_members WHERE actor_kind() = 'staff' AND staff_id::text = actor_setting('staff_id')
$$;

CREATE POLICY shared ON journeys FOR SELECT TO hub_app USING (id = ANY ((SELECT shared_cases())::uuid[]));
CREATE POLICY shared ON households FOR SELECT TO hub_app USING (id = ANY ((SELECT shared_households())::uuid[]));
`;

/**
 * The assessment file: the case's council works in it, panel members read the cases of their panel. The hub's own
 * officers see the milestones on the journey, not the file (the setting "file" is empty for them).
 */
const policies = (table: string): string => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY file ON ${table} TO hub_app
  USING (EXISTS (SELECT FROM journeys j WHERE j.id = ${table}.journey_id AND j.authority = ANY ((SELECT scope_of('file'))::text[])))
  WITH CHECK (EXISTS (SELECT FROM journeys j WHERE j.id = ${table}.journey_id AND j.authority = ANY ((SELECT scope_of('file'))::text[])));
`;

const panelReads = (table: string): string => `CREATE POLICY panel ON ${table} FOR SELECT TO hub_app USING (journey_id = ANY ((SELECT shared_cases())::uuid[]));`;

const FILE_TABLES = ['assessments', 'track_holds', 'assessed_people', 'checks', 'check_history', 'certificate_details', 'assessment_sessions', 'session_attendance', 'report_sections', 'applicant_comments', 'applicant_links', 'panel_cases', 'panel_conflicts', 'decisions', 'representations'];
/** What a panel reads: the report and what came of it, not certificates, nor what only the assessor needs. */
const PANEL_TABLES = ['assessments', 'report_sections', 'applicant_comments', 'panel_cases', 'decisions'];

const seeds = `
INSERT INTO assessment_rules (rule, holds_from, amount, source, recorded_by) VALUES
  ('panel_needed', '2016-01-01', 1, 'Fostering Services Regulations 2011, reg 25: a panel recommends', 'system:migration'),
  ('usual_fostering_limit', '2016-01-01', 3, 'Children Act 1989, Schedule 7', 'system:migration'),
  ('dbs_from_age', '2016-01-01', 18, 'Fostering Services Regulations 2011, Schedule 3', 'system:migration'),
  ('overseas_under_years', '2016-01-01', 10, 'Practice, to be confirmed by each council', 'system:migration'),
  ('previous_service_within_months', '2016-01-01', 12, 'Fostering Services Regulations 2011, reg 26(1A)', 'system:migration'),
  ('personal_referees', '2016-01-01', 3, 'Practice; the law asks for at least two interviewed with a written report', 'system:migration');

INSERT INTO check_types (code, holds_from, name, about, condition, times, chase_after_working_days, valid_months, about_third_party, destroy_details, in_law, source, display_order) VALUES
  ('enhanced_dbs',       '2016-01-01', 'Enhanced DBS check',                       'adult',     'always',              1, 20, 36, false, true,  true,  'Schedule 3 Part 1: applicant and every member of the household aged 18 or over', 10),
  ('identity',           '2016-01-01', 'Identity',                                 'applicant', 'always',              1,  5, NULL, false, false, true,  'Schedule 3 Part 1', 20),
  ('right_to_work',      '2016-01-01', 'Right to work in the UK',                  'applicant', 'always',              1,  5, NULL, false, false, false, 'Practice', 30),
  ('medical',            '2016-01-01', 'Medical report and adviser''s advice',     'applicant', 'always',              1, 20, 24, false, false, true,  'Schedule 3 Part 1: health supported by a medical report', 40),
  ('local_authority',    '2016-01-01', 'Local authority check',                    'adult',     'always',              1, 10, NULL, false, false, true,  'Schedule 3 Part 1; reg 26(1A) where the home is another council''s', 50),
  ('previous_service',   '2016-01-01', 'Fostering service of the last 12 months',  'applicant', 'previous_service',    1, 15, NULL, true,  false, true,  'reg 26(1A)', 60),
  ('personal_referee',   '2016-01-01', 'Personal referee, interviewed',            'applicant', 'no_previous_service', 3, 10, NULL, true,  false, true,  'reg 26(1A): at least two, interviewed, with a written report', 70),
  ('family_referee',     '2016-01-01', 'Referee from the family',                  'applicant', 'always',              1, 10, NULL, true,  false, false, 'Practice', 80),
  ('employer',           '2016-01-01', 'Employer''s reference',                    'applicant', 'employed',            1, 10, NULL, true,  false, false, 'Practice', 90),
  ('former_partner',     '2016-01-01', 'Former partner',                           'applicant', 'former_partner',      1, 15, NULL, true,  false, true,  'Schedule 3 Part 1: previous relationships', 100),
  ('overseas',           '2016-01-01', 'Overseas criminal record check',           'adult',     'in_uk_under_limit',   1, 30, NULL, false, true,  false, 'Practice: in the UK for under ten years', 110),
  ('school',             '2016-01-01', 'Child''s school',                          'child',     'school_age',          1, 10, NULL, true,  false, false, 'Practice', 120),
  ('home_safety',        '2016-01-01', 'Home safety check',                        'household', 'always',              1, 10, 12, false, false, true,  'Schedule 3 Part 1: accommodation', 130),
  ('pets',               '2016-01-01', 'Pets risk assessment',                     'household', 'pets',                1, 10, 12, false, false, false, 'Practice', 140),
  ('finance',            '2016-01-01', 'Finances',                                 'household', 'always',              1, 10, NULL, false, false, false, 'Practice', 150);
`;

export class Assessments0030 implements MigrationInterface {
  readonly name = 'Assessments1700000000030';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [tracks, checks, stage2, panels, decisions, sharing]) await runner.query(part);
    for (const table of FILE_TABLES) await runner.query(policies(table));
    for (const table of PANEL_TABLES) await runner.query(panelReads(table));
    await runner.query(`
      ALTER TABLE panels ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON panels TO hub_app USING (authority = ANY ((SELECT scope_of('file'))::text[])) WITH CHECK (authority = ANY ((SELECT scope_of('file'))::text[]));
      CREATE POLICY member ON panels FOR SELECT TO hub_app USING (id = ANY ((SELECT own_panels())::uuid[]));
      ALTER TABLE panel_members ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON panel_members TO hub_app USING (EXISTS (SELECT FROM panels p WHERE p.id = panel_id AND p.authority = ANY ((SELECT scope_of('file'))::text[])))
        WITH CHECK (EXISTS (SELECT FROM panels p WHERE p.id = panel_id AND p.authority = ANY ((SELECT scope_of('file'))::text[])));
      CREATE POLICY member ON panel_members FOR SELECT TO hub_app USING (panel_id = ANY ((SELECT own_panels())::uuid[]));
      GRANT SELECT ON check_types TO hub_app;
      GRANT SELECT, INSERT ON assessment_rules, check_history, applicant_comments TO hub_app;
      GRANT SELECT, INSERT, UPDATE ON assessments, assessed_people, checks, assessment_sessions, session_attendance, report_sections, applicant_links, panels, panel_members, panel_cases, panel_conflicts, decisions, representations TO hub_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON track_holds, certificate_details TO hub_app;
      GRANT DELETE ON panel_members TO hub_app;
    `);
    await runner.query(seeds);
    await runner.query(`
      INSERT INTO time_limits (rule, holds_from, amount, unit, source, recorded_by) VALUES
        ('stage_1_outcome',  '2016-01-01', 10, 'working_days',  'Fostering Services Regulations 2011, reg 26: outcome within 10 working days of the last information', 'system:migration'),
        ('recommendation',   '2016-01-01',  8, 'months',        'National Minimum Standard 14: recommendation within eight months of the application', 'system:migration'),
        ('decision',         '2016-01-01',  7, 'working_days',  'National Minimum Standard 14: decision within 7 working days of the recommendation and final minutes', 'system:migration'),
        ('told_orally',      '2016-01-01',  2, 'working_days',  'National Minimum Standard 14', 'system:migration'),
        ('told_in_writing',  '2016-01-01',  5, 'working_days',  'National Minimum Standard 14', 'system:migration'),
        ('representations',  '2016-01-01', 28, 'calendar_days', 'Fostering Services Regulations 2011, reg 27: from the date of the qualifying determination', 'system:migration'),
        ('irm_papers',       '2016-01-01', 10, 'working_days',  'Fostering Services Regulations 2011, reg 29', 'system:migration'),
        ('panel_papers',     '2016-01-01',  5, 'working_days',  'National Minimum Standard 14: papers to panel at least 5 working days before', 'system:migration');
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
