import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By what enquiries are told apart where families are lost, and when each milestone was passed, beside how a journey
 * stands: so that nobody has to read the history of a year, or the families themselves, to count either.
 */
const columns = `
ALTER TABLE journey_standings ADD COLUMN passed_on date[] NOT NULL DEFAULT '{}', ADD COLUMN channel text, ADD COLUMN source text;
COMMENT ON COLUMN journey_standings.passed_on IS 'The date of each milestone in their order, from the enquiry to the approval; null where it was not passed.';
COMMENT ON COLUMN journey_standings.channel IS 'Of the enquiry that opened the journey; as source, without blanks around it, empty when nothing was said.';
`;

const RECORDED = `lpad(e.id::text, 19, '0')`;
const NAMES = ['enquiry', 'initial_application', 'home_visit', 'application', 'stage_1', 'stage_2', 'panel', 'approved'];
const MILESTONES = `ARRAY[${NAMES.map((name) => `'${name}'`).join(', ')}]`;
const passedOn = (name: string): string => `max(happened_on) FILTER (WHERE milestone = '${name}' AND superseded_at IS NULL)`;

const standingsOf = `
CREATE OR REPLACE FUNCTION standings_of(journeys uuid[]) RETURNS SETOF journey_standings
LANGUAGE sql STABLE SET search_path = public AS $$
  WITH latest AS (
    SELECT journey_id,
           max(happened_at) AS last_at, greatest(max(recorded_at), max(superseded_at)) AS known_at, min(happened_on) AS first_on, max(happened_on) AS last_on,
           ARRAY[${NAMES.map(passedOn).join(', ')}] AS passed_on,
           max(due_at) FILTER (WHERE milestone = 'enquiry' AND superseded_at IS NULL) AS due_at,
           max(array_position(${MILESTONES}, milestone)) FILTER (WHERE superseded_at IS NULL) AS furthest,
           max(happened_at) FILTER (WHERE kind = 'first_response' AND superseded_at IS NULL) AS answered_at,
           max(working_minutes) FILTER (WHERE kind = 'first_response' AND superseded_at IS NULL) AS working_minutes,
           max(ARRAY[${RECORDED}, authority]) FILTER (WHERE kind = 'routed' AND superseded_at IS NULL) AS routing,
           max(ARRAY[${RECORDED}, kind, closed_by, closed_reason, happened_on::text]) FILTER (WHERE kind IN ('closed', 'reopened') AND superseded_at IS NULL) AS ending,
           max(ARRAY[${RECORDED}, kind]) FILTER (WHERE (kind IN ('kinship_marked', 'kinship_cleared') OR closed_reason = 'kinship') AND superseded_at IS NULL) AS kinship
      FROM journey_events e WHERE journey_id = ANY ($1) GROUP BY journey_id),
  told AS (
    SELECT latest.*, passed_on[1] AS enquiry_on, passed_on[4] AS application_on, passed_on[8] AS approved_on FROM latest)
  SELECT t.journey_id, pg_current_xact_id(), due_at, answered_at, last_at, known_at, t.enquiry_on, t.application_on, t.approved_on,
         CASE WHEN t.approved_on IS NOT NULL THEN t.approved_on WHEN ending[2] = 'closed' THEN ending[5]::date END, first_on, last_on, working_minutes,
         CASE WHEN t.approved_on IS NOT NULL THEN (
           SELECT coalesce(sum(coalesce(h.until_on, t.approved_on) - h.happened_on), 0)::int FROM (
             SELECT e.kind, e.happened_on, lead(e.happened_on) OVER (ORDER BY e.id) AS until_on FROM journey_events e
              WHERE e.journey_id = t.journey_id AND e.kind IN ('held', 'resumed', 'closed') AND e.superseded_at IS NULL) h
            WHERE h.kind = 'held') END,
         coalesce(routing[2], 'unrouted'), (${MILESTONES})[furthest],
         CASE WHEN t.approved_on IS NOT NULL THEN 'approved' WHEN ending[2] = 'closed' THEN 'closed' ELSE 'open' END,
         CASE WHEN t.approved_on IS NULL AND ending[2] = 'closed' THEN ending[3] END, CASE WHEN t.approved_on IS NULL AND ending[2] = 'closed' THEN ending[4] END,
         CASE WHEN ending[2] = 'closed' AND ending[4] IN ('duplicate', 'not_an_enquiry') THEN ending[4]
              WHEN t.kinship[2] <> 'kinship_cleared' THEN 'kinship' END,
         passed_on, j.channel, coalesce(trim(j.source), '')
    FROM told t JOIN journeys j ON j.id = t.journey_id
$$;
`;

const COLUMNS = ['changed_by', 'due_at', 'answered_at', 'last_at', 'known_at', 'enquiry_on', 'application_on', 'approved_on', 'ended_on', 'first_on', 'last_on', 'working_minutes', 'held_days', 'authority', 'furthest', 'standing', 'closed_by', 'closed_reason', 'excluded_as', 'passed_on', 'channel', 'source'];

const upkeep = `
CREATE OR REPLACE FUNCTION keep_standings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  touched uuid[] := ARRAY(SELECT DISTINCT journey_id FROM written);
  unseen uuid[] := ARRAY(SELECT t FROM unnest(touched) t WHERE NOT EXISTS (SELECT FROM journey_standings s WHERE s.journey_id = t));
  added uuid[];
BEGIN
  IF cardinality(unseen) > 0 THEN
    WITH first AS (INSERT INTO journey_standings SELECT * FROM standings_of(unseen) ON CONFLICT DO NOTHING RETURNING journey_id)
    SELECT array_agg(journey_id) INTO added FROM first;
    touched := ARRAY(SELECT unnest(touched) EXCEPT SELECT unnest(added));
  END IF;
  IF cardinality(touched) > 0 THEN
    PERFORM FROM journey_standings WHERE journey_id = ANY (touched) ORDER BY journey_id FOR UPDATE;
    UPDATE journey_standings s SET (${COLUMNS.join(', ')}) = ROW (${COLUMNS.map((name) => `n.${name}`).join(', ')})
      FROM standings_of(touched) n WHERE n.journey_id = s.journey_id;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION keep_where_from() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE journey_standings SET channel = NEW.channel, source = coalesce(trim(NEW.source), ''), changed_by = pg_current_xact_id() WHERE journey_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_where_from AFTER UPDATE OF channel, source ON journeys FOR EACH ROW
  WHEN (OLD.channel IS DISTINCT FROM NEW.channel OR OLD.source IS DISTINCT FROM NEW.source) EXECUTE FUNCTION keep_where_from();
`;

/** Nothing that was counted before depends on what is new: it goes on holding. */
const filled = `
UPDATE journey_standings s SET passed_on = n.passed_on, channel = n.channel, source = n.source
  FROM standings_of(ARRAY(SELECT journey_id FROM journey_standings)) n WHERE n.journey_id = s.journey_id;
CLUSTER journey_standings USING journey_standings_enquiry;
`;

export class StepsOfStandings0086 implements MigrationInterface {
  readonly name = 'StepsOfStandings1700000000086';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [columns, standingsOf, upkeep, filled]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
