import type { MigrationInterface, QueryRunner } from 'typeorm';

const households = `
CREATE TABLE households (
  id           uuid PRIMARY KEY,
  authority    text NOT NULL REFERENCES authorities,
  name         text NOT NULL CHECK (name <> ''),
  address_line_1 text,
  address_line_2 text,
  town         text,
  postcode     text,
  district_code text,
  spare_rooms  smallint CHECK (spare_rooms BETWEEN 0 AND 20),
  tenure       text CHECK (tenure IN ('owned', 'mortgaged', 'private_rent', 'social_rent', 'family', 'other')),
  pets         text,
  smoking      text CHECK (smoking IN ('nobody', 'smokes', 'vapes', 'smokes_and_vapes')),
  fosters_now  text CHECK (fosters_now IN ('no', 'council', 'agency', 'before')),
  interests    text[] NOT NULL DEFAULT '{}' CHECK (interests <@ ARRAY['short_term', 'long_term', 'emergency', 'short_breaks', 'parent_and_child', 'siblings', 'teenagers', 'unaccompanied_children', 'children_with_disabilities', 'not_sure']),
  languages    text[] NOT NULL DEFAULT '{}',
  marketing_consent_at timestamptz,
  marketing_withdrawn_at timestamptz,
  search_text  text NOT NULL DEFAULT '',
  merged_into  uuid REFERENCES households,
  version      integer NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL,
  demonstration boolean NOT NULL DEFAULT false
);
COMMENT ON COLUMN households.authority IS 'That of its newest journey: kept by a trigger on journeys, read by the row-level policies.';
COMMENT ON COLUMN households.search_text IS 'Names, addresses of mail, telephone digits and postcode of all applicants, folded for search: kept by triggers.';
CREATE INDEX households_search ON households USING gin (search_text gin_trgm_ops);
CREATE INDEX households_postcode ON households (postcode);

CREATE TABLE applicants (
  id           uuid PRIMARY KEY,
  household_id uuid NOT NULL REFERENCES households,
  position     smallint NOT NULL CHECK (position IN (1, 2)),
  first_name   text NOT NULL DEFAULT '',
  last_name    text NOT NULL DEFAULT '',
  email        text,
  phone        text CHECK (phone ~ '^\\+[0-9]{7,15}$'),
  preferred_contact text CHECK (preferred_contact IN ('phone', 'text', 'email')),
  best_time    text,
  born_on      date,
  UNIQUE (household_id, position),
  CHECK (first_name <> '' OR last_name <> '')
);
COMMENT ON COLUMN applicants.phone IS 'E.164. A couple may share a telephone number or an address of mail.';
CREATE INDEX applicants_email ON applicants (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX applicants_phone ON applicants (phone) WHERE phone IS NOT NULL;
CREATE INDEX applicants_last_name ON applicants (lower(last_name));

CREATE TABLE household_members (
  id           uuid PRIMARY KEY,
  household_id uuid NOT NULL REFERENCES households,
  kind         text NOT NULL CHECK (kind IN ('adult', 'child', 'lodger')),
  name         text NOT NULL CHECK (name <> ''),
  relationship text,
  born_on      date,
  left_on      date
);
CREATE INDEX household_members_of ON household_members (household_id);
`;

const journeys = `
CREATE TABLE journeys (
  id           uuid PRIMARY KEY,
  reference    text NOT NULL UNIQUE,
  household_id uuid NOT NULL REFERENCES households,
  authority    text NOT NULL REFERENCES authorities,
  channel      text NOT NULL CHECK (channel IN ('web', 'phone', 'email', 'event', 'social', 'referral', 'other')),
  source       text,
  enquiry_received_at timestamptz NOT NULL,
  enquiry_on   date NOT NULL,
  first_response_at timestamptz,
  initial_application_on date,
  home_visit_on  date,
  application_on date,
  stage_1_on     date,
  stage_2_on     date,
  panel_on       date,
  approved_on    date,
  stage        text NOT NULL CHECK (stage IN ('enquiry', 'initial_application', 'home_visit', 'assessment', 'decision', 'approved')),
  stage_since  date NOT NULL,
  status       text NOT NULL CHECK (status IN ('open', 'on_hold', 'closed', 'approved')),
  held_on      date,
  hold_until   date,
  closed_on    date,
  closed_by    text CHECK (closed_by IN ('applicant', 'service', 'no_contact')),
  closed_reason text,
  officer_id       uuid REFERENCES staff,
  social_worker_id uuid REFERENCES staff,
  kinship      boolean NOT NULL DEFAULT false,
  safeguarding boolean NOT NULL DEFAULT false,
  next_step    text,
  next_due_at  timestamptz,
  waiting_for  text CHECK (waiting_for IN ('hub', 'authority', 'family')),
  attempts     smallint NOT NULL DEFAULT 0,
  contact_again_on date,
  last_activity_at timestamptz NOT NULL,
  merged_into  uuid REFERENCES journeys,
  version      integer NOT NULL DEFAULT 1,
  demonstration boolean NOT NULL DEFAULT false,

  CONSTRAINT enquiry_date_is_local CHECK (enquiry_on = (enquiry_received_at AT TIME ZONE 'Europe/London')::date),
  CONSTRAINT response_follows_enquiry CHECK (first_response_at >= enquiry_received_at),
  CONSTRAINT initial_application_in_order CHECK (initial_application_on >= enquiry_on),
  CONSTRAINT home_visit_in_order CHECK (home_visit_on >= greatest(enquiry_on, initial_application_on)),
  CONSTRAINT application_in_order CHECK (application_on >= greatest(enquiry_on, initial_application_on, home_visit_on)),
  CONSTRAINT stage_1_in_order CHECK (stage_1_on >= greatest(enquiry_on, initial_application_on, home_visit_on, application_on)),
  CONSTRAINT stage_2_in_order CHECK (stage_2_on >= greatest(enquiry_on, initial_application_on, home_visit_on, application_on)),
  CONSTRAINT panel_in_order CHECK (panel_on >= greatest(enquiry_on, initial_application_on, home_visit_on, application_on, stage_1_on, stage_2_on)),
  CONSTRAINT approval_in_order CHECK (approved_on >= greatest(enquiry_on, initial_application_on, home_visit_on, application_on, stage_1_on, stage_2_on, panel_on)),
  CONSTRAINT close_is_last CHECK (closed_on >= greatest(enquiry_on, initial_application_on, home_visit_on, application_on, stage_1_on, stage_2_on, panel_on)),
  CONSTRAINT close_is_whole CHECK (num_nonnulls(closed_on, closed_by, closed_reason) IN (0, 3)),
  CONSTRAINT close_reason_fits CHECK (
    closed_by = 'applicant' AND closed_reason IN ('fostering_not_as_expected', 'assessment_not_as_expected', 'household_circumstances', 'financial', 'allegation_risk', 'changed_mind', 'chose_ifa', 'chose_other_authority', 'adoption_instead', 'not_now', 'other')
    OR closed_by = 'service' AND closed_reason IN ('no_spare_room', 'out_of_area', 'age', 'health', 'housing', 'immigration', 'safeguarding', 'kinship', 'stage_1_refused', 'not_approved', 'duplicate', 'not_an_enquiry', 'other')
    OR closed_by = 'no_contact' AND closed_reason = 'no_response'),
  CONSTRAINT status_tells_the_end CHECK ((status = 'closed') = (closed_on IS NOT NULL) AND (status = 'approved') = (approved_on IS NOT NULL)),
  CONSTRAINT approved_is_a_stage CHECK ((stage = 'approved') = (status = 'approved')),
  CONSTRAINT hold_has_an_end CHECK ((status = 'on_hold') = (hold_until IS NOT NULL) AND (status = 'on_hold') = (held_on IS NOT NULL) AND hold_until >= held_on),
  CONSTRAINT merged_is_closed CHECK (merged_into IS NULL OR closed_reason = 'duplicate'),
  CONSTRAINT not_merged_into_itself CHECK (merged_into <> id)
);
COMMENT ON TABLE journeys IS 'One household''s passage from its opening contact to approval or close, as it stands now. The history behind it is journey_events, written in the same transaction.';
CREATE UNIQUE INDEX one_open_journey_a_household ON journeys (household_id) WHERE status IN ('open', 'on_hold');
CREATE INDEX journeys_household ON journeys (household_id);
CREATE INDEX journeys_due ON journeys (next_due_at, id) WHERE status IN ('open', 'on_hold');
CREATE INDEX journeys_authority_due ON journeys (authority, next_due_at, id) WHERE status IN ('open', 'on_hold');
CREATE INDEX journeys_officer_due ON journeys (officer_id, next_due_at, id) WHERE status IN ('open', 'on_hold');
CREATE INDEX journeys_social_worker_due ON journeys (social_worker_id, next_due_at, id) WHERE status IN ('open', 'on_hold');
CREATE INDEX journeys_enquiry_on ON journeys (enquiry_on, authority);
CREATE INDEX journeys_approved_on ON journeys (approved_on, authority) WHERE approved_on IS NOT NULL;
CREATE INDEX journeys_pipeline ON journeys (stage, authority, stage_since) WHERE status IN ('open', 'on_hold');

CREATE TABLE contacts (
  id           uuid PRIMARY KEY,
  authority    text NOT NULL REFERENCES authorities,
  journey_id   uuid REFERENCES journeys,
  received_at  timestamptz NOT NULL,
  recorded_at  timestamptz NOT NULL,
  channel      text NOT NULL CHECK (channel IN ('web', 'phone', 'email', 'event', 'social', 'referral', 'other')),
  source       text,
  answers      jsonb NOT NULL DEFAULT '{}',
  message      text,
  asked_for_authority text REFERENCES authorities,
  website_id   uuid REFERENCES websites,
  idempotency_key text UNIQUE,
  request_digest text,
  reference    text NOT NULL,
  first_response_due_at timestamptz,
  screening    text NOT NULL CHECK (screening IN ('clear', 'held', 'released', 'refused')),
  screening_reasons text[] NOT NULL DEFAULT '{}',
  screened_at  timestamptz,
  screened_by  uuid REFERENCES staff,
  demonstration boolean NOT NULL DEFAULT false,
  CHECK ((screening IN ('clear', 'released')) = (journey_id IS NOT NULL))
);
COMMENT ON TABLE contacts IS 'Every enquiry as it came in. One held aside as suspected spam has no journey until an officer releases it, and keeps its time then.';
CREATE INDEX contacts_received ON contacts (received_at, authority);
CREATE INDEX contacts_journey ON contacts (journey_id);
CREATE INDEX contacts_held ON contacts (received_at) WHERE screening = 'held';
CREATE INDEX contacts_reference ON contacts (reference);

CREATE TABLE enquiry_drafts (
  secret_hash text PRIMARY KEY,
  answers     jsonb NOT NULL DEFAULT '{}',
  started_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  submission_id uuid NOT NULL,
  submitted_contact_id uuid,
  confirmation jsonb
);
CREATE INDEX enquiry_drafts_expiry ON enquiry_drafts (expires_at);
`;

const history = `
CREATE TABLE journey_events (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  journey_id    uuid NOT NULL REFERENCES journeys,
  kind          text NOT NULL CHECK (kind IN ('milestone', 'first_response', 'closed', 'reopened', 'held', 'resumed', 'routed', 'kinship_marked', 'kinship_cleared', 'assigned', 'safeguarding_marked', 'safeguarding_cleared', 'merged')),
  milestone     text CHECK (milestone IN ('enquiry', 'initial_application', 'home_visit', 'application', 'stage_1', 'stage_2', 'panel', 'approved')),
  happened_on   date NOT NULL,
  happened_at   timestamptz,
  authority     text REFERENCES authorities,
  closed_by     text,
  closed_reason text,
  due_at        timestamptz,
  working_minutes integer CHECK (working_minutes >= 0),
  detail        jsonb NOT NULL DEFAULT '{}',
  recorded_at   timestamptz NOT NULL,
  recorded_by   text NOT NULL,
  superseded_at timestamptz,
  correction_reason text,
  CHECK ((kind = 'milestone') = (milestone IS NOT NULL)),
  CHECK ((kind = 'routed') = (authority IS NOT NULL)),
  CHECK ((kind = 'closed') = (closed_by IS NOT NULL AND closed_reason IS NOT NULL)),
  CHECK (kind <> 'first_response' OR happened_at IS NOT NULL AND working_minutes IS NOT NULL AND due_at IS NOT NULL),
  CHECK (milestone <> 'enquiry' OR happened_at IS NOT NULL AND due_at IS NOT NULL),
  CHECK (superseded_at >= recorded_at)
);
COMMENT ON TABLE journey_events IS 'What happened to a journey and when it became known: nothing here names a person. Corrected by superseding, never by changing, so that any report can be made again as it was known at a moment.';
COMMENT ON COLUMN journey_events.happened_on IS 'Local date in Europe/London. For a moment, the local date of happened_at.';
COMMENT ON COLUMN journey_events.due_at IS 'On the enquiry and the first response: when the first response was due.';
CREATE UNIQUE INDEX one_date_a_milestone ON journey_events (journey_id, milestone) WHERE kind = 'milestone' AND superseded_at IS NULL;
CREATE UNIQUE INDEX one_first_response ON journey_events (journey_id) WHERE kind = 'first_response' AND superseded_at IS NULL;
CREATE INDEX journey_events_of ON journey_events (journey_id, id);
CREATE INDEX journey_events_milestone ON journey_events (milestone, happened_on) WHERE kind = 'milestone';

CREATE FUNCTION supersede_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL
     AND to_jsonb(NEW) - 'superseded_at' - 'correction_reason' = to_jsonb(OLD) - 'superseded_at' - 'correction_reason' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'journey_events is history: supersede a row and add another, never change or delete it' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER history BEFORE UPDATE OR DELETE ON journey_events FOR EACH ROW EXECUTE FUNCTION supersede_only();

CREATE TABLE timeline_entries (
  id           uuid PRIMARY KEY,
  journey_id   uuid NOT NULL REFERENCES journeys,
  kind         text NOT NULL CHECK (kind IN ('note', 'call_attempt', 'conversation', 'email', 'visit', 'letter', 'contact', 'change', 'handover')),
  happened_at  timestamptz NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  text NOT NULL,
  staff_id     uuid REFERENCES staff,
  title        text NOT NULL,
  body         text,
  next_contact_on date,
  confidential boolean NOT NULL DEFAULT false,
  detail       jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE timeline_entries IS 'Notes, calls, emails and visits, and changes to what is known of the family: personal, so the people scope guards it.';
CREATE INDEX timeline_of ON timeline_entries (journey_id, happened_at DESC, id DESC);
CREATE TRIGGER append_only BEFORE DELETE ON timeline_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE journey_imports (
  reference   text PRIMARY KEY,
  journey_id  uuid NOT NULL REFERENCES journeys,
  row         jsonb NOT NULL,
  imported_at timestamptz NOT NULL,
  imported_by text NOT NULL
);
`;

const upkeep = `
CREATE FUNCTION fold_for_search(given text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT lower(unaccent(given)) $$;

CREATE FUNCTION household_search_text(household households) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT fold_for_search(concat_ws(' ', household.name, replace(coalesce(household.postcode, ''), ' ', ''),
    (SELECT string_agg(concat_ws(' ', a.first_name, a.last_name, a.email, a.phone, '0' || substr(a.phone, 4)), ' ' ORDER BY a.position) FROM applicants a WHERE a.household_id = household.id)))
$$;

CREATE FUNCTION keep_search_text_of_household() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN NEW.search_text := household_search_text(NEW); RETURN NEW; END $$;
CREATE TRIGGER search_text BEFORE INSERT OR UPDATE OF name, postcode ON households FOR EACH ROW EXECUTE FUNCTION keep_search_text_of_household();

CREATE FUNCTION keep_search_text_of_applicant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN UPDATE households h SET search_text = household_search_text(h) WHERE h.id = coalesce(NEW.household_id, OLD.household_id); RETURN NULL; END $$;
CREATE TRIGGER search_text AFTER INSERT OR UPDATE OR DELETE ON applicants FOR EACH ROW EXECUTE FUNCTION keep_search_text_of_applicant();

CREATE FUNCTION keep_household_authority() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE households SET authority = NEW.authority WHERE id = NEW.household_id AND authority <> NEW.authority AND NEW.merged_into IS NULL
     AND NOT EXISTS (SELECT 1 FROM journeys newer WHERE newer.household_id = NEW.household_id AND newer.enquiry_received_at > NEW.enquiry_received_at AND newer.merged_into IS NULL);
  UPDATE contacts SET authority = NEW.authority WHERE journey_id = NEW.id AND authority <> NEW.authority;
  RETURN NULL;
END $$;
CREATE TRIGGER household_authority AFTER INSERT OR UPDATE OF authority, household_id ON journeys FOR EACH ROW EXECUTE FUNCTION keep_household_authority();
`;

/** Row-level security: people's tables answer to the people scope, figures to the figures scope; the public can only add,
 * and so can staff for another council: an enquiry that was taken in Derby for a family in Nottingham is logged, not read. */
const policies = `
CREATE FUNCTION may_add_to_household(household uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT may_add() AND EXISTS (SELECT FROM households h WHERE h.id = household AND h.xmin = pg_current_xact_id()::xid) $$;
COMMENT ON FUNCTION may_add_to_household IS 'Whoever may only add, adds to a household that this very transaction made: nobody writes into a family that they cannot see.';

CREATE FUNCTION may_add_to_journey(journey uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT may_add() AND EXISTS (SELECT FROM journeys j WHERE j.id = journey AND j.xmin = pg_current_xact_id()::xid) $$;

ALTER TABLE households ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON households TO hub_app USING (authority = ANY ((SELECT scope_of('people'))::text[])) WITH CHECK (authority = ANY ((SELECT scope_of('people'))::text[]));
CREATE POLICY adds ON households FOR INSERT TO hub_app WITH CHECK ((SELECT may_add()));

ALTER TABLE journeys ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON journeys FOR SELECT TO hub_app USING (authority = ANY ((SELECT scope_of('figures'))::text[]));
CREATE POLICY change ON journeys FOR UPDATE TO hub_app USING (authority = ANY ((SELECT scope_of('people'))::text[])) WITH CHECK (authority = ANY ((SELECT scope_of('people'))::text[]));
CREATE POLICY add ON journeys FOR INSERT TO hub_app WITH CHECK (authority = ANY ((SELECT scope_of('people'))::text[]) OR may_add_to_household(household_id));

ALTER TABLE contacts ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON contacts TO hub_app USING (authority = ANY ((SELECT scope_of('people'))::text[])) WITH CHECK (authority = ANY ((SELECT scope_of('people'))::text[]));
CREATE POLICY adds ON contacts FOR INSERT TO hub_app WITH CHECK ((SELECT may_add()) AND (journey_id IS NULL OR may_add_to_journey(journey_id)));
CREATE POLICY website_repeats ON contacts FOR SELECT TO hub_app USING ((SELECT actor_kind()) = 'public' AND website_id::text = (SELECT actor_setting('website')));

ALTER TABLE enquiry_drafts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_draft ON enquiry_drafts TO hub_app USING (secret_hash = (SELECT actor_setting('draft')) OR (SELECT actor_kind()) = 'system')
  WITH CHECK (secret_hash = (SELECT actor_setting('draft')));

ALTER TABLE journey_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON journey_events FOR SELECT TO hub_app USING ((SELECT actor_setting('figures')) = '*' OR EXISTS (SELECT FROM journeys j WHERE j.id = journey_id));
CREATE POLICY change ON journey_events FOR UPDATE TO hub_app USING (EXISTS (SELECT FROM journeys j JOIN households h ON h.id = j.household_id WHERE j.id = journey_id));
CREATE POLICY add ON journey_events FOR INSERT TO hub_app WITH CHECK (may_add_to_journey(journey_id) OR EXISTS (SELECT FROM journeys j JOIN households h ON h.id = j.household_id WHERE j.id = journey_id));

ALTER TABLE journey_imports ENABLE ROW LEVEL SECURITY;
CREATE POLICY hub_only ON journey_imports TO hub_app USING ((SELECT actor_setting('people')) = '*') WITH CHECK ((SELECT actor_setting('people')) = '*');
`;

const familyTable = (table: string, familyOf: string, madeNow: string): string => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON ${table} TO hub_app USING (${familyOf}) WITH CHECK (${familyOf});
CREATE POLICY adds ON ${table} FOR INSERT TO hub_app WITH CHECK (${madeNow});
`;

export class Families0003 implements MigrationInterface {
  readonly name = 'Families1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(households);
    await runner.query(journeys);
    await runner.query(history);
    await runner.query(upkeep);
    await runner.query(policies);
    const ofHousehold = 'EXISTS (SELECT FROM households h WHERE h.id = household_id)';
    await runner.query(familyTable('applicants', ofHousehold, 'may_add_to_household(household_id)'));
    await runner.query(familyTable('household_members', ofHousehold, 'may_add_to_household(household_id)'));
    await runner.query(familyTable('timeline_entries', 'EXISTS (SELECT FROM journeys j JOIN households h ON h.id = j.household_id WHERE j.id = journey_id)', 'may_add_to_journey(journey_id)'));
    await runner.query(`
      GRANT SELECT, INSERT, UPDATE ON households, applicants, household_members, journeys, contacts TO hub_app;
      GRANT SELECT, INSERT, UPDATE (journey_id) ON timeline_entries TO hub_app;
      GRANT SELECT, INSERT, UPDATE (superseded_at, correction_reason) ON journey_events TO hub_app;
      GRANT DELETE ON applicants TO hub_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON enquiry_drafts TO hub_app;
      GRANT SELECT, INSERT ON journey_imports TO hub_app;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
