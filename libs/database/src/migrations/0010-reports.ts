import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Contacts count as history: each one that belongs to a journey is an event of that journey, with the moment at
 * which it became known. So reports read one table that names nobody, and a later merge, which moves the contact
 * itself to the journey that is kept, does not move the figures of the past.
 */
const contacts = `
ALTER TABLE journey_events DROP CONSTRAINT journey_events_kind_check;
ALTER TABLE journey_events ADD CONSTRAINT journey_events_kind_check CHECK (kind IN ('contact', 'milestone', 'first_response', 'closed', 'reopened', 'held', 'resumed', 'routed', 'kinship_marked', 'kinship_cleared', 'assigned', 'safeguarding_marked', 'safeguarding_cleared', 'merged'));
ALTER TABLE journey_events ADD CONSTRAINT contact_has_a_moment CHECK (kind <> 'contact' OR happened_at IS NOT NULL);
CREATE INDEX journey_events_contact ON journey_events (happened_on) WHERE kind = 'contact';

CREATE FUNCTION actor_in_history() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT CASE WHEN actor_kind() = 'staff' THEN 'staff:' || actor_setting('staff_id') ELSE actor_kind() END $$;

CREATE FUNCTION count_new_contacts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO journey_events (journey_id, kind, happened_on, happened_at, recorded_at, recorded_by, detail)
  SELECT journey_id, 'contact', (received_at AT TIME ZONE 'Europe/London')::date, received_at, recorded_at, actor_in_history(), jsonb_build_object('contactId', id)
    FROM added WHERE journey_id IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER count_new_contacts AFTER INSERT ON contacts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_new_contacts();

-- One that was held aside counts from its own time on, and is known from its release on.
CREATE FUNCTION count_released_contact() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO journey_events (journey_id, kind, happened_on, happened_at, recorded_at, recorded_by, detail)
  VALUES (NEW.journey_id, 'contact', (NEW.received_at AT TIME ZONE 'Europe/London')::date, NEW.received_at, coalesce(NEW.screened_at, NEW.recorded_at), actor_in_history(), jsonb_build_object('contactId', NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER count_released_contact AFTER UPDATE OF screening ON contacts FOR EACH ROW WHEN (OLD.journey_id IS NULL AND NEW.journey_id IS NOT NULL) EXECUTE FUNCTION count_released_contact();
`;

/** A target that is stated anew goes beside the old one; the one that was recorded last holds. */
const targets = `
ALTER TABLE targets DROP CONSTRAINT targets_year_from_authority_measure_key;
CREATE INDEX targets_stated ON targets (year_from, measure, id);
`;

const keptReports = `
CREATE UNIQUE INDEX one_kept_report_a_day ON kept_reports (kind, period_from, period_to, as_at);
`;

export class Reports0010 implements MigrationInterface {
  readonly name = 'Reports1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(contacts);
    await runner.query(targets);
    await runner.query(keptReports);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
