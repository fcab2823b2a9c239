import { grants, type HeldRole, covers } from '@app/access';
import { insertRows, rows } from '@app/database';
import { type LocalDate, localDateOf, newId, type Result } from '@app/kernel';
import { applicantsOf, type ChangingActor, type JourneyRequest, moveBlockersOf, recordMilestone, recordTimeline } from '@app/journeys';
import { Injectable } from '@nestjs/common';
import { beginReport, updateAssessment } from '../persistence/assessment-record';
import { BRIEF_REPORT_SECTIONS, REPORT_SECTIONS, type ReportSectionCode } from '../rules/report-sections';
import { decisionsOf } from './make-decision';
import { type AnyBlocker, AssessmentChanges, type AssessmentRefusal, type FileContext } from './assessment-changes';

export type SessionKind = 'session' | 'second_opinion' | 'midway_review' | 'skills_to_foster';

export interface PlannedSession {
  readonly kind: SessionKind;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly place: string;
  readonly subject: string;
}

type Refused = Promise<Result<undefined, AssessmentRefusal>>;

/** Stage 2: the assessor, sessions and training, the report, its sharing with the applicants, its end. */
@Injectable()
export class CarryStage2 {
  constructor(private readonly changes: AssessmentChanges) {}

  /** Starts the track, which may overlap stage 1, with the one who assesses. */
  start(actor: ChangingActor, request: JourneyRequest & { readonly on: LocalDate; readonly assessorId: string }): Refused {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.stage_2_start', async (context) => {
      const { tx, journey, assessment } = context;
      if (assessment.stage2StartedOn !== null) return [{ kind: 'stage_2_started', on: assessment.stage2StartedOn }];
      if (!(await mayAssess(context, request.assessorId))) return [{ kind: 'not_of_this_council' }];
      const blockers = await moveBlockersOf(context, 'stage_2', request.on);
      if (blockers.length > 0) return blockers;
      await recordMilestone(context, 'stage_2', request.on);
      await updateAssessment(tx, journey.id, { stage_2_started_on: request.on, assessor_id: request.assessorId });
      await beginReport(tx, journey.id);
      return undefined;
    });
  }

  /** Gives the assessment to another assessor; the family keeps its social worker. */
  changeAssessor(actor: ChangingActor, request: JourneyRequest & { readonly assessorId: string; readonly note: string | null }): Refused {
    return this.changes.change(actor, request, 'assessments.manage', 'assessment.assessor', async (context) => {
      const { tx, journey, assessment, now } = context;
      if (assessment.stage2StartedOn === null) return [{ kind: 'stage_2_not_started' }];
      if (!(await mayAssess(context, request.assessorId))) return [{ kind: 'not_of_this_council' }];
      await updateAssessment(tx, journey.id, { assessor_id: request.assessorId });
      const [assessor] = await rows<{ name: string }>(tx, 'SELECT name FROM staff WHERE id = $1', [request.assessorId]);
      await recordTimeline(tx, context.actor, now, journey.id, [{ kind: 'change', at: now, title: `${assessor?.name ?? 'Somebody else'} assesses from now on`, ...(request.note === null ? {} : { body: request.note }) }]);
      return undefined;
    });
  }

  /** Plans a session; it may be in the past when it is written down afterwards. */
  plan(actor: ChangingActor, request: JourneyRequest & { readonly session: PlannedSession }): Refused {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.session', async ({ tx, journey }) => {
      const { kind, startsAt, minutes, place, subject } = request.session;
      await insertRows(tx, 'assessment_sessions', [{ id: newId(), journey_id: journey.id, kind, starts_at: startsAt, minutes, place, subject }]);
      return undefined;
    });
  }

  /** Records that a session took place, with who was there, or that it did not. */
  hold(actor: ChangingActor, request: JourneyRequest & { readonly sessionId: string; readonly held: boolean; readonly note: string | null; readonly attended: readonly string[] }): Refused {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.session_held', async ({ tx, journey, now }) => {
      const [session] = await rows<{ startsAt: Date }>(tx, `SELECT starts_at AS "startsAt" FROM assessment_sessions WHERE id = $1 AND journey_id = $2 AND cancelled_at IS NULL`, [request.sessionId, journey.id]);
      if (!session) return [{ kind: 'not_found' }];
      if (request.held && session.startsAt > now) return [{ kind: 'future', on: localDateOf(session.startsAt) }];
      await tx.query('UPDATE assessment_sessions SET held = $2, note = $3, version = version + 1 WHERE id = $1', [request.sessionId, request.held, request.note]);
      for (const { id } of await applicantsOf(tx, journey.householdId)) {
        await tx.query('INSERT INTO session_attendance (session_id, journey_id, applicant_id, attended) VALUES ($1, $2, $3, $4) ON CONFLICT (session_id, applicant_id) DO UPDATE SET attended = excluded.attended', [request.sessionId, journey.id, id, request.held && request.attended.includes(id)]);
      }
      return undefined;
    });
  }

  /** Takes a planned session off. */
  cancel(actor: ChangingActor, request: JourneyRequest & { readonly sessionId: string }): Refused {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.session_cancelled', async ({ tx, journey, now }) => {
      await tx.query('UPDATE assessment_sessions SET cancelled_at = $3, version = version + 1 WHERE id = $1 AND journey_id = $2 AND held IS NULL', [request.sessionId, journey.id, now]);
      return undefined;
    });
  }

  /** Saves a section of the report, unless somebody else saved it since `sectionVersion` was read: then both are answered. */
  saveSection(actor: ChangingActor, request: JourneyRequest & { readonly code: ReportSectionCode; readonly body: string; readonly evidence: string; readonly ready: boolean; readonly sectionVersion: number }): Refused {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.section', async ({ tx, journey, assessment, now }) => {
      if (assessment.stage2StartedOn === null) return [{ kind: 'stage_2_not_started' }];
      const [section] = await rows<{ version: number; body: string; evidence: string }>(tx, 'SELECT version, body, evidence FROM report_sections WHERE journey_id = $1 AND code = $2 FOR UPDATE', [journey.id, request.code]);
      if (!section) return [{ kind: 'not_found' }];
      if (section.version !== request.sectionVersion) return [{ kind: 'somebody_else_saved', ...section }];
      const state = request.ready ? 'ready' : request.body.trim() === '' ? 'not_started' : 'in_progress';
      await tx.query('UPDATE report_sections SET body = $3, evidence = $4, state = $5, version = version + 1, saved_at = $6, saved_by = $7 WHERE journey_id = $1 AND code = $2', [
        journey.id, request.code, request.body, request.evidence, state, now, actor.kind === 'staff' ? actor.staffId : null,
      ]);
      return undefined;
    });
  }

  /** Opens the report to the applicants, who may comment on it: the whole of it, or a brief one when the assessment stops before its end. */
  share(actor: ChangingActor, request: JourneyRequest & { /** Left out: it is the whole of it. */ readonly brief?: boolean }): Refused {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.report_shared', async (context) => {
      const { brief = false } = request;
      const blockers = await unreadySections(context, brief);
      if (blockers.length > 0) return blockers;
      await updateAssessment(context.tx, context.journey.id, { report_shared_at: context.now, brief_report: brief });
      return undefined;
    });
  }

  /** Ends the track: the report is ready for panel. A brief one, when the assessment stops before its end, has fewer sections. */
  end(actor: ChangingActor, request: JourneyRequest & { readonly on: LocalDate; readonly brief: boolean }): Refused {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.stage_2_end', async (context) => {
      const { tx, journey, assessment, today } = context;
      if (assessment.stage2StartedOn === null) return [{ kind: 'stage_2_not_started' }];
      if (assessment.stage2EndedOn !== null) return [{ kind: 'stage_2_ended', on: assessment.stage2EndedOn }];
      if (request.on > today) return [{ kind: 'future', on: request.on }];
      if (request.on < assessment.stage2StartedOn) return [{ kind: 'earlier_than', what: 'the start of stage 2', on: assessment.stage2StartedOn }];
      const blockers: AnyBlocker[] = [...(await unreadySections(context, request.brief)), ...(request.brief ? [] : await untrained(context))];
      if (assessment.reportSharedAt === null) blockers.push({ kind: 'report_not_shared' });
      if (blockers.length > 0) return blockers;
      await updateAssessment(tx, journey.id, { stage_2_ended_on: request.on, brief_report: request.brief });
      return undefined;
    });
  }

  /** Takes a finished report up again, because a panel deferred or something was left out: until it is finished anew no panel and no decision rest on it. */
  takeUpAgain(actor: ChangingActor, request: JourneyRequest & { readonly reason: string }): Refused {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.stage_2_again', async ({ tx, journey, assessment, actor: by, now }) => {
      if (assessment.stage2EndedOn === null) return [{ kind: 'report_not_finished' }];
      const [decided] = await decisionsOf(tx, journey.id);
      if (decided) return [{ kind: 'decided_already', on: decided.decidedOn }];
      const ahead = await rows(tx, `SELECT FROM panel_cases c JOIN panels p ON p.id = c.panel_id WHERE c.journey_id = $1 AND c.withdrawn_at IS NULL AND p.cancelled_at IS NULL AND c.recommendation IS DISTINCT FROM 'defer'`, [journey.id]);
      if (ahead.length > 0) return [{ kind: 'on_agenda_already' }];
      await updateAssessment(tx, journey.id, { stage_2_ended_on: null, brief_report: false });
      await recordTimeline(tx, by, now, journey.id, [{ kind: 'change', at: now, title: 'Took the report up again', body: request.reason }]);
      return undefined;
    });
  }
}

/** Whether somebody carries assessments of this council. */
async function mayAssess({ tx, journey }: FileContext, staffId: string): Promise<boolean> {
  const roles = await rows<HeldRole>(tx, `SELECT r.role, r.authority FROM staff_roles r JOIN staff s ON s.id = r.staff_id WHERE s.id = $1 AND s.state = 'active' AND r.revoked_at IS NULL`, [staffId]);
  return roles.some((held) => grants(held, 'assessments.work') && covers(held, journey.authority));
}

async function unreadySections({ tx, journey, assessment }: FileContext, brief: boolean): Promise<readonly AnyBlocker[]> {
  if (assessment.stage2StartedOn === null) return [{ kind: 'stage_2_not_started' }];
  const states = await rows<{ code: string; state: string }>(tx, 'SELECT code, state FROM report_sections WHERE journey_id = $1', [journey.id]);
  return REPORT_SECTIONS.filter(({ code }) => !brief || BRIEF_REPORT_SECTIONS.includes(code))
    .filter(({ code }) => states.find((section) => section.code === code)?.state !== 'ready')
    .map(({ name }) => ({ kind: 'section_not_ready', section: name }) as const);
}

/** Both of a couple attend Skills to Foster. */
async function untrained({ tx, journey }: FileContext): Promise<readonly AnyBlocker[]> {
  const trained = await rows<{ applicantId: string }>(
    tx,
    `SELECT DISTINCT a.applicant_id AS "applicantId" FROM session_attendance a JOIN assessment_sessions s ON s.id = a.session_id WHERE s.journey_id = $1 AND s.kind = 'skills_to_foster' AND s.held AND a.attended`,
    [journey.id],
  );
  return (await applicantsOf(tx, journey.householdId)).filter(({ id }) => !trained.some(({ applicantId }) => applicantId === id)).map(({ firstName, lastName }) => ({ kind: 'training_missing', name: `${firstName} ${lastName}`.trim() }) as const);
}

