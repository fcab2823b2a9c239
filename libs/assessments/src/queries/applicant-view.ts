import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import { type LocalDate, localDateOf } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { REPORT_SECTIONS, type ReportSectionCode } from '../rules/report-sections';
import type { SessionKind } from '../use-cases/carry-stage-2';

/** How far a check is, as an applicant may know it: no outcome, no note, nobody else's. */
export type OwnProgress = 'to_come' | 'asked_for' | 'in';

/** All that one applicant sees of the assessment. What is not named here never reaches their page. */
export interface ApplicantView {
  readonly firstName: string;
  readonly reference: string;
  readonly council: string;
  readonly open: boolean;
  readonly applicationOn: LocalDate;
  readonly stage1: 'under_way' | 'passed';
  readonly stage2StartedOn: LocalDate | null;
  readonly ownChecks: readonly { readonly name: string; readonly progress: OwnProgress }[];
  readonly homeChecks: readonly { readonly name: string; readonly progress: OwnProgress }[];
  readonly sessions: readonly { readonly kind: SessionKind; readonly startsAt: Date; readonly minutes: number; readonly place: string }[];
  /** Null until the report is shared. */
  readonly report: { readonly sharedAt: Date; readonly sections: readonly { readonly name: string; readonly body: string }[] } | null;
  readonly ownComments: readonly { readonly body: string; readonly madeAt: Date }[];
}

/** The section in which others speak in confidence. */
const NOT_FOR_APPLICANTS: ReadonlySet<ReportSectionCode> = new Set<ReportSectionCode>(['references']);

interface Head {
  readonly firstName: string;
  readonly reference: string;
  readonly authority: AuthorityCode;
  readonly status: string;
  readonly applicationOn: LocalDate;
  readonly passed: boolean;
  readonly stage2StartedOn: LocalDate | null;
  readonly reportSharedAt: Date | null;
}

/**
 * What one applicant may see at a moment: read by name, column by column. Checks in which somebody else speaks (referees,
 * former partners, employers, schools) are left out altogether, as are those of everybody else who lives there. That
 * stage 1 is passed shows once its letter is sent.
 */
export async function applicantView(tx: EntityManager, journeyId: string, applicantId: string, now: Date): Promise<ApplicantView | null> {
  const [head] = await rows<Head>(
    tx,
    `SELECT p.first_name AS "firstName", j.reference, j.authority, j.status, a.application_on AS "applicationOn", a.stage_1_outcome = 'go_on' AND a.stage_1_letter_sent_on IS NOT NULL AS passed,
            a.stage_2_started_on AS "stage2StartedOn", a.report_shared_at AS "reportSharedAt"
       FROM assessments a JOIN journeys j ON j.id = a.journey_id JOIN applicants p ON p.household_id = j.household_id WHERE a.journey_id = $1 AND p.id = $2`,
    [journeyId, applicantId],
  );
  if (!head) return null;
  const checks = await rows<{ name: string; own: boolean; progress: OwnProgress }>(
    tx,
    `SELECT t.name, c.person_id IS NOT NULL AS own, CASE WHEN c.received_on IS NOT NULL OR c.outcome IS NOT NULL THEN 'in' WHEN c.requested_on IS NOT NULL THEN 'asked_for' ELSE 'to_come' END AS progress
       FROM checks c JOIN LATERAL (SELECT name, display_order, about_third_party FROM check_types t WHERE t.code = c.type AND t.holds_from <= $3 ORDER BY t.holds_from DESC LIMIT 1) t ON true
      WHERE c.journey_id = $1 AND (c.person_id = $2 OR c.person_id IS NULL) AND NOT t.about_third_party AND c.no_longer_needed_on IS NULL ORDER BY t.display_order, c.ordinal`,
    [journeyId, applicantId, localDateOf(now)],
  );
  return {
    firstName: head.firstName,
    reference: head.reference,
    council: AUTHORITY_NAMES[head.authority],
    open: head.status === 'open' || head.status === 'on_hold',
    applicationOn: head.applicationOn,
    stage1: head.passed ? 'passed' : 'under_way',
    stage2StartedOn: head.stage2StartedOn,
    ownChecks: checks.filter(({ own }) => own).map(({ name, progress }) => ({ name, progress })),
    homeChecks: checks.filter(({ own }) => !own).map(({ name, progress }) => ({ name, progress })),
    sessions: await rows(tx, `SELECT kind, starts_at AS "startsAt", minutes, place FROM assessment_sessions WHERE journey_id = $1 AND cancelled_at IS NULL AND held IS NULL AND kind <> 'midway_review' AND starts_at > $2 ORDER BY starts_at`, [journeyId, now]),
    report: head.reportSharedAt && { sharedAt: head.reportSharedAt, sections: await sharedSections(tx, journeyId) },
    ownComments: await rows(tx, `SELECT body, made_at AS "madeAt" FROM applicant_comments WHERE journey_id = $1 AND applicant_id = $2 ORDER BY made_at DESC`, [journeyId, applicantId]),
  };
}

async function sharedSections(tx: EntityManager, journeyId: string): Promise<{ readonly name: string; readonly body: string }[]> {
  const written = await rows<{ code: ReportSectionCode; body: string }>(tx, `SELECT code, body FROM report_sections WHERE journey_id = $1 AND body <> ''`, [journeyId]);
  return REPORT_SECTIONS.filter(({ code }) => !NOT_FOR_APPLICANTS.has(code)).flatMap(({ code, name }) => written.filter((section) => section.code === code).map(({ body }) => ({ name, body })));
}
