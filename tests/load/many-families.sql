-- A hub after many years: as many journeys as load.journeys says, made up and spread over load.years, so that the speed of the
-- pages can be measured. Run as the owner on an empty, migrated database. The setting load.seed makes it repeatable; load.forgotten
-- is the share of families that are never closed (a quarter where nobody tidies up, none where somebody does), and with
-- load.papers = 'open' only families that are still open have a timeline and clocks: reports ask for neither.
-- Due times are rough (every day counts as a working day): nothing here is for checking figures.
-- Telephone numbers are one digit too long and postcodes lie in an area that does not exist, so that none can be anybody's;
-- one family in twenty has a number from the ranges kept for drama, which is what the measurements look for.

SELECT setseed(current_setting('load.seed')::float8);

-- One moment for everything that follows.
CREATE TEMP TABLE load_now AS SELECT date_trunc('minute', now()) AS moment, (now() AT TIME ZONE 'Europe/London')::date AS today;

CREATE FUNCTION pg_temp.one_of(choices text[]) RETURNS text LANGUAGE sql VOLATILE AS
  $$ SELECT choices[1 + floor(random() * cardinality(choices))::int] $$;
CREATE FUNCTION pg_temp.between(low int, high int) RETURNS int LANGUAGE sql VOLATILE AS
  $$ SELECT low + floor(random() * (high - low + 1))::int $$;

CREATE TEMP TABLE first_names AS SELECT ARRAY['Aaliyah','Abdul','Abigail','Adam','Adebayo','Agnieszka','Aisha','Alan','Alice','Amara','Amelia','Amir','Andrea','Andrew','Angela','Anita','Anna','Anthony','Arjun','Ashley','Barbara','Ben','Beth','Brian','Callum','Carol','Caroline','Catherine','Charlotte','Chidi','Chloe','Christine','Claire','Colin','Craig','Daniel','David','Dawn','Deborah','Dennis','Diane','Donna','Dorota','Edward','Eleanor','Elizabeth','Emily','Emma','Eric','Fatima','Fiona','Frances','Gareth','Gary','George','Gillian','Grace','Graham','Hannah','Harry','Hassan','Heather','Helen','Ian','Imran','Irene','Isaac','Jack','Jacqueline','James','Jamila','Jan','Jane','Janet','Jason','Jean','Jennifer','Jessica','Joanne','John','Jonathan','Joseph','Joyce','Julie','Karen','Kate','Kathleen','Keith','Kelly','Kevin','Kwame','Laura','Lauren','Lee','Leila','Linda','Lisa','Louise','Lucy','Luke','Margaret','Maria','Mark','Martin','Mary','Matthew','Maureen','Megan','Melanie','Michael','Michelle','Mohammed','Monika','Naomi','Natalie','Nathan','Neil','Ngozi','Nicola','Nigel','Olivia','Oluwaseun','Pamela','Patricia','Patrick','Paul','Pauline','Peter','Philip','Priya','Rachel','Raj','Rebecca','Richard','Robert','Ruth','Ryan','Samantha','Sandra','Sanjay','Sarah','Scott','Sean','Sharon','Shirley','Sian','Simon','Sophie','Stephanie','Stephen','Steven','Susan','Tariq','Thomas','Timothy','Tracey','Valerie','Victoria','Wayne','Wendy','William','Yasmin','Yusuf','Zainab','Zoe'] AS names;
CREATE TEMP TABLE last_names AS SELECT ARRAY['Adams','Adeyemi','Ahmed','Akhtar','Ali','Allen','Anderson','Andrews','Armstrong','Bailey','Baker','Barker','Barnes','Begum','Bell','Bennett','Berry','Booth','Bradley','Brooks','Brown','Burton','Butler','Campbell','Carter','Chambers','Chapman','Chaudhry','Clark','Clarke','Cole','Collins','Cook','Cooper','Cox','Davies','Davis','Dawson','Dixon','Edwards','Elliott','Ellis','Evans','Fisher','Fletcher','Ford','Foster','Fox','Gibson','Gill','Gordon','Graham','Grant','Gray','Green','Griffiths','Hall','Hamilton','Harris','Harrison','Hart','Harvey','Hill','Holmes','Howard','Hughes','Hunt','Hunter','Hussain','Iqbal','Jackson','James','Jenkins','Johnson','Jones','Kaur','Kelly','Kennedy','Khan','King','Knight','Kowalski','Lawrence','Lee','Lewis','Lloyd','Macdonald','Marsh','Marshall','Martin','Mason','Matthews','Miller','Mills','Mitchell','Moore','Morgan','Morris','Murphy','Murray','Newman','Nowak','O''Brien','Okafor','Okonkwo','Owen','Palmer','Parker','Patel','Pearce','Pearson','Phillips','Powell','Price','Rahman','Reid','Reynolds','Richards','Richardson','Roberts','Robertson','Robinson','Rogers','Rose','Russell','Saunders','Scott','Shah','Sharma','Shaw','Simpson','Singh','Smith','Spencer','Stevens','Stewart','Stone','Taylor','Thomas','Thompson','Turner','Walker','Walsh','Ward','Watson','Watts','Webb','West','White','Wilkinson','Williams','Williamson','Wilson','Wood','Woods','Wright','Young'] AS names;
CREATE TEMP TABLE syllables AS SELECT ARRAY['','','','','','','worth','by','ley','ton','croft','field','wood','stone','well','man','ham','gate','more','land'] AS ends;

-- Staff: twelve officers of the hub, twenty-five social workers and a team manager for each authority, an analyst.
CREATE TEMP TABLE load_staff AS
  SELECT uuidv7() AS id, role, authority, role || '-' || coalesce(authority, 'hub') || '-' || n || '@example.org' AS email,
         (SELECT pg_temp.one_of(names) FROM first_names WHERE n > 0) || ' ' || (SELECT pg_temp.one_of(names) FROM last_names WHERE n > 0) AS name
    FROM (SELECT 'recruitment_officer' AS role, NULL AS authority, n FROM generate_series(1, 12) n
          UNION ALL SELECT 'hub_manager', NULL, 1
          UNION ALL SELECT 'analyst', NULL, 1
          UNION ALL SELECT 'social_worker', code, n FROM authorities, generate_series(1, 25) n WHERE code <> 'unrouted'
          UNION ALL SELECT 'team_manager', code, 1 FROM authorities WHERE code <> 'unrouted') roles;
INSERT INTO staff (id, email, name, state, created_at) SELECT id, replace(email, '_', '-'), name, 'active', moment - interval '7 years' FROM load_staff, load_now;
INSERT INTO staff_roles (id, staff_id, role, authority, granted_at, granted_by) SELECT uuidv7(), id, role, authority, moment - interval '7 years', 'system:load' FROM load_staff, load_now;

CREATE TEMP TABLE load_teams AS SELECT role, authority, array_agg(id ORDER BY email) AS ids FROM load_staff GROUP BY role, authority;

-- Every journey's story in days, before what lies in the future is cut off.
CREATE TEMP TABLE stories AS
  WITH arrivals AS (
    SELECT n, moment - (1 - n / current_setting('load.journeys')::float8) * (current_setting('load.years')::float8 * 365.25) * interval '1 day' - pg_temp.between(0, 900) * interval '1 minute' AS received, random() AS fate, random() AS depth
      FROM generate_series(1, current_setting('load.journeys')::int) n, load_now
  ), told AS (
    SELECT n, date_trunc('minute', received) AS received_at, (date_trunc('minute', received) AT TIME ZONE 'Europe/London')::date AS enquiry_on,
           CASE WHEN fate < 0.085 THEN 'approved' WHEN fate < 1 - current_setting('load.forgotten')::float8 THEN 'closed' ELSE 'left open' END AS fate,
           CASE WHEN fate < 0.085 THEN 7 WHEN depth < 0.66 THEN 0 WHEN depth < 0.79 THEN 1 WHEN depth < 0.90 THEN 2 WHEN depth < 0.94 THEN 3 WHEN depth < 0.95 THEN 4 WHEN depth < 0.985 THEN 5 ELSE 6 END AS depth,
           pg_temp.between(2, 25) AS d1, pg_temp.between(4, 25) AS d2, pg_temp.between(15, 60) AS d3, pg_temp.between(20, 70) AS d4, pg_temp.between(0, 20) AS d5, pg_temp.between(60, 140) AS d6, pg_temp.between(3, 21) AS d7, pg_temp.between(3, 90) AS d_close,
           CASE WHEN random() < 0.93 THEN pg_temp.between(20, 3000) END AS minutes_to_answer
      FROM arrivals
  ), dated AS (
    SELECT told.*, CASE WHEN depth >= 1 THEN enquiry_on + d1 END AS m1, CASE WHEN depth >= 2 THEN enquiry_on + d1 + d2 END AS m2, CASE WHEN depth >= 3 THEN enquiry_on + d1 + d2 + d3 END AS m3,
           CASE WHEN depth >= 4 THEN enquiry_on + d1 + d2 + d3 + d4 END AS m4, CASE WHEN depth >= 5 THEN enquiry_on + d1 + d2 + d3 + d4 + d5 END AS m5,
           CASE WHEN depth >= 6 THEN enquiry_on + d1 + d2 + d3 + d4 + d5 + d6 END AS m6, CASE WHEN depth >= 7 THEN enquiry_on + d1 + d2 + d3 + d4 + d5 + d6 + d7 END AS m7
      FROM told
  )
  SELECT n, received_at, enquiry_on, fate, m1, m2, m3, m4, m5, m6, m7,
         CASE WHEN received_at + minutes_to_answer * interval '1 minute' <= moment THEN received_at + minutes_to_answer * interval '1 minute' END AS answered_at,
         CASE WHEN fate = 'closed' THEN greatest(enquiry_on, m1, m2, m3, m4, m5, m6) + d_close END AS closing
    FROM dated, load_now;
UPDATE stories SET closing = NULL FROM load_now WHERE closing > today;
UPDATE stories SET m1 = CASE WHEN m1 <= today THEN m1 END, m2 = CASE WHEN m2 <= today THEN m2 END, m3 = CASE WHEN m3 <= today THEN m3 END, m4 = CASE WHEN m4 <= today THEN m4 END,
                   m5 = CASE WHEN m5 <= today THEN m5 END, m6 = CASE WHEN m6 <= today THEN m6 END, m7 = CASE WHEN m7 <= today THEN m7 END FROM load_now WHERE m1 IS NOT NULL;

CREATE TEMP TABLE load_families AS
  SELECT s.*, uuidv7() AS journey_id, uuidv7() AS household_id, uuidv7() AS contact_id,
         CASE WHEN chance < 0.22 THEN 'derby' WHEN chance < 0.54 THEN 'derbyshire' WHEN chance < 0.70 THEN 'nottingham' WHEN chance < 0.99 OR m1 IS NOT NULL OR closing IS NOT NULL THEN 'nottinghamshire' ELSE 'unrouted' END AS authority,
         pg_temp.one_of(ARRAY['web','web','web','web','phone','phone','email','event','social','referral']) AS channel,
         pg_temp.one_of(ARRAY['Search engine','Facebook','Radio','Leaflet','A foster carer','Bus advertisement','Council magazine',NULL]) AS source,
         (SELECT pg_temp.one_of(names) FROM last_names WHERE n > 0) || (SELECT pg_temp.one_of(ends) FROM syllables WHERE n > 0) AS last_name,
         (SELECT pg_temp.one_of(names) FROM first_names WHERE n > 0) AS first_name,
         CASE WHEN random() < 0.45 THEN (SELECT pg_temp.one_of(names) FROM first_names WHERE n > 0) END AS partner,
         CASE WHEN n % 20 = 0 THEN '+447700900' || lpad(pg_temp.between(0, 999)::text, 3, '0') ELSE '+4477009' || lpad(n::text, 7, '0') END AS phone,
         'ZX' || pg_temp.between(1, 99) || ' ' || pg_temp.between(1, 9) || pg_temp.one_of(ARRAY['AA','AB','AD','BB','BD','DF','EG','FH','GH','HJ','JL','LN']) AS postcode,
         CASE WHEN m7 IS NOT NULL THEN 'approved' WHEN closing IS NOT NULL THEN 'closed' WHEN random() < 0.06 AND enquiry_on < today - 20 THEN 'on_hold' ELSE 'open' END AS status,
         random() AS luck
    FROM (SELECT *, random() AS chance FROM stories) s, load_now;

ALTER TABLE load_families ADD COLUMN email text GENERATED ALWAYS AS (lower(first_name) || '.' || lower(replace(last_name, '''', '')) || '.' || right(household_id::text, 12) || '@example.org') STORED;

-- One family in forty comes back after a close.
UPDATE load_families again SET household_id = before.household_id, last_name = before.last_name, first_name = before.first_name, partner = before.partner, phone = before.phone, postcode = before.postcode
  FROM load_families before
 WHERE again.n % 40 = 0 AND before.n = again.n - current_setting('load.journeys')::int / 5 AND before.status = 'closed' AND before.closing < again.enquiry_on;

-- What triggers and foreign keys would do or refuse for each row is done for all of them at once, and indexes are made at the end.
SET session_replication_role = replica;
CREATE TEMP TABLE load_indexes AS
  SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
   WHERE i.indrelid IN ('households'::regclass, 'applicants'::regclass, 'journeys'::regclass, 'contacts'::regclass, 'journey_events'::regclass, 'timeline_entries'::regclass, 'clocks'::regclass, 'journey_standings'::regclass)
     AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid);
DO $$ DECLARE dropped text; BEGIN FOR dropped IN SELECT name FROM load_indexes LOOP EXECUTE 'DROP INDEX ' || dropped; END LOOP; END $$;

INSERT INTO households (id, authority, name, postcode, town, spare_rooms, tenure, fosters_now, interests, created_at, search_text)
  SELECT DISTINCT ON (household_id) household_id, authority, CASE WHEN partner IS NULL THEN first_name ELSE first_name || ' and ' || partner END || ' ' || last_name, postcode, 'Exampleton',
         (n % 4)::smallint, (ARRAY['owned', 'mortgaged', 'private_rent', 'social_rent'])[1 + n % 4], (ARRAY['no', 'no', 'no', 'before', 'agency'])[1 + n % 5], (ARRAY['{short_term}', '{long_term,siblings}', '{not_sure}', '{teenagers,emergency}']::text[])[1 + n % 4]::text[], received_at,
         fold_for_search(concat_ws(' ', CASE WHEN partner IS NULL THEN first_name ELSE first_name || ' and ' || partner END || ' ' || last_name, replace(postcode, ' ', ''),
           first_name, last_name, email, phone, '0' || substr(phone, 4), partner, CASE WHEN partner IS NOT NULL THEN last_name END))
    FROM load_families ORDER BY household_id, n DESC;
INSERT INTO applicants (id, household_id, position, first_name, last_name, email, phone, preferred_contact)
  SELECT DISTINCT ON (household_id) uuidv7(), household_id, 1, first_name, last_name, email, phone, 'phone' FROM load_families ORDER BY household_id, n;
INSERT INTO applicants (id, household_id, position, first_name, last_name, email, phone)
  SELECT DISTINCT ON (household_id) uuidv7(), household_id, 2, partner, last_name, NULL, NULL FROM load_families WHERE partner IS NOT NULL ORDER BY household_id, n;

INSERT INTO journeys (id, reference, household_id, authority, channel, source, enquiry_received_at, enquiry_on, first_response_at, initial_application_on, home_visit_on, application_on, stage_1_on, stage_2_on, panel_on, approved_on,
                      stage, stage_since, status, held_on, hold_until, closed_on, closed_by, closed_reason, officer_id, social_worker_id, next_step, next_due_at, waiting_for, attempts, last_activity_at)
  SELECT journey_id, 'LOAD-' || lpad(n::text, 7, '0'), household_id, f.authority, channel, source, received_at, enquiry_on, answered_at, m1, m2, m3, m4, m5, m6, m7,
         CASE WHEN m7 IS NOT NULL THEN 'approved' WHEN m6 IS NOT NULL THEN 'decision' WHEN m3 IS NOT NULL THEN 'assessment' WHEN m2 IS NOT NULL THEN 'home_visit' WHEN m1 IS NOT NULL THEN 'initial_application' ELSE 'enquiry' END,
         coalesce(m7, m6, m3, m2, m1, enquiry_on), status,
         CASE WHEN status = 'on_hold' THEN today - 15 END, CASE WHEN status = 'on_hold' THEN today - 15 + (n % 150)::int END,
         closing, CASE WHEN status = 'closed' THEN (ARRAY['applicant', 'service', 'no_contact'])[1 + n % 3] END, CASE WHEN status = 'closed' THEN (ARRAY['changed_mind', 'no_spare_room', 'no_response'])[1 + n % 3] END,
         CASE WHEN luck < 0.93 THEN (SELECT ids[1 + n % 12] FROM load_teams WHERE role = 'recruitment_officer') END,
         CASE WHEN m1 IS NOT NULL AND luck < 0.95 THEN (SELECT ids[1 + n % 25] FROM load_teams t WHERE t.role = 'social_worker' AND t.authority = f.authority) END,
         CASE WHEN status = 'on_hold' THEN 'return_from_hold' WHEN status <> 'open' THEN NULL WHEN answered_at IS NULL AND m1 IS NULL THEN 'ring_back' WHEN f.authority = 'unrouted' THEN 'route_enquiry' WHEN m6 IS NOT NULL THEN 'record_decision' WHEN m5 IS NOT NULL THEN 'go_to_panel' WHEN m4 IS NOT NULL THEN 'start_stage_2' WHEN m3 IS NOT NULL THEN 'complete_stage_1'
              WHEN m2 IS NOT NULL THEN 'invite_application' WHEN m1 IS NOT NULL THEN 'arrange_home_visit' ELSE 'arrange_initial_application' END,
         CASE WHEN status = 'on_hold' THEN (today - 15 + (n % 150)::int)::timestamptz WHEN status <> 'open' THEN NULL
              WHEN answered_at IS NULL AND m1 IS NULL THEN received_at + interval '1 day' WHEN m1 IS NULL THEN received_at + interval '10 days' WHEN m2 IS NULL THEN (m1 + 14)::timestamptz WHEN m3 IS NULL THEN (m2 + 10)::timestamptz ELSE (enquiry_on + 183)::timestamptz END,
         CASE WHEN status NOT IN ('open', 'on_hold') THEN NULL WHEN status = 'on_hold' THEN 'hub' WHEN m2 IS NOT NULL AND m3 IS NULL THEN 'family' WHEN m1 IS NOT NULL THEN 'authority' WHEN answered_at IS NOT NULL AND f.authority <> 'unrouted' THEN 'family' ELSE 'hub' END,
         CASE WHEN answered_at IS NULL THEN n % 4 ELSE 0 END, coalesce(answered_at, received_at)
    FROM load_families f, load_now ORDER BY n;

INSERT INTO contacts (id, authority, journey_id, received_at, recorded_at, channel, source, message, reference, screening)
  SELECT contact_id, authority, journey_id, received_at, received_at, channel, source, 'We have thought about this for a long time.', 'LOAD-' || lpad(n::text, 7, '0'), 'clear' FROM load_families ORDER BY n;

INSERT INTO journey_events (journey_id, kind, happened_on, happened_at, recorded_at, recorded_by, detail)
  SELECT journey_id, 'contact', enquiry_on, received_at, received_at, 'system:load', jsonb_build_object('contactId', contact_id) FROM load_families ORDER BY n;
INSERT INTO journey_events (journey_id, kind, milestone, happened_on, happened_at, due_at, recorded_at, recorded_by)
  SELECT journey_id, 'milestone', 'enquiry', enquiry_on, received_at, ((enquiry_on + 1) + time '17:00') AT TIME ZONE 'Europe/London', received_at, 'system:load' FROM load_families ORDER BY n;
INSERT INTO journey_events (journey_id, kind, authority, happened_on, recorded_at, recorded_by)
  SELECT journey_id, 'routed', authority, enquiry_on, received_at, 'system:load' FROM load_families ORDER BY n;
INSERT INTO journey_events (journey_id, kind, happened_on, happened_at, due_at, working_minutes, recorded_at, recorded_by)
  SELECT journey_id, 'first_response', (answered_at AT TIME ZONE 'Europe/London')::date, answered_at, ((enquiry_on + 1) + time '17:00') AT TIME ZONE 'Europe/London', (extract(epoch FROM answered_at - received_at) / 180)::int, answered_at, 'system:load' FROM load_families WHERE answered_at IS NOT NULL ORDER BY n;
INSERT INTO journey_events (journey_id, kind, milestone, happened_on, recorded_at, recorded_by)
  SELECT journey_id, 'milestone', milestone, on_date, on_date + time '12:00', 'system:load'
    FROM load_families, LATERAL (VALUES ('initial_application', m1), ('home_visit', m2), ('application', m3), ('stage_1', m4), ('stage_2', m5), ('panel', m6), ('approved', m7)) AS passed (milestone, on_date)
   WHERE on_date IS NOT NULL ORDER BY n;
INSERT INTO journey_events (journey_id, kind, closed_by, closed_reason, happened_on, recorded_at, recorded_by)
  SELECT id, 'closed', closed_by, closed_reason, closed_on, closed_on + time '12:00', 'system:load' FROM journeys WHERE status = 'closed';

CREATE TEMP VIEW load_with_papers AS SELECT * FROM load_families WHERE current_setting('load.papers') = 'all' OR status IN ('open', 'on_hold');

INSERT INTO timeline_entries (id, journey_id, kind, happened_at, recorded_at, recorded_by, title, body)
  SELECT uuidv7(), journey_id, 'contact', received_at, received_at, 'public', 'Enquiry received', 'We have thought about this for a long time.' FROM load_with_papers ORDER BY n;
INSERT INTO timeline_entries (id, journey_id, kind, happened_at, recorded_at, recorded_by, staff_id, title, body)
  SELECT uuidv7(), journey_id, 'conversation', answered_at, answered_at, 'staff:' || officer_id, officer_id, 'Telephone call', 'A good conversation about what fostering is.'
    FROM load_with_papers JOIN journeys ON journeys.id = journey_id WHERE answered_at IS NOT NULL AND officer_id IS NOT NULL ORDER BY n;

INSERT INTO clocks (id, journey_id, rule, limit_id, started_at, due_at, due_on, state, ended_at)
  SELECT uuidv7(), journey_id, 'first_response', (SELECT id FROM time_limits WHERE rule = 'first_response'), received_at, received_at + interval '1 day', (received_at + interval '1 day')::date,
         CASE WHEN answered_at IS NOT NULL THEN 'met' WHEN status IN ('closed', 'approved') THEN 'stopped' WHEN status = 'on_hold' THEN 'paused' ELSE 'running' END,
         CASE WHEN answered_at IS NOT NULL THEN answered_at WHEN status IN ('closed', 'approved') THEN moment END FROM load_with_papers, load_now ORDER BY n;
INSERT INTO clocks (id, journey_id, rule, limit_id, started_at, due_at, due_on, state, ended_at)
  SELECT uuidv7(), journey_id, 'turnaround', (SELECT id FROM time_limits WHERE rule = 'turnaround'), received_at, received_at + interval '183 days', enquiry_on + 183,
         CASE status WHEN 'approved' THEN 'met' WHEN 'closed' THEN 'stopped' WHEN 'on_hold' THEN 'paused' ELSE 'running' END,
         CASE WHEN status IN ('closed', 'approved') THEN moment END FROM load_with_papers, load_now ORDER BY n;

DO $$ DECLARE definition text; BEGIN FOR definition IN SELECT l.definition FROM load_indexes l LOOP EXECUTE definition; END LOOP; END $$;
ANALYZE journey_events;
INSERT INTO journey_standings SELECT * FROM standings_of(ARRAY(SELECT journey_id FROM load_families)) ORDER BY enquiry_on;
SET session_replication_role = origin;
