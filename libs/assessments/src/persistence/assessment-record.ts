import type { Calendars } from '@app/authorities';
import { pauseClocks, startClock } from '@app/deadlines';
import { type Actor, insertRows, rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { Journey } from '@app/journeys';
import type { EntityManager } from 'typeorm';
import { REPORT_SECTIONS } from '../rules/report-sections';
import { syncChecklist } from './checklist-record';

/** The file of an assessment as it stands. Dates are local (Europe/London). */
export interface Assessment {
  readonly journeyId: string;
  readonly applicationOn: LocalDate;
  readonly stage1StartedOn: LocalDate;
  readonly stage1InformationOn: LocalDate | null;
  readonly stage1Outcome: 'go_on' | 'refused' | null;
  readonly stage1DecidedOn: LocalDate | null;
  readonly stage1Reasons: string | null;
  readonly stage1LetterSentOn: LocalDate | null;
  readonly stage2StartedOn: LocalDate | null;
  readonly stage2EndedOn: LocalDate | null;
  readonly briefReport: boolean;
  readonly assessorId: string | null;
  readonly reportSharedAt: Date | null;
  readonly version: number;
}

const COLUMNS = `journey_id AS "journeyId", application_on AS "applicationOn", stage_1_started_on AS "stage1StartedOn", stage_1_information_on AS "stage1InformationOn",
  stage_1_outcome AS "stage1Outcome", stage_1_decided_on AS "stage1DecidedOn", stage_1_reasons AS "stage1Reasons", stage_1_letter_sent_on AS "stage1LetterSentOn",
  stage_2_started_on AS "stage2StartedOn", stage_2_ended_on AS "stage2EndedOn", brief_report AS "briefReport", assessor_id AS "assessorId", report_shared_at AS "reportSharedAt", version`;

/** The file of a journey, or null when there is none yet or the actor may not open it. */
export async function loadAssessment(tx: EntityManager, journeyId: string): Promise<Assessment | null> {
  const [assessment] = await rows<Assessment>(tx, `SELECT ${COLUMNS} FROM assessments WHERE journey_id = $1`, [journeyId]);
  return assessment ?? null;
}

/**
 * Opens the file of a journey whose application is dated, unless it is open: its tracks, its checklist, and the clock
 * of eight months to the recommendation. Answers the file, or null before the application.
 */
export async function ensureAssessment(tx: EntityManager, actor: Actor, now: Date, journey: Journey, calendars: Calendars): Promise<Assessment | null> {
  const known = await loadAssessment(tx, journey.id);
  if (known) return followMilestones(tx, journey, known);
  if (journey.applicationOn === null) return null;
  await insertRows(tx, 'assessments', [
    {
      journey_id: journey.id,
      opened_at: now,
      application_on: journey.applicationOn,
      stage_1_started_on: journey.applicationOn,
      stage_1_outcome: journey.stage1On && 'go_on',
      stage_1_decided_on: journey.stage1On,
      stage_2_started_on: journey.stage2On,
      assessor_id: journey.socialWorkerId,
    },
  ]);
  const open = journey.status === 'open' || journey.status === 'on_hold';
  const outcome = journey.panelOn ? { state: 'met' as const, at: now } : open ? null : { state: 'stopped' as const, at: now };
  await startClock(tx, { journeyId: journey.id, rule: 'recommendation', startOn: journey.applicationOn, authority: journey.authority, calendars, noAlertsBefore: now, ...(outcome ? { outcome } : {}) });
  if (journey.status === 'on_hold') await pauseClocks(tx, journey.id);
  if (journey.stage2On !== null) await beginReport(tx, journey.id);
  await syncChecklist(tx, actor, now, journey);
  return loadAssessment(tx, journey.id);
}

/** A milestone that was dated on the family's page, or came in by import, counts in the file too. */
async function followMilestones(tx: EntityManager, journey: Journey, file: Assessment): Promise<Assessment | null> {
  const passed = journey.stage1On !== null && file.stage1Outcome !== 'go_on';
  const begun = journey.stage2On !== null && file.stage2StartedOn === null;
  if (passed) await updateAssessment(tx, journey.id, { stage_1_outcome: 'go_on', stage_1_decided_on: journey.stage1On });
  if (begun) {
    await updateAssessment(tx, journey.id, { stage_2_started_on: journey.stage2On, assessor_id: file.assessorId ?? journey.socialWorkerId });
    await beginReport(tx, journey.id);
  }
  return passed || begun ? loadAssessment(tx, journey.id) : file;
}

/** The sections of a report, empty, when stage 2 begins. */
export async function beginReport(tx: EntityManager, journeyId: string): Promise<void> {
  await insertRows(tx, 'report_sections', REPORT_SECTIONS.map(({ code }) => ({ journey_id: journeyId, code })));
}

/** Writes columns of the file and counts its version up. */
export async function updateAssessment(tx: EntityManager, journeyId: string, columns: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(columns);
  const assignments = names.map((name, index) => `${name} = $${String(index + 2)}`);
  await tx.query(`UPDATE assessments SET ${[...assignments, 'version = version + 1'].join(', ')} WHERE journey_id = $1`, [journeyId, ...names.map((name) => columns[name])]);
}
