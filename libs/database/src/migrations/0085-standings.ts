import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How every journey stands, as is known now: what reports would otherwise find out from the whole history each time.
 * Where something happened after the cut, or became known after the known-at moment, reports go back to the history.
 */
const standings = `
CREATE TABLE journey_standings (
  journey_id   uuid PRIMARY KEY REFERENCES journeys,
  changed_by   xid8 NOT NULL,
  due_at       timestamptz,
  answered_at  timestamptz,
  last_at      timestamptz,
  known_at     timestamptz NOT NULL,
  enquiry_on   date,
  application_on date,
  approved_on  date,
  ended_on     date,
  first_on     date NOT NULL,
  last_on      date NOT NULL,
  working_minutes integer,
  held_days    integer,
  authority    text NOT NULL,
  furthest     text,
  standing     text NOT NULL,
  closed_by    text,
  closed_reason text,
  excluded_as  text
);
COMMENT ON TABLE journey_standings IS 'How each journey stands by its whole history, as is known now: kept by triggers on journey_events, read by reports. Nothing here names a person.';
COMMENT ON COLUMN journey_standings.changed_by IS 'The transaction that changed the journey''s history last: whoever keeps figures in memory asks whether they have seen it.';
COMMENT ON COLUMN journey_standings.first_on IS 'The earliest and, as last_on, the latest date in its history, what was corrected included; last_at is the latest moment.';
COMMENT ON COLUMN journey_standings.known_at IS 'When the last of its history became known, or was corrected.';
CREATE INDEX journey_standings_changed ON journey_standings (changed_by);
CREATE INDEX journey_standings_last ON journey_standings (last_on);
CREATE INDEX journey_standings_enquiry ON journey_standings (enquiry_on);
CREATE INDEX journey_standings_approved ON journey_standings (approved_on) WHERE approved_on IS NOT NULL;

ALTER TABLE journey_standings ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON journey_standings FOR SELECT TO hub_app USING ((SELECT actor_setting('figures') = '*'));
GRANT SELECT ON journey_standings TO hub_app;
`;

/** Of two closes, reopenings or routings the one that was recorded last holds: the greatest of arrays that start with the id. */
const RECORDED = `lpad(e.id::text, 19, '0')`;
const MILESTONES = `ARRAY['enquiry', 'initial_application', 'home_visit', 'application', 'stage_1', 'stage_2', 'panel', 'approved']`;

const standingsOf = `
CREATE FUNCTION standings_of(journeys uuid[]) RETURNS SETOF journey_standings
LANGUAGE sql STABLE SET search_path = public AS $$
  WITH latest AS (
    SELECT journey_id,
           max(happened_at) AS last_at, greatest(max(recorded_at), max(superseded_at)) AS known_at, min(happened_on) AS first_on, max(happened_on) AS last_on,
           max(happened_on) FILTER (WHERE milestone = 'enquiry' AND superseded_at IS NULL) AS enquiry_on,
           max(due_at) FILTER (WHERE milestone = 'enquiry' AND superseded_at IS NULL) AS due_at,
           max(happened_on) FILTER (WHERE milestone = 'application' AND superseded_at IS NULL) AS application_on,
           max(happened_on) FILTER (WHERE milestone = 'approved' AND superseded_at IS NULL) AS approved_on,
           max(array_position(${MILESTONES}, milestone)) FILTER (WHERE superseded_at IS NULL) AS furthest,
           max(happened_at) FILTER (WHERE kind = 'first_response' AND superseded_at IS NULL) AS answered_at,
           max(working_minutes) FILTER (WHERE kind = 'first_response' AND superseded_at IS NULL) AS working_minutes,
           max(ARRAY[${RECORDED}, authority]) FILTER (WHERE kind = 'routed' AND superseded_at IS NULL) AS routing,
           max(ARRAY[${RECORDED}, kind, closed_by, closed_reason, happened_on::text]) FILTER (WHERE kind IN ('closed', 'reopened') AND superseded_at IS NULL) AS ending,
           max(ARRAY[${RECORDED}, kind]) FILTER (WHERE (kind IN ('kinship_marked', 'kinship_cleared') OR closed_reason = 'kinship') AND superseded_at IS NULL) AS kinship
      FROM journey_events e WHERE journey_id = ANY (journeys) GROUP BY journey_id)
  SELECT journey_id, pg_current_xact_id(), due_at, answered_at, last_at, known_at, enquiry_on, application_on, approved_on,
         CASE WHEN approved_on IS NOT NULL THEN approved_on WHEN ending[2] = 'closed' THEN ending[5]::date END, first_on, last_on, working_minutes,
         CASE WHEN approved_on IS NOT NULL THEN (
           SELECT coalesce(sum(coalesce(h.until_on, approved_on) - h.happened_on), 0)::int FROM (
             SELECT e.kind, e.happened_on, lead(e.happened_on) OVER (ORDER BY e.id) AS until_on FROM journey_events e
              WHERE e.journey_id = latest.journey_id AND e.kind IN ('held', 'resumed', 'closed') AND e.superseded_at IS NULL) h
            WHERE h.kind = 'held') END,
         coalesce(routing[2], 'unrouted'), (${MILESTONES})[furthest],
         CASE WHEN approved_on IS NOT NULL THEN 'approved' WHEN ending[2] = 'closed' THEN 'closed' ELSE 'open' END,
         CASE WHEN approved_on IS NULL AND ending[2] = 'closed' THEN ending[3] END, CASE WHEN approved_on IS NULL AND ending[2] = 'closed' THEN ending[4] END,
         CASE WHEN ending[2] = 'closed' AND ending[4] IN ('duplicate', 'not_an_enquiry') THEN ending[4]
              WHEN kinship[2] <> 'kinship_cleared' THEN 'kinship' END
    FROM latest
$$;
`;

/**
 * Planned anew each time: the first plan would be made for a table without rows, which an import then fills. Whoever
 * comes second to a journey waits for the first and then counts again, so that no event of either is missed.
 */
const upkeep = `
CREATE FUNCTION keep_standings() RETURNS trigger
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
    UPDATE journey_standings s
       SET (changed_by, due_at, answered_at, last_at, known_at, enquiry_on, application_on, approved_on, ended_on, first_on, last_on, working_minutes, held_days, authority, furthest, standing, closed_by, closed_reason, excluded_as)
         = ROW (n.changed_by, n.due_at, n.answered_at, n.last_at, n.known_at, n.enquiry_on, n.application_on, n.approved_on, n.ended_on, n.first_on, n.last_on, n.working_minutes, n.held_days, n.authority, n.furthest, n.standing, n.closed_by, n.closed_reason, n.excluded_as)
      FROM standings_of(touched) n WHERE n.journey_id = s.journey_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_standings_of_added AFTER INSERT ON journey_events REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION keep_standings();
CREATE TRIGGER keep_standings_of_superseded AFTER UPDATE ON journey_events REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION keep_standings();
`;

/**
 * The figures of whole months, counted once from the standings by the worker. A month that changed since, seen by the
 * transactions, is counted anew when it is asked for. A copy of the database that was restored elsewhere knows other
 * transactions: what was counted there does not hold here.
 */
const months = `
CREATE FUNCTION standings_identity() RETURNS text LANGUAGE sql STABLE SET search_path = public AS
  $$ SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || 'journey_standings'::regclass::oid $$;

CREATE TABLE counted_months (
  month    date PRIMARY KEY CHECK (extract(day FROM month) = 1),
  counts   json NOT NULL,
  last_on  date NOT NULL,
  last_at  timestamptz,
  known_at timestamptz,
  seen     pg_snapshot NOT NULL,
  identity text NOT NULL
);
COMMENT ON TABLE counted_months IS 'What reports count of a calendar month, by day where it depends on the cut: nothing here names a person. Can be emptied at any time.';
COMMENT ON COLUMN counted_months.seen IS 'The transactions that it has seen: it holds while no journey of the month was changed by another one.';
ALTER TABLE counted_months ENABLE ROW LEVEL SECURITY;
CREATE POLICY system_alone ON counted_months TO hub_app USING ((SELECT actor_kind()) = 'system') WITH CHECK ((SELECT actor_kind()) = 'system');
GRANT SELECT, INSERT, UPDATE, DELETE ON counted_months TO hub_app;
`;

export class Standings0085 implements MigrationInterface {
  readonly name = 'Standings1700000000085';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(standings);
    await runner.query(standingsOf);
    await runner.query(upkeep);
    await runner.query(months);
    await runner.query('INSERT INTO journey_standings SELECT * FROM standings_of(ARRAY(SELECT DISTINCT journey_id FROM journey_events))');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
