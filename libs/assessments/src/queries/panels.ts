import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { PanelCapacity, Recommendation } from '../use-cases/run-panel';

/** A panel in a list. */
export interface ListedPanel {
  readonly id: string;
  readonly authority: AuthorityCode;
  readonly meetsAt: Date;
  readonly meetsOn: LocalDate;
  readonly place: string;
  readonly papersDueOn: LocalDate;
  readonly minutesAgreedOn: LocalDate | null;
  readonly cancelledAt: Date | null;
  readonly cases: number;
}

/** The panels that the actor may see from a date on, the next first; with past ones when the date lies behind. */
export function panelsFrom(tx: EntityManager, from: LocalDate, authority: AuthorityCode | null = null): Promise<ListedPanel[]> {
  return rows<ListedPanel>(
    tx,
    `SELECT p.id, p.authority, p.meets_at AS "meetsAt", p.meets_on AS "meetsOn", p.place, p.papers_due_on AS "papersDueOn", p.minutes_agreed_on AS "minutesAgreedOn", p.cancelled_at AS "cancelledAt",
            (SELECT count(*)::int FROM panel_cases c WHERE c.panel_id = p.id AND c.withdrawn_at IS NULL) AS cases
       FROM panels p WHERE (p.meets_on >= $1 OR p.minutes_agreed_on IS NULL) AND ($2::text IS NULL OR p.authority = $2) ORDER BY p.meets_at LIMIT 200`,
    [from, authority],
  );
}

export interface SeatedMember {
  readonly staffId: string;
  readonly name: string;
  readonly capacity: PanelCapacity;
  readonly attended: boolean | null;
}

export interface CaseOnAgenda {
  readonly journeyId: string;
  readonly reference: string;
  readonly name: string;
  readonly position: number;
  readonly papersSentOn: LocalDate | null;
  readonly recommendation: Recommendation | null;
  readonly reasons: string | null;
  readonly conflicts: readonly { readonly staffId: string; readonly declared: string }[];
}

/** Who sits on a panel. */
export function membersOf(tx: EntityManager, panelId: string): Promise<SeatedMember[]> {
  return rows<SeatedMember>(tx, `SELECT m.staff_id AS "staffId", s.name, m.capacity, m.attended FROM panel_members m JOIN staff s ON s.id = m.staff_id WHERE m.panel_id = $1 ORDER BY m.capacity, s.name`, [panelId]);
}

/** The agenda of a panel, as far as the actor may see its cases. */
export function agendaOf(tx: EntityManager, panelId: string): Promise<CaseOnAgenda[]> {
  return rows<CaseOnAgenda>(
    tx,
    `SELECT c.journey_id AS "journeyId", j.reference, h.name, c.position, c.papers_sent_on AS "papersSentOn", c.recommendation, c.reasons,
            coalesce((SELECT json_agg(json_build_object('staffId', x.staff_id, 'declared', x.declared)) FROM panel_conflicts x WHERE x.panel_id = c.panel_id AND x.journey_id = c.journey_id), '[]') AS conflicts
       FROM panel_cases c JOIN journeys j ON j.id = c.journey_id JOIN households h ON h.id = j.household_id
      WHERE c.panel_id = $1 AND c.withdrawn_at IS NULL ORDER BY c.position`,
    [panelId],
  );
}

/** A family whose report is finished and that waits for a place on an agenda. */
export interface ReadyForPanel {
  readonly journeyId: string;
  readonly reference: string;
  readonly name: string;
  readonly reportFinishedOn: LocalDate;
}

/** Families of a council that are ready for panel and on no agenda, longest first: also those that answered a determination to the service, which the panel considers again. */
export function readyForPanel(tx: EntityManager, authority: AuthorityCode): Promise<ReadyForPanel[]> {
  return rows<ReadyForPanel>(
    tx,
    `SELECT j.id AS "journeyId", j.reference, h.name, a.stage_2_ended_on AS "reportFinishedOn"
       FROM assessments a JOIN journeys j ON j.id = a.journey_id JOIN households h ON h.id = j.household_id
      WHERE j.authority = $1 AND j.status = 'open' AND a.stage_1_outcome = 'go_on' AND a.stage_2_ended_on IS NOT NULL
        AND NOT EXISTS (SELECT FROM panel_cases c JOIN panels p ON p.id = c.panel_id WHERE c.journey_id = j.id AND c.withdrawn_at IS NULL AND p.cancelled_at IS NULL AND c.recommendation IS DISTINCT FROM 'defer'
                          AND NOT EXISTS (SELECT FROM representations r WHERE r.journey_id = j.id AND r.way = 'service' AND r.received_on >= p.meets_on AND c.recommendation IS NOT NULL))
      ORDER BY a.stage_2_ended_on`,
    [authority],
  );
}

/** A family that waits for the agency decision maker. */
export interface AwaitingDecision {
  readonly journeyId: string;
  readonly reference: string;
  readonly name: string;
  readonly recommendation: Recommendation | null;
  /** Null: the law gives no time for it. */
  readonly dueOn: LocalDate | null;
  /** The decision, or the final one after representations. */
  readonly step: 'decide' | 'decide_finally';
}

/** Families of a council that wait for a decision: whose minutes (or, without a panel, whose report) are in, or whose representations were considered. The one that is due first on top. */
export function awaitingDecision(tx: EntityManager, authority: AuthorityCode): Promise<AwaitingDecision[]> {
  return rows<AwaitingDecision>(
    tx,
    `WITH waiting AS (
       SELECT a.journey_id, d.id IS NOT NULL AS determined, k.due_on, c.recommendation
         FROM assessments a JOIN journeys j ON j.id = a.journey_id
         LEFT JOIN LATERAL (SELECT c.recommendation, p.meets_on, p.minutes_agreed_on FROM panel_cases c JOIN panels p ON p.id = c.panel_id WHERE c.journey_id = j.id AND c.withdrawn_at IS NULL AND p.cancelled_at IS NULL ORDER BY p.meets_on DESC LIMIT 1) c ON true
         LEFT JOIN decisions d ON d.journey_id = j.id AND d.kind = 'qualifying_determination'
         LEFT JOIN LATERAL (SELECT due_on FROM clocks k WHERE k.journey_id = j.id AND k.rule = 'decision' AND k.state IN ('running', 'paused') ORDER BY k.id DESC LIMIT 1) k ON true
        WHERE j.authority = $1 AND j.status = 'open' AND a.stage_2_ended_on IS NOT NULL AND a.stage_1_outcome = 'go_on'
          AND CASE WHEN d.id IS NOT NULL
                   THEN EXISTS (SELECT FROM representations r WHERE r.decision_id = d.id
                                   AND (r.way = 'irm' AND r.concluded_on IS NOT NULL
                                     OR r.way = 'service' AND (c.meets_on > r.received_on) IS NOT TRUE
                                     OR r.way = 'service' AND c.recommendation IN ('approve', 'not_approve') AND c.minutes_agreed_on IS NOT NULL))
                   ELSE c.recommendation IN ('approve', 'not_approve') AND c.minutes_agreed_on IS NOT NULL
                        OR c.recommendation IS NULL AND c.minutes_agreed_on IS NULL AND (SELECT r.amount FROM assessment_rules r WHERE r.rule = 'panel_needed' AND r.holds_from <= a.stage_2_ended_on AND (r.authority IS NULL OR r.authority = $1) ORDER BY r.authority NULLS LAST, r.holds_from DESC LIMIT 1) = 0 END)
     SELECT j.id AS "journeyId", j.reference, h.name, w.recommendation, w.due_on AS "dueOn", CASE WHEN w.determined THEN 'decide_finally' ELSE 'decide' END AS step
       FROM waiting w JOIN journeys j ON j.id = w.journey_id JOIN households h ON h.id = j.household_id ORDER BY w.due_on NULLS LAST, j.id`,
    [authority],
  );
}

/** Who may sit on a panel of a council: its active panel members and administrators, by name. */
export function whoMaySit(tx: EntityManager, authority: AuthorityCode): Promise<{ readonly staffId: string; readonly name: string }[]> {
  return rows(
    tx,
    `SELECT DISTINCT s.id AS "staffId", s.name FROM staff s JOIN staff_roles r ON r.staff_id = s.id
      WHERE s.state = 'active' AND r.revoked_at IS NULL AND r.role IN ('panel_member', 'panel_administrator') AND r.authority = $1 ORDER BY s.name`,
    [authority],
  );
}

/** Where and when a panel was to meet before it was moved. */
export interface PanelMove {
  readonly wasAt: Date;
  readonly wasPlace: string;
  readonly movedAt: Date;
}

/** The moves of a panel, the last first. */
export function movesOf(tx: EntityManager, panelId: string): Promise<PanelMove[]> {
  return rows<PanelMove>(tx, `SELECT was_at AS "wasAt", was_place AS "wasPlace", moved_at AS "movedAt" FROM panel_moves WHERE panel_id = $1 ORDER BY moved_at DESC, id DESC`, [panelId]);
}
