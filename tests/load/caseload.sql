-- Gives one social worker (setting load.social_worker, an id) a caseload of 500 families: applications of the last year whose
-- files are open, each with fifteen checks, half of them done, and with the clock of eight months.
CREATE TEMP TABLE load_cases AS
  SELECT j.id, j.household_id, coalesce(j.application_on, current_date - 30 - (row_number() OVER (ORDER BY j.id))::int % 200) AS applied_on, row_number() OVER (ORDER BY j.id) AS n
    FROM journeys j JOIN staff_roles r ON r.staff_id = current_setting('load.social_worker')::uuid AND r.authority = j.authority
   WHERE j.status = 'open' AND j.stage <> 'decision' AND j.stage_1_on IS NULL ORDER BY j.application_on IS NULL, j.id LIMIT 500;

ALTER TABLE journeys DISABLE TRIGGER USER;
UPDATE journeys j SET social_worker_id = current_setting('load.social_worker')::uuid, application_on = greatest(c.applied_on, j.enquiry_on, j.initial_application_on, j.home_visit_on),
       stage = 'assessment', stage_since = greatest(c.applied_on, j.enquiry_on), next_step = 'complete_stage_1', waiting_for = 'authority', last_activity_at = now() - make_interval(days => (c.n % 40)::int)
  FROM load_cases c WHERE j.id = c.id;
ALTER TABLE journeys ENABLE TRIGGER USER;

INSERT INTO assessments (journey_id, opened_at, application_on, stage_1_started_on, assessor_id)
  SELECT j.id, now(), j.application_on, j.application_on, j.social_worker_id FROM journeys j JOIN load_cases c ON c.id = j.id;
INSERT INTO checks (id, journey_id, type, about, person_id, ordinal, requested_on, sent_on, received_on, outcome, outcome_on, added_on)
  SELECT uuidv7(), j.id, t.code, 'household', NULL, 1, j.application_on, j.application_on, CASE WHEN (t.place + c.n) % 2 = 0 THEN j.application_on END,
         CASE WHEN (t.place + c.n) % 2 = 0 THEN 'satisfactory' END, CASE WHEN (t.place + c.n) % 2 = 0 THEN j.application_on END, j.application_on
    FROM journeys j JOIN load_cases c ON c.id = j.id CROSS JOIN (SELECT code, row_number() OVER (ORDER BY display_order) AS place FROM (SELECT DISTINCT ON (code) code, display_order FROM check_types) types) t;
INSERT INTO clocks (id, journey_id, rule, limit_id, started_at, due_at, due_on, state)
  SELECT uuidv7(), j.id, 'recommendation', (SELECT id FROM time_limits WHERE rule = 'recommendation' AND authority IS NULL ORDER BY holds_from DESC LIMIT 1), j.application_on::timestamp AT TIME ZONE 'Europe/London',
         (j.application_on + interval '8 months 1 day') AT TIME ZONE 'Europe/London', (j.application_on + interval '8 months')::date, 'running'
    FROM journeys j JOIN load_cases c ON c.id = j.id;
DROP TABLE load_cases;
ANALYZE journeys, assessments, checks, clocks;
