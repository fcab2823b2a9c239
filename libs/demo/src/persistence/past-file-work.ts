import type { AssessmentFile } from '@app/assessments';
import { insertRows } from '@app/database';
import { type LocalDate, momentAt, newId } from '@app/kernel';
import type { EntityManager } from 'typeorm';

const BY = 'system:demonstration';
const TEN = 600;

/** A check that came in satisfactory. */
export interface PastCheck {
  readonly check: AssessmentFile['checks'][number];
  readonly askedOn: LocalDate;
  readonly cameOn: LocalDate;
  readonly validUntil: LocalDate | null;
}

/**
 * Writes checks that were done long ago, all of a file at once: what `RecordCheck` writes for each. Whether they are
 * complete asks the decision on stage 1, as ever.
 */
export async function writePastChecks(tx: EntityManager, journeyId: string, past: readonly PastCheck[]): Promise<void> {
  const columns = [past.map(({ check }) => check.id), past.map(({ askedOn }) => askedOn), past.map(({ cameOn }) => cameOn), past.map(({ validUntil }) => validUntil), past.map(({ check }) => (check.definition.aboutThirdParty ? 'Known to the social worker' : null))];
  await tx.query(
    `UPDATE checks c SET third_party = coalesce(c.third_party, p.third_party), requested_on = p.asked_on, sent_on = p.asked_on, received_on = p.came_on, outcome = 'satisfactory', outcome_on = p.came_on, valid_until = p.valid_until, version = version + 3
       FROM unnest($2::uuid[], $3::date[], $4::date[], $5::date[], $6::text[]) AS p (id, asked_on, came_on, valid_until, third_party) WHERE c.id = p.id AND c.journey_id = $1`,
    [journeyId, ...columns],
  );
  const line = (step: string, on: LocalDate, { check }: PastCheck, outcome: string | null = null) => ({ check_id: check.id, journey_id: journeyId, step, happened_on: on, outcome, recorded_at: momentAt(on, TEN), recorded_by: BY });
  await insertRows(tx, 'check_history', past.flatMap((each) => [line('requested', each.askedOn, each), line('received', each.cameOn, each), line('decided', each.cameOn, each, 'satisfactory')]));
  const certificates = past.filter(({ check }) => check.definition.destroyDetails);
  await insertRows(tx, 'certificate_details', certificates.map(({ check, cameOn }, index) => ({ check_id: check.id, journey_id: journeyId, number: `0012345678${String(index % 100).padStart(2, '0')}`, issued_on: cameOn, disclosed: null, recorded_at: momentAt(cameOn, TEN), recorded_by: BY })));
}

/** A session that took place, with all applicants. */
export interface PastSession {
  readonly kind: 'session' | 'second_opinion' | 'midway_review' | 'skills_to_foster';
  readonly on: LocalDate;
  readonly subject: string;
  readonly minutes: number;
}

/** Writes sessions that were planned and held: what `CarryStage2` writes for each. */
export async function writePastSessions(tx: EntityManager, journeyId: string, applicantIds: readonly string[], past: readonly PastSession[]): Promise<void> {
  const held = past.map((session) => ({ id: newId(), session }));
  await insertRows(tx, 'assessment_sessions', held.map(({ id, session: { kind, on, subject, minutes } }) => ({ id, journey_id: journeyId, kind, starts_at: momentAt(on, TEN), minutes, place: kind === 'skills_to_foster' ? 'The hub' : 'At home', subject, held: true })));
  await insertRows(tx, 'session_attendance', held.flatMap(({ id }) => applicantIds.map((applicantId) => ({ session_id: id, journey_id: journeyId, applicant_id: applicantId, attended: true }))));
}

/** Writes sections of a report, one a day up to the moment: the first so many are ready, the next one is begun. */
export async function writeSections(tx: EntityManager, journeyId: string, words: readonly (readonly [code: string, body: string])[], ready: number, saved: { readonly at: Date; readonly by: string }): Promise<void> {
  const written = words.slice(0, ready + 1);
  await tx.query(
    `UPDATE report_sections r SET body = w.body, evidence = 'Visits and sessions.', state = w.state, version = version + 1, saved_at = $4::timestamptz - make_interval(days => w.days_before), saved_by = $5
       FROM unnest($2::text[], $3::text[], $6::text[], $7::int[]) AS w (code, body, state, days_before) WHERE r.journey_id = $1 AND r.code = w.code AND r.state <> 'ready'`,
    [journeyId, written.map(([code]) => code), written.map(([, body]) => body), saved.at, saved.by, written.map((_, index) => (index < ready ? 'ready' : 'in_progress')), written.map((_, index) => written.length - 1 - index)],
  );
}
