import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { type Council, loadCalendars } from '@app/authorities';
import { meetClock, pauseClocks, startClock, withdrawMeeting } from '@app/deadlines';
import { insertRows, rows, Transactions } from '@app/database';
import { addWorkingDays, Clock, type LocalDate, localDateOf, newId, ok, refused, type Result, startOfLocalDay } from '@app/kernel';
import { type ChangingActor, type JourneyRequest, moveBlockersOf, recordMilestone } from '@app/journeys';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AssessmentChanges, type AnyBlocker, type AssessmentRefusal, type FileContext } from './assessment-changes';
import { representationOf } from './make-decision';

export const PANEL_CAPACITIES = ['chair', 'vice_chair', 'social_work', 'independent', 'medical_adviser', 'legal_adviser', 'panel_adviser'] as const;
export type PanelCapacity = (typeof PANEL_CAPACITIES)[number];
export type Recommendation = 'approve' | 'not_approve' | 'defer';

/** A panel as it stands. */
export interface Panel {
  readonly id: string;
  readonly authority: Council;
  readonly meetsAt: Date;
  readonly meetsOn: LocalDate;
  readonly place: string;
  readonly papersDueOn: LocalDate;
  readonly minutesAgreedOn: LocalDate | null;
  readonly cancelledAt: Date | null;
  readonly version: number;
}

const COLUMNS = `id, authority, meets_at AS "meetsAt", meets_on AS "meetsOn", place, papers_due_on AS "papersDueOn", minutes_agreed_on AS "minutesAgreedOn", cancelled_at AS "cancelledAt", version`;

/** The panel, or null when there is none or the actor may not see it. */
export async function loadPanel(tx: EntityManager, panelId: string, lock = false): Promise<Panel | null> {
  const [panel] = await rows<Panel>(tx, `SELECT ${COLUMNS} FROM panels WHERE id = $1${lock ? ' FOR UPDATE' : ''}`, [panelId]);
  return panel ?? null;
}

/** Papers go out at least so many working days before a panel meets (National Minimum Standard 14): a dated limit, counted back from the day. */
export async function papersDueOn(tx: EntityManager, authority: string, meetsOn: LocalDate): Promise<LocalDate> {
  const [limit] = await rows<{ amount: number }>(tx, `SELECT amount FROM time_limits WHERE rule = 'panel_papers' AND holds_from <= $2 AND (authority IS NULL OR authority = $1) ORDER BY authority NULLS LAST, holds_from DESC LIMIT 1`, [authority, meetsOn]);
  const { working } = await loadCalendars(tx);
  return addWorkingDays(working, meetsOn, -(limit?.amount ?? 5));
}

type PanelResult<T = undefined> = Promise<Result<T, { readonly blockers: readonly AnyBlocker[] }>>;

/** Arranges panels and who sits on them, and agrees their minutes. */
@Injectable()
export class ArrangePanel {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** A panel of a council at a moment; the day by which papers go out is computed and kept. Answers its id. */
  async run(actor: ChangingActor, panel: { readonly authority: Council; readonly meetsAt: Date; readonly place: string }): PanelResult<string> {
    if (actor.kind === 'staff' && !may(actor, 'panels.manage', panel.authority)) return refused({ blockers: [{ kind: 'not_permitted' }] });
    return this.transactions.run(actor, async (tx) => {
      const id = newId();
      const meetsOn = localDateOf(panel.meetsAt);
      await insertRows(tx, 'panels', [{ id, authority: panel.authority, meets_at: panel.meetsAt, meets_on: meetsOn, place: panel.place, papers_due_on: await papersDueOn(tx, panel.authority, meetsOn) }]);
      await recordAudit(tx, actor, this.clock.now(), { action: 'panel.arrange', subjectKind: 'settings', subjectId: id, authority: panel.authority });
      return ok(id);
    });
  }

  /** Puts a panel member on a panel, or changes in which capacity. */
  seat(actor: ChangingActor, panelId: string, staffId: string, capacity: PanelCapacity): PanelResult {
    return this.change(actor, panelId, 'panel.seat', async (tx, panel) => {
      const [member] = await rows(tx, `SELECT 1 FROM staff_roles r JOIN staff s ON s.id = r.staff_id WHERE r.staff_id = $1 AND r.role IN ('panel_member', 'panel_administrator') AND r.authority = $2 AND r.revoked_at IS NULL AND s.state = 'active'`, [staffId, panel.authority]);
      if (!member) return [{ kind: 'not_a_panel_member' }];
      await tx.query('INSERT INTO panel_members (panel_id, staff_id, capacity) VALUES ($1, $2, $3) ON CONFLICT (panel_id, staff_id) DO UPDATE SET capacity = excluded.capacity', [panelId, staffId, capacity]);
      return [];
    });
  }

  /** Takes a member off a panel that has not met. */
  unseat(actor: ChangingActor, panelId: string, staffId: string): PanelResult {
    return this.change(actor, panelId, 'panel.unseat', async (tx) => {
      await tx.query('DELETE FROM panel_members WHERE panel_id = $1 AND staff_id = $2', [panelId, staffId]);
      return [];
    });
  }

  /** Records who was there. */
  attendance(actor: ChangingActor, panelId: string, attended: readonly string[]): PanelResult {
    return this.change(actor, panelId, 'panel.attendance', async (tx, panel, today) => {
      if (panel.meetsOn > today) return [{ kind: 'panel_not_met', meetsOn: panel.meetsOn }];
      await tx.query('UPDATE panel_members SET attended = staff_id = ANY ($2::uuid[]) WHERE panel_id = $1', [panelId, attended]);
      return [];
    });
  }

  /** A member declared a conflict of interest: the case is closed to them from now on. */
  declareConflict(actor: ChangingActor, panelId: string, journeyId: string, staffId: string, declared: string): PanelResult {
    return this.change(actor, panelId, 'panel.conflict', async (tx, _panel, _today, now) => {
      const [onIt] = await rows(tx, 'SELECT 1 FROM panel_cases c JOIN panel_members m ON m.panel_id = c.panel_id WHERE c.panel_id = $1 AND c.journey_id = $2 AND m.staff_id = $3', [panelId, journeyId, staffId]);
      if (!onIt) return [{ kind: 'not_found' }];
      await tx.query('INSERT INTO panel_conflicts (panel_id, journey_id, staff_id, declared, declared_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [panelId, journeyId, staffId, declared, now]);
      return [];
    });
  }

  /** A member declares their own conflict of interest, in a case of their panel that they can see: it is closed to them from now on. */
  declareOwnConflict(actor: StaffActor, panelId: string, journeyId: string, declared: string): PanelResult {
    return this.transactions.run(actor, async (tx): PanelResult => {
      const panel = await loadPanel(tx, panelId);
      const [onIt] = await rows(tx, 'SELECT 1 FROM panel_cases c JOIN panel_members m ON m.panel_id = c.panel_id WHERE c.panel_id = $1 AND c.journey_id = $2 AND m.staff_id = $3 AND c.withdrawn_at IS NULL', [panelId, journeyId, actor.staffId]);
      if (!panel || !onIt || panel.cancelledAt !== null || panel.minutesAgreedOn !== null) return refused({ blockers: [{ kind: 'not_found' }] });
      const now = this.clock.now();
      await tx.query('INSERT INTO panel_conflicts (panel_id, journey_id, staff_id, declared, declared_at) VALUES ($1, $2, $3, $4, $5)', [panelId, journeyId, actor.staffId, declared, now]);
      await recordAudit(tx, actor, now, { action: 'panel.conflict', subjectKind: 'settings', subjectId: panelId, authority: panel.authority });
      return ok();
    });
  }

  /** Agrees the minutes: with the recommendations, the decision maker's seven working days start, and the panel's access to the cases ends. */
  agreeMinutes(actor: ChangingActor, panelId: string, on: LocalDate): PanelResult {
    return this.change(actor, panelId, 'panel.minutes', async (tx, panel, today) => {
      if (on > today) return [{ kind: 'future', on }];
      if (on < panel.meetsOn) return [{ kind: 'panel_not_met', meetsOn: panel.meetsOn }];
      // A family that left before the panel met needs no recommendation, and no decision any more.
      const cases = await rows<{ journeyId: string; recommendation: Recommendation | null; rests: boolean }>(
        tx,
        `SELECT c.journey_id AS "journeyId", c.recommendation, j.status = 'on_hold' AS rests FROM panel_cases c JOIN journeys j ON j.id = c.journey_id WHERE c.panel_id = $1 AND c.withdrawn_at IS NULL AND j.status IN ('open', 'on_hold')`,
        [panelId],
      );
      if (cases.some(({ recommendation }) => recommendation === null)) return [{ kind: 'recommendation_missing' }];
      await tx.query('UPDATE panels SET minutes_agreed_on = $2, version = version + 1 WHERE id = $1', [panelId, on]);
      const calendars = await loadCalendars(tx);
      for (const { journeyId, recommendation, rests } of cases) {
        // Also for the final decision, when the panel considered the case again after representations.
        if (recommendation !== 'defer') await startClock(tx, { journeyId, rule: 'decision', startOn: on, authority: panel.authority, calendars });
        if (rests) await pauseClocks(tx, journeyId);
      }
      return [];
    });
  }

  /** Calls a panel off. Its cases have to be put on another. */
  cancel(actor: ChangingActor, panelId: string): PanelResult {
    return this.change(actor, panelId, 'panel.cancel', async (tx, _panel, _today, now) => {
      const considered = await rows(tx, 'SELECT 1 FROM panel_cases WHERE panel_id = $1 AND withdrawn_at IS NULL AND recommendation IS NOT NULL', [panelId]);
      if (considered.length > 0) return [{ kind: 'panel_has_recommended' }];
      await tx.query('UPDATE panels SET cancelled_at = $2, version = version + 1 WHERE id = $1', [panelId, now]);
      return [];
    });
  }

  private change(actor: ChangingActor, panelId: string, auditAs: string, work: (tx: EntityManager, panel: Panel, today: LocalDate, now: Date) => Promise<readonly AnyBlocker[]>): PanelResult {
    return this.transactions.run(actor, async (tx): PanelResult => {
      const now = this.clock.now();
      const panel = await loadPanel(tx, panelId, true);
      if (!panel) return refused({ blockers: [{ kind: 'not_found' }] });
      if (actor.kind === 'staff' && !may(actor, 'panels.manage', panel.authority)) return refused({ blockers: [{ kind: 'not_permitted' }] });
      if (panel.cancelledAt !== null) return refused({ blockers: [{ kind: 'panel_cancelled' }] });
      if (panel.minutesAgreedOn !== null) return refused({ blockers: [{ kind: 'panel_over' }] });
      const blockers = await work(tx, panel, localDateOf(now), now);
      if (blockers.length > 0) return refused({ blockers });
      await recordAudit(tx, actor, now, { action: auditAs, subjectKind: 'settings', subjectId: panelId, authority: panel.authority });
      return ok();
    });
  }
}

/** Takes a case through a panel: on the agenda, papers out, recommendation. */
@Injectable()
export class TakeToPanel {
  constructor(private readonly changes: AssessmentChanges) {}

  /** Puts a family on the agenda. Its report has to be finished, and its papers in time. */
  putOnAgenda(actor: ChangingActor, request: JourneyRequest & { readonly panelId: string }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'panels.manage', 'panel.agenda', async (context) => {
      const { tx, journey, assessment, today } = context;
      const panel = await loadPanel(tx, request.panelId, true);
      const blockers = panel ? agendaBlockers(panel, journey.authority) : [{ kind: 'not_found' } as const];
      if (!panel || blockers.length > 0) return blockers;
      if (assessment.stage1Outcome !== 'go_on') return [{ kind: 'stage_1_not_decided' }];
      if (assessment.stage2EndedOn === null) return [{ kind: 'report_not_finished' }];
      if (today > panel.papersDueOn) return [{ kind: 'papers_late', dueOn: panel.papersDueOn }];
      const [known] = await rows<{ withdrawn: boolean }>(tx, 'SELECT withdrawn_at IS NOT NULL AS withdrawn FROM panel_cases WHERE panel_id = $1 AND journey_id = $2', [panel.id, journey.id]);
      if (known && !known.withdrawn) return [{ kind: 'on_agenda_already' }];
      const elsewhere = await waysElsewhere(context, panel.id);
      if (elsewhere.length > 0) return elsewhere;
      if (known) await tx.query('UPDATE panel_cases SET withdrawn_at = NULL WHERE panel_id = $1 AND journey_id = $2', [panel.id, journey.id]);
      else await tx.query('INSERT INTO panel_cases (panel_id, journey_id, position) SELECT $1, $2, 1 + count(*) FROM panel_cases WHERE panel_id = $1', [panel.id, journey.id]);
      return undefined;
    });
  }

  /** Sends the papers: from this day the members of the panel see the case. */
  sendPapers(actor: ChangingActor, request: JourneyRequest & { readonly panelId: string }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'panels.manage', 'panel.papers', async (context) => {
      const { tx, journey, today } = context;
      const found = await caseOn(context, request.panelId);
      if ('blockers' in found) return found.blockers;
      if (today > found.panel.papersDueOn) return [{ kind: 'papers_late', dueOn: found.panel.papersDueOn }];
      await tx.query('UPDATE panel_cases SET papers_sent_on = $3 WHERE panel_id = $1 AND journey_id = $2', [request.panelId, journey.id, today]);
      return undefined;
    });
  }

  /** Takes a case off the agenda before it was considered. */
  withdraw(actor: ChangingActor, request: JourneyRequest & { readonly panelId: string }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'panels.manage', 'panel.withdraw', async (context) => {
      const found = await caseOn(context, request.panelId);
      if ('blockers' in found) return found.blockers;
      if (found.recommendation !== null) return [{ kind: 'recommended_already', meetsOn: found.panel.meetsOn }];
      await context.tx.query('UPDATE panel_cases SET withdrawn_at = $3 WHERE panel_id = $1 AND journey_id = $2', [request.panelId, context.journey.id, context.now]);
      return undefined;
    }, 'any');
  }

  /** Records what the panel recommends. The first panel that considers a case dates the milestone; a deferral does not meet the eight months. */
  recommend(actor: ChangingActor, request: JourneyRequest & { readonly panelId: string; readonly recommendation: Recommendation; readonly reasons: string }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'panels.manage', 'panel.recommendation', async (context) => {
      const { tx, journey, today } = context;
      const found = await caseOn(context, request.panelId);
      if ('blockers' in found) return found.blockers;
      if (found.papersSentOn === null) return [{ kind: 'papers_not_sent' }];
      if (found.panel.meetsOn > today) return [{ kind: 'panel_not_met', meetsOn: found.panel.meetsOn }];
      if (!request.reasons.trim()) return [{ kind: 'reasons_missing' }];
      if (journey.panelOn === null) {
        const blockers = await moveBlockersOf(context, 'panel', found.panel.meetsOn);
        if (blockers.length > 0) return blockers;
        await recordMilestone(context, 'panel', found.panel.meetsOn);
      }
      await tx.query('UPDATE panel_cases SET recommendation = $3, reasons = $4 WHERE panel_id = $1 AND journey_id = $2', [request.panelId, journey.id, request.recommendation, request.reasons]);
      if (request.recommendation !== 'defer') await meetClock(tx, journey.id, 'recommendation', startOfLocalDay(found.panel.meetsOn));
      else if ((await lastRecommendation(tx, journey.id)) === null) await withdrawMeeting(tx, journey.id, 'recommendation');
      return undefined;
    });
  }
}

function agendaBlockers(panel: Panel, authority: string): readonly AnyBlocker[] {
  if (panel.authority !== authority) return [{ kind: 'panel_of_another_council' }];
  if (panel.cancelledAt !== null) return [{ kind: 'panel_cancelled' }];
  if (panel.minutesAgreedOn !== null) return [{ kind: 'panel_over' }];
  return [];
}

/** The day of the last panel that recommended one way or the other, or null. */
async function lastRecommendation(tx: EntityManager, journeyId: string): Promise<LocalDate | null> {
  const [last] = await rows<{ meetsOn: LocalDate }>(
    tx,
    `SELECT p.meets_on AS "meetsOn" FROM panel_cases c JOIN panels p ON p.id = c.panel_id WHERE c.journey_id = $1 AND c.withdrawn_at IS NULL AND c.recommendation IN ('approve', 'not_approve') ORDER BY p.meets_on DESC LIMIT 1`,
    [journeyId],
  );
  return last?.meetsOn ?? null;
}

/**
 * What keeps a family off an agenda because of other panels: it is on one already, or one has recommended. After
 * representations to the service the panel considers the case again.
 */
async function waysElsewhere({ tx, journey }: FileContext, panelId: string): Promise<readonly AnyBlocker[]> {
  const [other] = await rows<{ meetsOn: LocalDate }>(
    tx,
    `SELECT p.meets_on AS "meetsOn" FROM panel_cases c JOIN panels p ON p.id = c.panel_id
      WHERE c.journey_id = $1 AND c.panel_id <> $2 AND c.withdrawn_at IS NULL AND c.recommendation IS NULL AND p.cancelled_at IS NULL AND p.minutes_agreed_on IS NULL LIMIT 1`,
    [journey.id, panelId],
  );
  if (other) return [{ kind: 'on_other_agenda', meetsOn: other.meetsOn }];
  const recommendedOn = await lastRecommendation(tx, journey.id);
  if (recommendedOn === null) return [];
  const made = await representationOf(tx, journey.id);
  return made?.way === 'service' && made.receivedOn >= recommendedOn ? [] : [{ kind: 'recommended_already', meetsOn: recommendedOn }];
}

async function caseOn({ tx, journey }: FileContext, panelId: string): Promise<{ readonly panel: Panel; readonly papersSentOn: LocalDate | null; readonly recommendation: Recommendation | null } | { readonly blockers: readonly AnyBlocker[] }> {
  const panel = await loadPanel(tx, panelId, true);
  if (!panel) return { blockers: [{ kind: 'not_found' }] };
  const blockers = agendaBlockers(panel, journey.authority);
  if (blockers.length > 0) return { blockers };
  const [found] = await rows<{ papersSentOn: LocalDate | null; recommendation: Recommendation | null }>(tx, `SELECT papers_sent_on AS "papersSentOn", recommendation FROM panel_cases WHERE panel_id = $1 AND journey_id = $2 AND withdrawn_at IS NULL`, [panelId, journey.id]);
  return found ? { panel, ...found } : { blockers: [{ kind: 'not_on_agenda' }] };
}
