import { type Calendars, loadCalendars } from '@app/authorities';
import { type ClockOfJourney, clocksOf } from '@app/deadlines';
import { rows } from '@app/database';
import { type LocalDate, localDateOf } from '@app/kernel';
import { type Applicant, applicantsOf, type Journey } from '@app/journeys';
import type { EntityManager } from 'typeorm';
import { type Assessment, loadAssessment } from '../persistence/assessment-record';
import { checksOf, householdToCheck } from '../persistence/checklist-record';
import { type AssessmentRules, checkTypes, rulesInForce } from '../persistence/rules-in-force';
import type { CheckType, PersonOfHousehold } from '../rules/checklist';
import { type Check, type CheckStanding, type MissingCheck, missingChecks, standingOf } from '../rules/checks';
import type { ReportSectionCode } from '../rules/report-sections';
import type { SessionKind } from '../use-cases/carry-stage-2';
import { type Decision, decisionsOf, type Representation, representationOf } from '../use-cases/make-decision';
import type { Recommendation } from '../use-cases/run-panel';

/** A check with what its type says and how it stands today. */
export interface ListedCheck extends Check {
  readonly version: number;
  readonly thirdParty: string | null;
  readonly thirdPartyEmail: string | null;
  readonly definition: CheckType;
  /** Whom it is about; empty for the household. */
  readonly aboutName: string;
  readonly standing: CheckStanding;
}

export interface ListedSession {
  readonly id: string;
  readonly kind: SessionKind;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly place: string;
  readonly subject: string;
  readonly held: boolean | null;
  readonly note: string | null;
  readonly cancelledAt: Date | null;
  /** Applicants who attended, by id. */
  readonly attended: readonly string[];
}

export interface ReportSection {
  readonly code: ReportSectionCode;
  readonly body: string;
  readonly evidence: string;
  readonly state: 'not_started' | 'in_progress' | 'ready';
  readonly version: number;
  readonly savedAt: Date | null;
  readonly savedByName: string | null;
}

export interface TrackHold {
  readonly track: 'stage_1' | 'stage_2';
  readonly from: LocalDate;
  /** The first day after the hold; null while it lasts. */
  readonly until: LocalDate | null;
  readonly reason: string;
}

export interface PanelOfCase {
  readonly panelId: string;
  readonly meetsAt: Date;
  readonly meetsOn: LocalDate;
  readonly place: string;
  readonly papersDueOn: LocalDate;
  readonly papersSentOn: LocalDate | null;
  readonly recommendation: Recommendation | null;
  readonly reasons: string | null;
  readonly minutesAgreedOn: LocalDate | null;
  readonly withdrawnAt: Date | null;
}

export interface ApplicantComment {
  readonly applicantName: string;
  readonly body: string;
  readonly madeAt: Date;
}

/** Everything in a file, as its council works with it. */
export interface AssessmentFile {
  readonly assessment: Assessment;
  readonly rules: AssessmentRules;
  readonly people: readonly PersonOfHousehold[];
  readonly applicants: readonly Applicant[];
  readonly checks: readonly ListedCheck[];
  readonly missing: readonly MissingCheck[];
  readonly sessions: readonly ListedSession[];
  readonly sections: readonly ReportSection[];
  readonly comments: readonly ApplicantComment[];
  readonly holds: readonly TrackHold[];
  readonly panels: readonly PanelOfCase[];
  readonly decisions: readonly Decision[];
  readonly representation: Representation | null;
  readonly clocks: readonly ClockOfJourney[];
  readonly assessorName: string | null;
}

/** The file of a journey on the local date of `now`; null before the application, or when the actor may not open it. */
export async function assessmentFile(tx: EntityManager, journey: Journey, now: Date): Promise<AssessmentFile | null> {
  const assessment = await loadAssessment(tx, journey.id);
  if (!assessment) return null;
  const today = localDateOf(now);
  const rules = await rulesInForce(tx, journey.authority, today);
  const { people } = await householdToCheck(tx, journey);
  const list = await listedChecks(tx, journey, people, rules, today, await loadCalendars(tx));
  return {
    assessment,
    rules,
    people,
    applicants: await applicantsOf(tx, journey.householdId),
    ...list,
    sessions: await sessionsOf(tx, journey.id),
    sections: await sectionsOf(tx, journey.id),
    comments: await commentsOf(tx, journey.id),
    holds: await rows<TrackHold>(tx, `SELECT track, lower(held) AS "from", upper(held) AS "until", reason FROM track_holds WHERE journey_id = $1 ORDER BY lower(held)`, [journey.id]),
    panels: await rows<PanelOfCase>(
      tx,
      `SELECT p.id AS "panelId", p.meets_at AS "meetsAt", p.meets_on AS "meetsOn", p.place, p.papers_due_on AS "papersDueOn", c.papers_sent_on AS "papersSentOn", c.recommendation, c.reasons,
              p.minutes_agreed_on AS "minutesAgreedOn", coalesce(c.withdrawn_at, p.cancelled_at) AS "withdrawnAt"
         FROM panel_cases c JOIN panels p ON p.id = c.panel_id WHERE c.journey_id = $1 ORDER BY p.meets_at`,
      [journey.id],
    ),
    decisions: await decisionsOf(tx, journey.id),
    representation: await representationOf(tx, journey.id),
    clocks: await clocksOf(tx, journey.id),
    assessorName: (await rows<{ name: string }>(tx, 'SELECT name FROM staff WHERE id = $1', [assessment.assessorId]))[0]?.name ?? null,
  };
}

async function listedChecks(tx: EntityManager, journey: Journey, people: readonly PersonOfHousehold[], rules: AssessmentRules, today: LocalDate, calendars: Calendars): Promise<Pick<AssessmentFile, 'checks' | 'missing'>> {
  const types = new Map((await checkTypes(tx, rules, today)).map((type) => [type.code, type]));
  const order = [...types.keys()];
  const nameOf = (check: Check): string => people.find(({ id }) => id === check.personId)?.name ?? '';
  const checks = await checksOf(tx, journey.id);
  return {
    checks: checks
      .flatMap((check) => {
        const definition = types.get(check.type);
        return definition ? [{ ...check, definition, aboutName: nameOf(check), standing: standingOf(check, definition, today, calendars.working) }] : [];
      })
      .sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type) || a.aboutName.localeCompare(b.aboutName) || a.ordinal - b.ordinal),
    missing: missingChecks(checks, types, nameOf, today, calendars.working),
  };
}

function sessionsOf(tx: EntityManager, journeyId: string): Promise<ListedSession[]> {
  return rows<ListedSession>(
    tx,
    `SELECT s.id, s.kind, s.starts_at AS "startsAt", s.minutes, s.place, s.subject, s.held, s.note, s.cancelled_at AS "cancelledAt",
            coalesce((SELECT array_agg(a.applicant_id::text) FROM session_attendance a WHERE a.session_id = s.id AND a.attended), '{}') AS attended
       FROM assessment_sessions s WHERE s.journey_id = $1 ORDER BY s.starts_at`,
    [journeyId],
  );
}

function sectionsOf(tx: EntityManager, journeyId: string): Promise<ReportSection[]> {
  return rows<ReportSection>(
    tx,
    `SELECT r.code, r.body, r.evidence, r.state, r.version, r.saved_at AS "savedAt", s.name AS "savedByName" FROM report_sections r LEFT JOIN staff s ON s.id = r.saved_by WHERE r.journey_id = $1`,
    [journeyId],
  );
}

function commentsOf(tx: EntityManager, journeyId: string): Promise<ApplicantComment[]> {
  return rows<ApplicantComment>(
    tx,
    `SELECT coalesce(trim(a.first_name || ' ' || a.last_name), 'An applicant') AS "applicantName", c.body, c.made_at AS "madeAt" FROM applicant_comments c LEFT JOIN applicants a ON a.id = c.applicant_id WHERE c.journey_id = $1 ORDER BY c.made_at`,
    [journeyId],
  );
}
