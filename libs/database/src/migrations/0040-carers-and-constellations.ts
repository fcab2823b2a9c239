import type { MigrationInterface, QueryRunner } from 'typeorm';

const carers = `
CREATE TABLE carer_households (
  id           uuid PRIMARY KEY,
  reference    text NOT NULL UNIQUE CHECK (reference <> ''),
  authority    text NOT NULL REFERENCES authorities CHECK (authority <> 'unrouted'),
  kind         text NOT NULL CHECK (kind IN ('foster', 'kinship', 'adoptive', 'care_leaver')),
  name         text NOT NULL CHECK (name <> ''),
  household_id uuid REFERENCES households,
  journey_id   uuid UNIQUE REFERENCES journeys,
  town         text,
  approved_on  date,
  agreement_signed_on date,
  supervisor_id uuid REFERENCES staff,
  beds         smallint NOT NULL CHECK (beds BETWEEN 0 AND 20),
  held_on      date,
  hold_until   date,
  hold_reason  text,
  left_on      date,
  left_by      text CHECK (left_by IN ('resignation', 'termination')),
  left_reason  text,
  exit_interview_on date,
  exit_feedback text,
  version      integer NOT NULL DEFAULT 1,
  demonstration boolean NOT NULL DEFAULT false,
  registered_at timestamptz NOT NULL,
  registered_by text NOT NULL,
  CONSTRAINT foster_homes_are_approved CHECK (kind NOT IN ('foster', 'kinship') OR approved_on IS NOT NULL),
  CONSTRAINT agreement_follows_approval CHECK (agreement_signed_on >= approved_on),
  CONSTRAINT leaving_follows_approval CHECK (left_on > approved_on),
  CONSTRAINT leaving_is_whole CHECK (num_nonnulls(left_on, left_by, left_reason) IN (0, 3)),
  CONSTRAINT exit_interview_needs_leaving CHECK (left_on IS NOT NULL OR num_nonnulls(exit_interview_on, exit_feedback) = 0),
  CONSTRAINT hold_is_whole CHECK (num_nonnulls(held_on, hold_reason) IN (0, 2) AND hold_until >= held_on)
);
COMMENT ON TABLE carer_households IS 'The register: approved fostering households (foster, kinship), and adoptive homes and care leavers as far as a constellation takes them in.';
COMMENT ON COLUMN carer_households.beds IS 'Beds for children who are looked after: those that a hub home keeps free for sleepovers are among them.';
CREATE INDEX carer_households_of ON carer_households (authority, left_on);

CREATE TABLE carer_people (
  id           uuid PRIMARY KEY,
  carer_id     uuid NOT NULL REFERENCES carer_households,
  position     smallint NOT NULL CHECK (position IN (1, 2)),
  name         text NOT NULL CHECK (name <> ''),
  email        text,
  phone        text CHECK (phone ~ '^\\+[0-9]{7,15}$'),
  UNIQUE (carer_id, position)
);

CREATE TABLE carer_terms (
  carer_id     uuid NOT NULL REFERENCES carer_households,
  holds_from   date NOT NULL,
  children     smallint NOT NULL CHECK (children BETWEEN 1 AND 20),
  age_from     smallint NOT NULL CHECK (age_from BETWEEN 0 AND 18),
  age_to       smallint NOT NULL CHECK (age_to BETWEEN 0 AND 18),
  care         text[] NOT NULL CHECK (cardinality(care) > 0 AND care <@ ARRAY['short_term', 'long_term', 'emergency', 'short_breaks', 'parent_and_child', 'named_child']),
  named_child  text,
  above_limit  jsonb,
  reason       text NOT NULL CHECK (reason <> ''),
  recorded_at  timestamptz NOT NULL,
  recorded_by  text NOT NULL,
  PRIMARY KEY (carer_id, holds_from),
  CHECK (age_from <= age_to)
);
COMMENT ON TABLE carer_terms IS 'Terms of approval, by the date from which they hold: a change is a new row.';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON carer_terms FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE carer_reviews (
  id           uuid PRIMARY KEY,
  carer_id     uuid NOT NULL REFERENCES carer_households,
  number       smallint NOT NULL CHECK (number > 0),
  limit_id     uuid NOT NULL REFERENCES time_limits,
  due_on       date NOT NULL,
  held_on      date,
  outcome      text CHECK (outcome IN ('continue', 'change_terms', 'end')),
  note         text,
  stopped_on   date,
  recorded_by  text,
  UNIQUE (carer_id, number),
  CHECK ((held_on IS NULL) = (outcome IS NULL)),
  CHECK (held_on IS NULL OR stopped_on IS NULL)
);
COMMENT ON COLUMN carer_reviews.due_on IS 'The last day that is in time, computed once under the limit that held when the clock started.';
CREATE UNIQUE INDEX one_review_to_come ON carer_reviews (carer_id) WHERE held_on IS NULL AND stopped_on IS NULL;
CREATE INDEX carer_reviews_due ON carer_reviews (due_on) WHERE held_on IS NULL AND stopped_on IS NULL;

CREATE TABLE carer_training (
  carer_id     uuid NOT NULL REFERENCES carer_households,
  step         text NOT NULL CHECK (step ~ '^[a-z0-9_]+$'),
  done_on      date NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  text NOT NULL,
  PRIMARY KEY (carer_id, step)
);

CREATE TABLE carer_placements (
  id           uuid PRIMARY KEY,
  carer_id     uuid NOT NULL REFERENCES carer_households,
  child_reference text NOT NULL CHECK (child_reference ~ '^[A-Z]{1,6}[-/ ]?[0-9]{1,12}$'),
  started_on   date NOT NULL,
  ended_on     date,
  ending       text CHECK (ending IN ('planned', 'unplanned')),
  recorded_at  timestamptz NOT NULL,
  recorded_by  text NOT NULL,
  CHECK (ended_on >= started_on),
  CHECK ((ended_on IS NULL) = (ending IS NULL))
);
COMMENT ON COLUMN carer_placements.child_reference IS 'Letters and digits of the case system: never a name.';
CREATE INDEX carer_placements_of ON carer_placements (carer_id, started_on);
CREATE UNIQUE INDEX one_placement_a_child ON carer_placements (child_reference) WHERE ended_on IS NULL;

CREATE TABLE carer_events (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  carer_id     uuid NOT NULL REFERENCES carer_households,
  what         text NOT NULL,
  words        text NOT NULL,
  happened_on  date NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  text NOT NULL
);
CREATE INDEX carer_events_of ON carer_events (carer_id, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON carer_events FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE carer_imports (
  reference    text PRIMARY KEY,
  carer_id     uuid NOT NULL REFERENCES carer_households,
  row          jsonb NOT NULL,
  imported_at  timestamptz NOT NULL,
  imported_by  text NOT NULL
);
`;

const constellations = `
CREATE TABLE constellation_limits (
  id         uuid PRIMARY KEY DEFAULT uuidv7(),
  rule       text NOT NULL CHECK (rule IN ('most_satellites', 'fewest_satellites', 'hub_spare_beds')),
  authority  text REFERENCES authorities,
  holds_from date NOT NULL,
  amount     smallint NOT NULL CHECK (amount >= 0),
  source     text NOT NULL CHECK (source <> ''),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by text NOT NULL,
  UNIQUE NULLS NOT DISTINCT (rule, authority, holds_from)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON constellation_limits FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION constellation_limit(asked text, council text, day date) RETURNS smallint LANGUAGE sql STABLE AS $$
  SELECT amount FROM constellation_limits WHERE rule = asked AND holds_from <= day AND (authority IS NULL OR authority = council)
   ORDER BY authority NULLS LAST, holds_from DESC LIMIT 1
$$;

CREATE TABLE constellations (
  id         uuid PRIMARY KEY,
  authority  text NOT NULL REFERENCES authorities CHECK (authority <> 'unrouted'),
  name       text NOT NULL CHECK (name <> ''),
  area       text NOT NULL CHECK (area <> ''),
  liaison_id uuid REFERENCES staff,
  started_on date NOT NULL,
  ended_on   date,
  end_reason text,
  touched    integer NOT NULL DEFAULT 0,
  version    integer NOT NULL DEFAULT 1,
  demonstration boolean NOT NULL DEFAULT false,
  UNIQUE (authority, name),
  CHECK (ended_on >= started_on),
  CHECK ((ended_on IS NULL) = (end_reason IS NULL))
);
COMMENT ON COLUMN constellations.touched IS 'Counted up by every change of its families: two people who add at once do so one after the other.';

CREATE TABLE constellation_memberships (
  id         uuid PRIMARY KEY,
  constellation_id uuid NOT NULL REFERENCES constellations,
  carer_id   uuid NOT NULL REFERENCES carer_households,
  role       text NOT NULL CHECK (role IN ('hub_home', 'satellite')),
  held       daterange NOT NULL CHECK (NOT isempty(held) AND lower(held) IS NOT NULL),
  left_why   text CHECK (left_why IN ('left_fostering', 'moved', 'own_wish', 'changed_part', 'constellation_ended', 'other')),
  voided_why text CHECK (voided_why <> ''),
  changed_why text,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT leaving_has_a_reason CHECK (left_why IS NULL OR upper(held) IS NOT NULL),
  CONSTRAINT one_constellation_at_a_time EXCLUDE USING gist (carer_id WITH =, held WITH &&) WHERE (voided_why IS NULL),
  CONSTRAINT one_hub_home_at_a_time EXCLUDE USING gist (constellation_id WITH =, held WITH &&) WHERE (voided_why IS NULL AND role = 'hub_home')
);
COMMENT ON TABLE constellation_memberships IS 'Who belongs to which constellation and when, as hub home or as satellite: one table, so that one constraint keeps a family out of two places at once, in any part.';
COMMENT ON COLUMN constellation_memberships.held IS 'From the day of joining up to, not including, the day of leaving.';
CREATE INDEX constellation_memberships_of ON constellation_memberships (constellation_id);

CREATE TABLE constellation_membership_history (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  constellation_id uuid NOT NULL REFERENCES constellations,
  membership_id uuid NOT NULL REFERENCES constellation_memberships,
  membership jsonb NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON constellation_membership_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
`;

/** What no constraint can say alone. Each refusal carries the name of its rule as the name of a constraint, for its words. */
const rules = `
CREATE FUNCTION refuse_by_rule(rule text, words text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', words USING ERRCODE = 'check_violation', CONSTRAINT = rule; END $$;

-- Whether a family as hub home would ever lack the beds that it keeps free within these days: asked where they may grow fewer.
CREATE FUNCTION hub_home_lacks_beds(family uuid, days daterange) RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (
    SELECT FROM carer_households h
      JOIN (SELECT lower(days) AS day UNION SELECT p.started_on FROM carer_placements p WHERE p.carer_id = family AND days @> p.started_on
            UNION SELECT l.holds_from FROM constellation_limits l WHERE l.rule = 'hub_spare_beds' AND days @> l.holds_from) point ON true
     WHERE h.id = family
       AND h.beds - (SELECT count(*) FROM carer_placements p WHERE p.carer_id = family AND p.started_on <= point.day AND (p.ended_on IS NULL OR p.ended_on > point.day))
           < constellation_limit('hub_spare_beds', h.authority, point.day))
$$;

CREATE FUNCTION keep_membership_rules() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  family carer_households;
  circle constellations;
  full_on date;
BEGIN
  -- First the family, then the constellation: whoever comes second waits here, and then sees what the first one wrote.
  SELECT * INTO family FROM carer_households WHERE id = NEW.carer_id FOR NO KEY UPDATE;
  UPDATE constellations SET touched = touched + 1 WHERE id = NEW.constellation_id RETURNING * INTO circle;
  IF NEW.voided_why IS NOT NULL THEN RETURN NEW; END IF;
  IF family.authority <> circle.authority THEN PERFORM refuse_by_rule('same_authority', 'The family belongs to another authority'); END IF;
  IF NOT NEW.held <@ daterange(circle.started_on, circle.ended_on) THEN PERFORM refuse_by_rule('within_the_constellation', 'The constellation does not run on all of these days'); END IF;
  IF family.approved_on > lower(NEW.held) THEN PERFORM refuse_by_rule('after_the_approval', 'The family was not approved yet'); END IF;
  IF family.left_on IS NOT NULL AND NOT NEW.held <@ daterange(NULL, family.left_on) THEN PERFORM refuse_by_rule('before_leaving_fostering', 'The family has left fostering'); END IF;
  IF NEW.role = 'hub_home' THEN
    IF family.kind <> 'foster' THEN PERFORM refuse_by_rule('hub_home_is_approved', 'A hub home is an approved fostering household'); END IF;
    IF hub_home_lacks_beds(NEW.carer_id, NEW.held) THEN PERFORM refuse_by_rule('hub_home_has_spare_beds', 'A hub home keeps beds free'); END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.voided_why IS NULL AND OLD.role = 'satellite' AND OLD.constellation_id = NEW.constellation_id AND NEW.held <@ OLD.held THEN RETURN NEW; END IF;
  SELECT point.day INTO full_on
    FROM (SELECT lower(NEW.held) AS day
          UNION SELECT lower(m.held) FROM constellation_memberships m WHERE m.constellation_id = NEW.constellation_id AND m.id <> NEW.id AND m.role = 'satellite' AND m.voided_why IS NULL AND NEW.held @> lower(m.held)
          UNION SELECT l.holds_from FROM constellation_limits l WHERE l.rule = 'most_satellites' AND NEW.held @> l.holds_from) point
   WHERE (SELECT count(*) FROM constellation_memberships m WHERE m.constellation_id = NEW.constellation_id AND m.id <> NEW.id AND m.role = 'satellite' AND m.voided_why IS NULL AND m.held @> point.day) + 1
         > constellation_limit('most_satellites', circle.authority, point.day)
   ORDER BY 1 LIMIT 1;
  IF full_on IS NOT NULL THEN PERFORM refuse_by_rule('most_satellites', 'The constellation is full on ' || full_on); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON constellation_memberships FOR EACH ROW EXECUTE FUNCTION keep_membership_rules();

CREATE FUNCTION keep_membership_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO constellation_membership_history (constellation_id, membership_id, membership, recorded_at) VALUES (NEW.constellation_id, NEW.id, to_jsonb(NEW), NEW.recorded_at);
  RETURN NULL;
END $$;
CREATE TRIGGER history AFTER INSERT OR UPDATE ON constellation_memberships FOR EACH ROW EXECUTE FUNCTION keep_membership_history();

CREATE FUNCTION keep_constellation_span() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT FROM constellation_memberships m WHERE m.constellation_id = NEW.id AND m.voided_why IS NULL AND NOT m.held <@ daterange(NEW.started_on, NEW.ended_on)) THEN
    PERFORM refuse_by_rule('holds_its_families', 'Families belong to it outside these days');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER span BEFORE UPDATE OF started_on, ended_on ON constellations FOR EACH ROW EXECUTE FUNCTION keep_constellation_span();

CREATE FUNCTION keep_carer_in_constellation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT FROM constellation_memberships m JOIN constellations c ON c.id = m.constellation_id
              WHERE m.carer_id = NEW.id AND m.voided_why IS NULL
                AND (NOT m.held <@ daterange(NEW.approved_on, NEW.left_on) OR c.authority <> NEW.authority OR m.role = 'hub_home' AND NEW.kind <> 'foster')) THEN
    PERFORM refuse_by_rule('stays_true_to_its_constellation', 'The family belongs to a constellation on days that this would forbid');
  END IF;
  IF NEW.left_on IS NOT NULL AND EXISTS (SELECT FROM carer_placements p WHERE p.carer_id = NEW.id AND (p.ended_on IS NULL OR p.ended_on > NEW.left_on)) THEN
    PERFORM refuse_by_rule('no_child_left_behind', 'Children are placed there after that day');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER constellation AFTER UPDATE OF kind, authority, approved_on, left_on ON carer_households FOR EACH ROW EXECUTE FUNCTION keep_carer_in_constellation();

CREATE FUNCTION keep_spare_beds() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  family uuid := CASE TG_TABLE_NAME WHEN 'carer_placements' THEN (to_jsonb(NEW) ->> 'carer_id')::uuid ELSE (to_jsonb(NEW) ->> 'id')::uuid END;
BEGIN
  PERFORM FROM carer_households WHERE id = family FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM constellation_memberships m WHERE m.carer_id = family AND m.role = 'hub_home' AND m.voided_why IS NULL AND hub_home_lacks_beds(family, m.held)) THEN
    PERFORM refuse_by_rule('hub_home_has_spare_beds', 'A hub home keeps beds free');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER spare_beds AFTER INSERT OR UPDATE ON carer_placements FOR EACH ROW EXECUTE FUNCTION keep_spare_beds();
CREATE TRIGGER spare_beds AFTER UPDATE OF beds ON carer_households FOR EACH ROW EXECUTE FUNCTION keep_spare_beds();
`;

const life = `
CREATE TABLE constellation_activities (
  id         uuid PRIMARY KEY,
  constellation_id uuid NOT NULL REFERENCES constellations,
  kind       text NOT NULL CHECK (kind IN ('monthly_meeting', 'social', 'training', 'peer_session')),
  title      text NOT NULL CHECK (title <> ''),
  starts_at  timestamptz NOT NULL,
  on_date    date NOT NULL CHECK (on_date = (starts_at AT TIME ZONE 'Europe/London')::date),
  minutes    smallint NOT NULL CHECK (minutes BETWEEN 5 AND 6000),
  place      text NOT NULL,
  cancelled_at timestamptz,
  version    integer NOT NULL DEFAULT 1,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL
);
CREATE INDEX constellation_activities_of ON constellation_activities (constellation_id, on_date);

CREATE TABLE constellation_attendance (
  activity_id uuid NOT NULL REFERENCES constellation_activities,
  constellation_id uuid NOT NULL REFERENCES constellations,
  carer_id   uuid NOT NULL REFERENCES carer_households,
  invited_at timestamptz,
  reply      text CHECK (reply IN ('yes', 'maybe', 'no')),
  reply_note text,
  replied_at timestamptz,
  attended   boolean,
  PRIMARY KEY (activity_id, carer_id),
  CHECK ((reply IS NULL) = (replied_at IS NULL))
);

CREATE TABLE invitation_links (
  token_hash text PRIMARY KEY,
  activity_id uuid NOT NULL,
  constellation_id uuid NOT NULL REFERENCES constellations,
  carer_id   uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  FOREIGN KEY (activity_id, carer_id) REFERENCES constellation_attendance
);
COMMENT ON TABLE invitation_links IS 'A family''s own link in an invitation: only a hash is kept. It answers this one invitation and shows nothing else.';

CREATE TABLE constellation_stays (
  id         uuid PRIMARY KEY,
  constellation_id uuid NOT NULL REFERENCES constellations,
  carer_id   uuid NOT NULL REFERENCES carer_households,
  host_id    uuid NOT NULL REFERENCES carer_households,
  kind       text NOT NULL CHECK (kind IN ('sleepover', 'day_care')),
  planned    boolean NOT NULL,
  child_reference text NOT NULL CHECK (child_reference ~ '^[A-Z]{1,6}[-/ ]?[0-9]{1,12}$'),
  starts_on  date NOT NULL,
  nights     smallint NOT NULL CHECK (nights BETWEEN 0 AND 28),
  note       text,
  cancelled_at timestamptz,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CHECK ((kind = 'sleepover') = (nights > 0)),
  CHECK (carer_id <> host_id)
);
COMMENT ON COLUMN constellation_stays.child_reference IS 'Letters and digits of the case system: never a name.';
CREATE INDEX constellation_stays_of ON constellation_stays (constellation_id, starts_on);

CREATE TABLE constellation_contacts (
  id         uuid PRIMARY KEY,
  constellation_id uuid NOT NULL REFERENCES constellations,
  carer_id   uuid NOT NULL REFERENCES carer_households,
  made_on    date NOT NULL,
  way        text NOT NULL CHECK (way IN ('visit', 'phone', 'video', 'message')),
  made_by    text NOT NULL CHECK (made_by IN ('hub_home', 'liaison_worker')),
  minutes    smallint CHECK (minutes BETWEEN 1 AND 1440),
  note       text,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL
);
CREATE INDEX constellation_contacts_of ON constellation_contacts (constellation_id, made_on);

CREATE TABLE constellation_requests (
  id         uuid PRIMARY KEY,
  constellation_id uuid NOT NULL REFERENCES constellations,
  carer_id   uuid NOT NULL REFERENCES carer_households,
  asked_on   date NOT NULL,
  about      text NOT NULL CHECK (about IN ('sleepover', 'day_care', 'advice', 'practical', 'crisis', 'other')),
  words      text NOT NULL CHECK (words <> ''),
  met        text CHECK (met IN ('met', 'partly', 'not_met')),
  settled_on date,
  how        text,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CHECK ((met IS NULL) = (settled_on IS NULL)),
  CHECK (settled_on >= asked_on)
);
CREATE INDEX constellation_requests_of ON constellation_requests (constellation_id, asked_on);

CREATE TABLE constellation_expenses (
  id         uuid PRIMARY KEY,
  constellation_id uuid NOT NULL REFERENCES constellations,
  carer_id   uuid NOT NULL REFERENCES carer_households,
  spent_on   date NOT NULL,
  what       text NOT NULL CHECK (what IN ('food', 'activities', 'travel', 'equipment', 'room_hire', 'other')),
  pence      integer NOT NULL CHECK (pence > 0),
  note       text,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL
);
CREATE INDEX constellation_expenses_of ON constellation_expenses (constellation_id, spent_on);

CREATE TABLE constellation_reports (
  constellation_id uuid NOT NULL REFERENCES constellations,
  month      date NOT NULL CHECK (extract(day FROM month) = 1),
  went_well  text NOT NULL DEFAULT '',
  was_hard   text NOT NULL DEFAULT '',
  next_month text NOT NULL DEFAULT '',
  figures    jsonb,
  hub_home_signed_on date,
  hub_home_signed_as text,
  liaison_signed_at timestamptz,
  liaison_signed_by uuid REFERENCES staff,
  version    integer NOT NULL DEFAULT 1,
  PRIMARY KEY (constellation_id, month),
  CHECK ((hub_home_signed_on IS NULL) = (hub_home_signed_as IS NULL)),
  CHECK ((liaison_signed_at IS NULL) = (liaison_signed_by IS NULL)),
  CHECK ((figures IS NOT NULL) = (hub_home_signed_on IS NOT NULL OR liaison_signed_at IS NOT NULL))
);
COMMENT ON COLUMN constellation_reports.figures IS 'As they were when the first of the two signed; drafted from the records until then.';

CREATE FUNCTION keep_signed_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.hub_home_signed_on IS NOT NULL AND OLD.liaison_signed_at IS NOT NULL THEN
    PERFORM refuse_by_rule('signed_reports_stay', 'Both have signed this report');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE UPDATE ON constellation_reports FOR EACH ROW EXECUTE FUNCTION keep_signed_report();

CREATE TABLE care_need (
  id         uuid PRIMARY KEY DEFAULT uuidv7(),
  authority  text NOT NULL REFERENCES authorities CHECK (authority <> 'unrouted'),
  holds_from date NOT NULL,
  children_in_care integer NOT NULL CHECK (children_in_care >= 0),
  fostering_households integer NOT NULL CHECK (fostering_households >= 0),
  source     text NOT NULL CHECK (source <> ''),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by text NOT NULL,
  UNIQUE (authority, holds_from)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON care_need FOR EACH ROW EXECUTE FUNCTION refuse_change();
`;

/** Doors through which somebody sees just what they need, and no more than that. */
const doors = `
-- The families of the constellations that an actor may see: a liaison worker sees these carers, and no others.
CREATE FUNCTION carers_of_constellations() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(DISTINCT m.carer_id), '{}') FROM constellation_memberships m JOIN constellations c ON c.id = m.constellation_id
   WHERE c.authority = ANY (scope_of('constellations'))
$$;

-- Families that could join a constellation of this council: names for a list, nothing else of them.
CREATE FUNCTION constellation_candidates(council text, day date) RETURNS TABLE (id uuid, name text, reference text, kind text, beds smallint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT h.id, h.name, h.reference, h.kind, h.beds FROM carer_households h
   WHERE h.authority = council AND council = ANY (scope_of('constellations')) AND (h.left_on IS NULL OR h.left_on > day)
     AND NOT EXISTS (SELECT FROM constellation_memberships m WHERE m.carer_id = h.id AND m.voided_why IS NULL AND m.held @> day)
$$;

-- One invitation, by the hash of the secret in its link.
CREATE FUNCTION invitation_by_link(hash text, moment timestamptz) RETURNS TABLE (activity_id uuid, family text, title text, kind text, starts_at timestamptz, minutes smallint, place text, cancelled boolean, reply text, reply_note text, constellation text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.id, h.name, a.title, a.kind, a.starts_at, a.minutes, a.place, a.cancelled_at IS NOT NULL, t.reply, t.reply_note, c.name
    FROM invitation_links l JOIN constellation_activities a ON a.id = l.activity_id JOIN constellations c ON c.id = a.constellation_id
    JOIN constellation_attendance t ON t.activity_id = a.id AND t.carer_id = l.carer_id JOIN carer_households h ON h.id = l.carer_id
   WHERE l.token_hash = hash AND l.expires_at > moment
$$;

CREATE FUNCTION answer_invitation(hash text, answer text, note text, moment timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE constellation_attendance t SET reply = answer, reply_note = note, replied_at = moment
    FROM invitation_links l JOIN constellation_activities a ON a.id = l.activity_id
   WHERE l.token_hash = hash AND l.expires_at > moment AND t.activity_id = l.activity_id AND t.carer_id = l.carer_id AND a.cancelled_at IS NULL AND a.starts_at > moment;
  RETURN FOUND;
END $$;

-- What approved carers and families in assessment offer, counted by council, ages and kinds of care: figures, no family.
CREATE FUNCTION places_offered(day date) RETURNS TABLE (authority text, standing text, care text, age_band text, households integer, places integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH bands (band, band_from, band_to) AS (VALUES ('0–4', 0, 4), ('5–10', 5, 10), ('11–15', 11, 15), ('16–17', 16, 17)),
  approved AS (
    SELECT h.authority, h.id, t.children, t.age_from, t.age_to, t.care
      FROM carer_households h
      JOIN LATERAL (SELECT * FROM carer_terms t WHERE t.carer_id = h.id AND t.holds_from <= day ORDER BY t.holds_from DESC LIMIT 1) t ON true
     WHERE h.kind IN ('foster', 'kinship') AND h.approved_on <= day AND (h.left_on IS NULL OR h.left_on > day)),
  coming AS (
    SELECT j.authority, j.id, 1 AS children, 0 AS age_from, 17 AS age_to, h.interests AS care
      FROM journeys j JOIN households h ON h.id = j.household_id
     WHERE j.stage IN ('assessment', 'decision') AND j.status IN ('open', 'on_hold') AND NOT j.kinship)
  SELECT a.authority, 'approved', kind, b.band, count(*)::int, sum(a.children)::int FROM approved a, unnest(a.care) kind, bands b
   WHERE a.authority = ANY (scope_of('figures')) AND b.band_from <= a.age_to AND b.band_to >= a.age_from GROUP BY 1, 3, 4
  UNION ALL SELECT a.authority, 'approved', '', '', count(*)::int, sum(a.children)::int FROM approved a WHERE a.authority = ANY (scope_of('figures')) GROUP BY 1
  UNION ALL SELECT c.authority, 'in_assessment', kind, '', count(*)::int, sum(c.children)::int FROM coming c, unnest(c.care) kind WHERE c.authority = ANY (scope_of('figures')) GROUP BY 1, 3
  UNION ALL SELECT c.authority, 'in_assessment', '', '', count(*)::int, sum(c.children)::int FROM coming c WHERE c.authority = ANY (scope_of('figures')) GROUP BY 1
$$;
`;

const carerTable = (table: string): string => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY register ON ${table} TO hub_app
  USING (EXISTS (SELECT FROM carer_households h WHERE h.id = ${table}.carer_id AND h.authority = ANY ((SELECT scope_of('carers'))::text[])))
  WITH CHECK (EXISTS (SELECT FROM carer_households h WHERE h.id = ${table}.carer_id AND h.authority = ANY ((SELECT scope_of('carers'))::text[])));
`;

const constellationTable = (table: string): string => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY constellation ON ${table} TO hub_app
  USING (EXISTS (SELECT FROM constellations c WHERE c.id = ${table}.constellation_id)) WITH CHECK (EXISTS (SELECT FROM constellations c WHERE c.id = ${table}.constellation_id));
`;

const CARER_TABLES = ['carer_people', 'carer_terms', 'carer_reviews', 'carer_training', 'carer_placements', 'carer_events', 'carer_imports'];
/** What a liaison worker reads of the carers in the own constellations: who they are and what they offer, not reviews and placements. */
const SEEN_IN_CONSTELLATIONS = ['carer_people', 'carer_terms'];
const CONSTELLATION_TABLES = ['constellation_memberships', 'constellation_membership_history', 'constellation_activities', 'constellation_attendance', 'invitation_links', 'constellation_stays', 'constellation_contacts', 'constellation_requests', 'constellation_expenses', 'constellation_reports'];

const policies = `
ALTER TABLE carer_households ENABLE ROW LEVEL SECURITY;
CREATE POLICY register ON carer_households TO hub_app USING (authority = ANY ((SELECT scope_of('carers'))::text[])) WITH CHECK (authority = ANY ((SELECT scope_of('carers'))::text[]));
CREATE POLICY constellation ON carer_households FOR SELECT TO hub_app USING (id = ANY ((SELECT carers_of_constellations())::uuid[]));
ALTER TABLE constellations ENABLE ROW LEVEL SECURITY;
CREATE POLICY constellation ON constellations TO hub_app USING (authority = ANY ((SELECT scope_of('constellations'))::text[])) WITH CHECK (authority = ANY ((SELECT scope_of('constellations'))::text[]));
ALTER TABLE care_need ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON care_need FOR SELECT TO hub_app USING (authority = ANY ((SELECT scope_of('figures'))::text[]));
CREATE POLICY add ON care_need FOR INSERT TO hub_app WITH CHECK (authority = ANY ((SELECT scope_of('figures'))::text[]));
ALTER TABLE constellation_limits ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON constellation_limits FOR SELECT TO hub_app USING ((SELECT actor_kind()) IN ('staff', 'system'));
CREATE POLICY add ON constellation_limits FOR INSERT TO hub_app WITH CHECK ((SELECT actor_kind()) IN ('staff', 'system'));
`;

const seeds = `
INSERT INTO constellation_limits (rule, holds_from, amount, source, recorded_by) VALUES
  ('most_satellites', '2016-01-01', 10, 'The Mockingbird model: six to ten satellite families around a hub home', 'system:migration'),
  ('fewest_satellites', '2016-01-01', 6, 'The Mockingbird model: six to ten satellite families around a hub home', 'system:migration'),
  ('hub_spare_beds', '2016-01-01', 2, 'The Mockingbird model: two beds for sleepovers, in which no child lives', 'system:migration');
INSERT INTO care_need (authority, holds_from, children_in_care, fostering_households, source, recorded_by) VALUES
  ('derby', '2025-03-31', 550, 140, 'Published for 2025', 'system:migration'),
  ('derbyshire', '2025-03-31', 1025, 206, 'Published for 2025', 'system:migration'),
  ('nottingham', '2025-03-31', 639, 100, 'Published for 2025', 'system:migration'),
  ('nottinghamshire', '2025-03-31', 910, 187, 'Published for 2025', 'system:migration');
INSERT INTO time_limits (rule, holds_from, amount, unit, source, recorded_by) VALUES
  ('first_review', '2016-01-01', 12, 'months', 'Fostering Services Regulations 2011, reg 28: within the first year of approval', 'system:migration'),
  ('yearly_review', '2016-01-01', 12, 'months', 'Fostering Services Regulations 2011, reg 28: thereafter at intervals of not more than a year', 'system:migration');
`;

export class CarersAndConstellations0040 implements MigrationInterface {
  readonly name = 'CarersAndConstellations1700000000040';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [carers, constellations, rules, life, doors, policies]) await runner.query(part);
    for (const table of CARER_TABLES) await runner.query(carerTable(table));
    for (const table of SEEN_IN_CONSTELLATIONS) await runner.query(`CREATE POLICY constellation ON ${table} FOR SELECT TO hub_app USING (carer_id = ANY ((SELECT carers_of_constellations())::uuid[]))`);
    for (const table of CONSTELLATION_TABLES) await runner.query(constellationTable(table));
    await runner.query(`
      GRANT SELECT, INSERT, UPDATE ON carer_households, carer_people, carer_reviews, carer_placements TO hub_app;
      GRANT SELECT, INSERT ON carer_terms, carer_events, carer_imports, constellation_membership_history, constellation_limits, care_need TO hub_app;
      GRANT SELECT, INSERT, UPDATE ON carer_training TO hub_app;
      GRANT SELECT, INSERT ON constellations TO hub_app;
      GRANT UPDATE (name, area, liaison_id, started_on, ended_on, end_reason, version) ON constellations TO hub_app;
      GRANT SELECT, INSERT, UPDATE ON constellation_memberships, constellation_activities, constellation_attendance, constellation_stays, constellation_contacts, constellation_requests, constellation_expenses, constellation_reports TO hub_app;
      GRANT INSERT ON invitation_links TO hub_app;
    `);
    await runner.query(seeds);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
