import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an assessment file says that a correction of the journey's milestones may not contradict. Dates alone: whoever may
 * correct a journey may know them, also without being of its council.
 */
const bounds = `
CREATE FUNCTION dates_in_file(of_journey uuid)
RETURNS TABLE (information_on date, refused_on date, letter_sent_on date, report_begun boolean, report_finished_on date, panel_on date, received_on date, determined_on date, told_on date, registered boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.stage_1_information_on, CASE WHEN a.stage_1_outcome = 'refused' THEN a.stage_1_decided_on END, a.stage_1_letter_sent_on,
         EXISTS (SELECT FROM report_sections r WHERE r.journey_id = j.id AND r.saved_at IS NOT NULL), a.stage_2_ended_on,
         (SELECT min(p.meets_on) FROM panel_cases c JOIN panels p ON p.id = c.panel_id WHERE c.journey_id = j.id AND c.withdrawn_at IS NULL AND p.cancelled_at IS NULL AND c.recommendation IS NOT NULL),
         d.received_on, (SELECT q.decided_on FROM decisions q WHERE q.journey_id = j.id AND q.kind = 'qualifying_determination'), least(d.told_orally_on, d.told_in_writing_on),
         EXISTS (SELECT FROM carer_households h WHERE h.journey_id = j.id)
    FROM journeys j JOIN assessments a ON a.journey_id = j.id LEFT JOIN decisions d ON d.journey_id = j.id AND d.kind IN ('approval', 'final_approval')
   WHERE j.id = of_journey AND j.authority = ANY ((SELECT scope_of('people'))::text[])
$$;
`;

/** A date that the journey had and that is corrected is corrected in its file too, in the same transaction, whoever corrects it. */
const following = `
CREATE FUNCTION file_follows_correction() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE assessments SET
    application_on = CASE WHEN OLD.application_on IS NULL THEN application_on ELSE coalesce(NEW.application_on, application_on) END,
    stage_1_started_on = CASE WHEN stage_1_started_on = application_on AND OLD.application_on IS NOT NULL THEN coalesce(NEW.application_on, application_on) ELSE stage_1_started_on END,
    stage_1_outcome = CASE WHEN OLD.stage_1_on IS NOT NULL AND NEW.stage_1_on IS NULL THEN NULL ELSE stage_1_outcome END,
    stage_1_decided_on = CASE WHEN OLD.stage_1_on IS NULL THEN stage_1_decided_on ELSE NEW.stage_1_on END,
    stage_2_started_on = CASE WHEN OLD.stage_2_on IS NULL THEN stage_2_started_on ELSE NEW.stage_2_on END,
    version = version + 1
   WHERE journey_id = NEW.id;
  IF OLD.stage_2_on IS NOT NULL AND NEW.stage_2_on IS NULL THEN DELETE FROM report_sections WHERE journey_id = NEW.id AND saved_at IS NULL; END IF;
  IF OLD.approved_on IS NOT NULL AND NEW.approved_on IS NOT NULL THEN
    UPDATE decisions SET decided_on = NEW.approved_on WHERE journey_id = NEW.id AND kind IN ('approval', 'final_approval') AND decided_on <> NEW.approved_on;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER file_follows AFTER UPDATE OF application_on, stage_1_on, stage_2_on, approved_on ON journeys FOR EACH ROW
  WHEN (OLD.application_on <> NEW.application_on OR OLD.stage_1_on IS NOT NULL AND OLD.stage_1_on IS DISTINCT FROM NEW.stage_1_on
     OR OLD.stage_2_on IS NOT NULL AND OLD.stage_2_on IS DISTINCT FROM NEW.stage_2_on OR OLD.approved_on <> NEW.approved_on)
  EXECUTE FUNCTION file_follows_correction();
`;

export class FilesFollowCorrections0076 implements MigrationInterface {
  readonly name = 'FilesFollowCorrections1700000000076';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [bounds, following]) await runner.query(part);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
