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

/** Families of a council that are ready for panel and on no agenda, longest first. */
export function readyForPanel(tx: EntityManager, authority: AuthorityCode): Promise<ReadyForPanel[]> {
  return rows<ReadyForPanel>(
    tx,
    `SELECT j.id AS "journeyId", j.reference, h.name, a.stage_2_ended_on AS "reportFinishedOn"
       FROM assessments a JOIN journeys j ON j.id = a.journey_id JOIN households h ON h.id = j.household_id
      WHERE j.authority = $1 AND j.status = 'open' AND a.stage_1_outcome = 'go_on' AND a.stage_2_ended_on IS NOT NULL
        AND NOT EXISTS (SELECT FROM panel_cases c JOIN panels p ON p.id = c.panel_id WHERE c.journey_id = j.id AND c.withdrawn_at IS NULL AND p.cancelled_at IS NULL AND c.recommendation IS DISTINCT FROM 'defer')
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
  readonly dueOn: LocalDate | null;
}

/** Families of a council whose recommendation and minutes are in, the one that is due first on top. */
export function awaitingDecision(tx: EntityManager, authority: AuthorityCode): Promise<AwaitingDecision[]> {
  return rows<AwaitingDecision>(
    tx,
    `SELECT j.id AS "journeyId", j.reference, h.name, (SELECT c.recommendation FROM panel_cases c JOIN panels p ON p.id = c.panel_id WHERE c.journey_id = j.id AND c.withdrawn_at IS NULL ORDER BY p.meets_on DESC LIMIT 1) AS recommendation,
            k.due_on AS "dueOn"
       FROM clocks k JOIN journeys j ON j.id = k.journey_id JOIN households h ON h.id = j.household_id
      WHERE k.rule = 'decision' AND k.state IN ('running', 'paused') AND j.authority = $1 AND j.status = 'open' ORDER BY k.due_on`,
    [authority],
  );
}
