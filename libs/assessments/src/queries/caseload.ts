import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { NextStep, Stage, Status, WaitingFor } from '@app/journeys';
import type { EntityManager } from 'typeorm';
import type { FileStepCode } from '../rules/file-step';

/** Days without anything happening from which a case counts as stuck. */
export const STUCK_AFTER_DAYS = 14;
/** A clock is at risk from so many days before it is due. */
export const AT_RISK_DAYS = 14;

export interface CaseloadFilters {
  readonly socialWorkerId?: string;
  readonly authority?: AuthorityCode;
  /** Only families that no social worker has. */
  readonly unassigned?: boolean;
  /** Only cases that are stuck, or that have a clock at risk or overdue. */
  readonly only?: 'stuck' | 'at_risk';
}

/** A family in somebody's caseload. */
export interface CaseloadRow {
  readonly journeyId: string;
  readonly reference: string;
  readonly name: string;
  readonly authority: AuthorityCode;
  readonly stage: Stage;
  readonly status: Status;
  readonly stageSince: LocalDate;
  readonly daysInStage: number;
  readonly step: NextStep | null;
  readonly stepDueAt: Date | null;
  readonly waitingFor: WaitingFor | null;
  /** What the file needs next, where it knows more than the journey; null where it does not, on hold, or without a file. */
  readonly fileStep: FileStepCode | null;
  /** The day of the panel that a case waits for. */
  readonly panelOn: LocalDate | null;
  readonly lastActivityAt: Date;
  readonly stuck: boolean;
  readonly socialWorkerId: string | null;
  readonly socialWorkerName: string | null;
  /** The running clock that is due next. */
  readonly clock: { readonly rule: string; readonly dueOn: LocalDate; readonly daysLeft: number } | null;
  /** Checks that are not done yet, and of them those to be chased (asked for more than two weeks ago). */
  readonly checksMissing: number;
  readonly checksAgeing: number;
}

/** What the file `a` of a journey `j` needs next: after its determination `d` with the answer `r`, its last panel `p`, and the checks `l` that are left. */
const FILE_STEP = `CASE
  WHEN j.status <> 'open' OR a.journey_id IS NULL THEN NULL
  WHEN d.id IS NOT NULL AND r.id IS NULL THEN 'answer'
  WHEN r.way = 'irm' THEN CASE WHEN r.concluded_on IS NULL THEN 'review' ELSE 'final_decision' END
  WHEN r.way = 'service' AND p.meets_on IS NULL THEN 'final_decision'
  WHEN r.way = 'service' AND p.meets_on <= r.received_on THEN 'put_on_agenda'
  WHEN a.stage_1_outcome IS NULL THEN CASE WHEN a.stage_1_information_on IS NOT NULL THEN 'decide_stage_1' WHEN l.missing > 0 AND l.ours = 0 THEN 'checks_come_in' END
  WHEN a.stage_2_started_on IS NULL THEN NULL
  WHEN a.stage_2_ended_on IS NULL THEN 'write_report'
  WHEN p.meets_on IS NULL AND (SELECT w.amount FROM assessment_rules w WHERE w.rule = 'panel_needed' AND w.holds_from <= a.stage_2_ended_on AND (w.authority IS NULL OR w.authority = j.authority) ORDER BY w.authority NULLS LAST, w.holds_from DESC LIMIT 1) = 0 THEN 'decision'
  WHEN p.meets_on IS NULL OR p.recommendation = 'defer' AND p.minutes_agreed_on IS NOT NULL THEN 'put_on_agenda'
  WHEN p.papers_sent_on IS NULL THEN 'send_papers'
  WHEN p.recommendation IS NULL THEN 'panel'
  WHEN p.minutes_agreed_on IS NULL THEN 'minutes'
  WHEN d.id IS NULL THEN 'decision' ELSE 'final_decision' END`;

/** The families from the home visit on, those that need somebody first on top: by the clock that is due next, then by what happened longest ago. */
export function caseload(tx: EntityManager, filters: CaseloadFilters, today: LocalDate, atMost = 500): Promise<CaseloadRow[]> {
  return rows<CaseloadRow>(
    tx,
    `WITH cases AS (
       SELECT j.* FROM journeys j
        WHERE j.status IN ('open', 'on_hold') AND j.stage IN ('home_visit', 'assessment', 'decision')
          AND ($1::uuid IS NULL OR j.social_worker_id = $1) AND ($2::text IS NULL OR j.authority = $2)
          AND (NOT $8::boolean OR j.social_worker_id IS NULL)
     ), next_clock AS (
       SELECT DISTINCT ON (c.journey_id) c.journey_id, c.rule, c.due_on FROM clocks c JOIN cases j ON j.id = c.journey_id
        WHERE c.state = 'running' AND c.rule <> 'first_response' ORDER BY c.journey_id, c.due_on
     ), checks_left AS (
       SELECT k.journey_id, count(*)::int AS missing, (count(*) FILTER (WHERE coalesce(k.chased_on, k.sent_on, k.requested_on) < $4::date - 14))::int AS ageing,
              (count(*) FILTER (WHERE k.requested_on IS NULL OR k.received_on IS NOT NULL))::int AS ours
         FROM checks k JOIN cases j ON j.id = k.journey_id WHERE k.outcome IS NULL AND k.no_longer_needed_on IS NULL GROUP BY k.journey_id
     )
     SELECT j.id AS "journeyId", j.reference, h.name, j.authority, j.stage, j.status, j.stage_since AS "stageSince", $4::date - j.stage_since AS "daysInStage",
            j.next_step AS step, j.next_due_at AS "stepDueAt", j.waiting_for AS "waitingFor", ${FILE_STEP} AS "fileStep", p.meets_on AS "panelOn", j.last_activity_at AS "lastActivityAt",
            j.status = 'open' AND (j.last_activity_at AT TIME ZONE 'Europe/London')::date <= $4::date - $5::int AS stuck,
            j.social_worker_id AS "socialWorkerId", s.name AS "socialWorkerName",
            CASE WHEN n.rule IS NOT NULL THEN json_build_object('rule', n.rule, 'dueOn', n.due_on, 'daysLeft', n.due_on - $4::date) END AS clock,
            coalesce(l.missing, 0) AS "checksMissing", coalesce(l.ageing, 0) AS "checksAgeing"
       FROM cases j JOIN households h ON h.id = j.household_id
       LEFT JOIN staff s ON s.id = j.social_worker_id
       LEFT JOIN next_clock n ON n.journey_id = j.id
       LEFT JOIN checks_left l ON l.journey_id = j.id
       LEFT JOIN assessments a ON a.journey_id = j.id
       LEFT JOIN LATERAL (SELECT m.meets_on, m.minutes_agreed_on, c.recommendation, c.papers_sent_on FROM panel_cases c JOIN panels m ON m.id = c.panel_id
                           WHERE c.journey_id = j.id AND c.withdrawn_at IS NULL AND m.cancelled_at IS NULL ORDER BY m.meets_on DESC LIMIT 1) p ON a.stage_2_ended_on IS NOT NULL
       LEFT JOIN decisions d ON d.journey_id = j.id AND d.kind = 'qualifying_determination'
       LEFT JOIN representations r ON r.decision_id = d.id
      WHERE CASE $3::text WHEN 'stuck' THEN j.status = 'open' AND (j.last_activity_at AT TIME ZONE 'Europe/London')::date <= $4::date - $5::int
                          WHEN 'at_risk' THEN n.due_on - $4::date <= $6::int ELSE true END
      ORDER BY n.due_on NULLS LAST, j.last_activity_at, j.id LIMIT $7`,
    [filters.socialWorkerId ?? null, filters.authority ?? null, filters.only ?? null, today, STUCK_AFTER_DAYS, AT_RISK_DAYS, atMost, filters.unassigned ?? false],
  );
}

/** What one social worker carries. */
export interface SocialWorkerLoad {
  readonly staffId: string | null;
  readonly name: string | null;
  readonly cases: number;
  readonly stuck: number;
  readonly atRisk: number;
}

/** The loads of a team, the heaviest first; cases without a social worker stand under null. */
export function socialWorkerLoads(tx: EntityManager, authority: AuthorityCode | null, today: LocalDate): Promise<SocialWorkerLoad[]> {
  return rows<SocialWorkerLoad>(
    tx,
    `SELECT s.id AS "staffId", s.name, count(*)::int AS cases,
            (count(*) FILTER (WHERE j.status = 'open' AND (j.last_activity_at AT TIME ZONE 'Europe/London')::date <= $2::date - $3::int))::int AS stuck,
            (count(*) FILTER (WHERE EXISTS (SELECT FROM clocks c WHERE c.journey_id = j.id AND c.state = 'running' AND c.rule <> 'first_response' AND c.due_on - $2::date <= $4::int)))::int AS "atRisk"
       FROM journeys j LEFT JOIN staff s ON s.id = j.social_worker_id
      WHERE j.status IN ('open', 'on_hold') AND j.stage IN ('home_visit', 'assessment', 'decision') AND ($1::text IS NULL OR j.authority = $1)
      GROUP BY s.id, s.name ORDER BY count(*) DESC, s.name`,
    [authority, today, STUCK_AFTER_DAYS, AT_RISK_DAYS],
  );
}
