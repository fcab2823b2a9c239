import { clocksOf, meetClock, startClock, stopClocks } from '@app/deadlines';
import { actorName, insertRows, rows } from '@app/database';
import { type LocalDate, newId, type Result, startOfLocalDay } from '@app/kernel';
import { type ChangingActor, type JourneyRequest, moveBlockersOf, recordClose, recordMilestone } from '@app/journeys';
import { Injectable } from '@nestjs/common';
import { rulesInForce } from '../persistence/rules-in-force';
import { type ApprovalTerms, termsRefusals } from '../rules/terms';
import { AssessmentChanges, type AnyBlocker, type AssessmentRefusal, type FileContext } from './assessment-changes';

export type DecisionKind = 'approval' | 'qualifying_determination' | 'final_approval' | 'final_refusal' | 'lapse';

export interface Decision {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly decidedOn: LocalDate;
  readonly receivedOn: LocalDate | null;
  readonly dueOn: LocalDate | null;
  readonly decidedBy: string | null;
  readonly reasons: string;
  readonly terms: ApprovalTerms | null;
  readonly toldOrallyOn: LocalDate | null;
  readonly toldInWritingOn: LocalDate | null;
}

export interface Representation {
  readonly id: string;
  readonly way: 'service' | 'irm';
  readonly receivedOn: LocalDate;
  readonly papersDueOn: LocalDate | null;
  readonly papersSentOn: LocalDate | null;
  /** What the review recommends; when it ended without a recommendation, why. */
  readonly recommendation: string | null;
  /** The day of the review's answer or end. */
  readonly concludedOn: LocalDate | null;
  readonly endedWithout: boolean;
}

/** Whether the family turned to the review, and it has not ended. */
export const isWithTheReview = (made: Representation | null): boolean => made?.way === 'irm' && made.concludedOn === null;

/** The decisions on a family, first to last. */
export function decisionsOf(tx: FileContext['tx'], journeyId: string): Promise<Decision[]> {
  return rows<Decision>(
    tx,
    `SELECT id, kind, decided_on AS "decidedOn", received_on AS "receivedOn", due_on AS "dueOn", decided_by AS "decidedBy", reasons, terms, told_orally_on AS "toldOrallyOn", told_in_writing_on AS "toldInWritingOn"
       FROM decisions WHERE journey_id = $1 ORDER BY recorded_at, id`,
    [journeyId],
  );
}

/** What the family answered to a qualifying determination, or null. */
export async function representationOf(tx: FileContext['tx'], journeyId: string): Promise<Representation | null> {
  const [made] = await rows<Representation>(
    tx,
    `SELECT id, way, received_on AS "receivedOn", papers_due_on AS "papersDueOn", papers_sent_on AS "papersSentOn", recommendation, concluded_on AS "concludedOn", ended_without AS "endedWithout"
       FROM representations WHERE journey_id = $1 ORDER BY recorded_at DESC LIMIT 1`,
    [journeyId],
  );
  return made ?? null;
}

type Refused = Promise<Result<undefined, AssessmentRefusal>>;
type OnDay = JourneyRequest & { readonly on: LocalDate };

/**
 * The agency decision: approval with terms, or a qualifying determination that the family may answer within 28 days, to
 * the service or to the Independent Review Mechanism, and then the final decision or the lapse.
 */
@Injectable()
export class MakeDecision {
  constructor(private readonly changes: AssessmentChanges) {}

  /** Approves, on terms. Also the final decision after representations. */
  approve(actor: ChangingActor, request: OnDay & { readonly reasons: string; readonly terms: ApprovalTerms }): Refused {
    return this.decide(actor, request, 'decision.approve', async (context, earlier) => {
      const { usualFosteringLimit } = await rulesInForce(context.tx, context.journey.authority, request.on);
      const refusals = termsRefusals(request.terms, usualFosteringLimit);
      if (refusals.length > 0) return refusals.map((refusal) => ({ kind: 'terms', refusal, usualLimit: usualFosteringLimit }) as const);
      const blockers = await moveBlockersOf(context, 'approved', request.on);
      if (blockers.length > 0) return blockers;
      // The approval ends what the journey waited for; the days in which the family has to be told start after it.
      await recordMilestone(context, 'approved', request.on);
      await this.record(context, earlier ? 'final_approval' : 'approval', request, request.terms);
      return undefined;
    });
  }

  /** Proposes not to approve: from its date the family has 28 calendar days. */
  determine(actor: ChangingActor, request: OnDay & { readonly reasons: string }): Refused {
    return this.decide(actor, request, 'decision.qualifying_determination', async (context, earlier) => {
      if (earlier) return [{ kind: 'decided_already', on: earlier.decidedOn }];
      await this.record(context, 'qualifying_determination', request, null);
      await startClock(context.tx, { journeyId: context.journey.id, rule: 'representations', startOn: request.on, authority: context.journey.authority, calendars: context.calendars });
      return undefined;
    });
  }

  /** After representations the determination is upheld: the journey closes as not approved on this date. */
  refuse(actor: ChangingActor, request: OnDay & { readonly reasons: string }): Refused {
    return this.decide(actor, request, 'decision.final_refusal', async (context, earlier) => {
      if (!earlier) return [{ kind: 'no_determination' }];
      const made = await representationOf(context.tx, context.journey.id);
      if (!made) return [{ kind: 'representations_open', until: await representationsUntil(context) }];
      if (isWithTheReview(made)) return [{ kind: 'review_not_over' }];
      if (made.concludedOn !== null && request.on < made.concludedOn) return [{ kind: 'earlier_than', what: 'the end of the review', on: made.concludedOn }];
      // The close stops what the journey waited for; the days in which the family has to be told start after it.
      await recordClose(context, { on: request.on, by: 'service', reason: 'not_approved' });
      await this.record(context, 'final_refusal', request, null);
      return undefined;
    });
  }

  /** Nobody answered within the 28 days: the determination stands, and the journey closes on the day after them. */
  lapse(actor: ChangingActor, request: JourneyRequest & { readonly on: LocalDate }): Refused {
    return this.changes.change(actor, request, 'panels.manage', 'decision.lapse', async (context) => {
      const first = (await decisionsOf(context.tx, context.journey.id)).find(({ kind }) => kind === 'qualifying_determination');
      if (!first) return [{ kind: 'no_determination' }];
      if (await representationOf(context.tx, context.journey.id)) return [{ kind: 'representations_made' }];
      const until = await representationsUntil(context);
      if (request.on <= until || request.on > context.today) return [request.on > context.today ? { kind: 'future', on: request.on } : { kind: 'representations_open', until }];
      await insertRows(context.tx, 'decisions', [{ id: newId(), journey_id: context.journey.id, kind: 'lapse', decided_on: request.on, reasons: 'No representations within the time', recorded_at: context.now, recorded_by: actorName(actor) }]);
      await meetClock(context.tx, context.journey.id, 'representations', startOfLocalDay(until));
      await recordClose(context, { on: request.on, by: 'service', reason: 'not_approved' });
      return undefined;
    });
  }

  /** The family answers: to the service, or to the Independent Review Mechanism, whose papers go within ten working days of its notice. */
  represent(actor: ChangingActor, request: OnDay & { readonly way: 'service' | 'irm' }): Refused {
    return this.changes.change(actor, request, 'panels.manage', 'decision.representations', async (context) => {
      const { tx, journey, now, today, calendars } = context;
      const first = (await decisionsOf(tx, journey.id)).find(({ kind }) => kind === 'qualifying_determination');
      if (!first) return [{ kind: 'no_determination' }];
      if (await representationOf(tx, journey.id)) return [{ kind: 'representations_made' }];
      if (request.on > today) return [{ kind: 'future', on: request.on }];
      if (request.on < first.decidedOn) return [{ kind: 'earlier_than', what: 'the determination', on: first.decidedOn }];
      const until = await representationsUntil(context);
      if (request.on > until) return [{ kind: 'representations_late', until }];
      const papers = request.way === 'irm' ? await startClock(tx, { journeyId: journey.id, rule: 'irm_papers', startOn: request.on, authority: journey.authority, calendars }) : null;
      await insertRows(tx, 'representations', [{ id: newId(), decision_id: first.id, journey_id: journey.id, way: request.way, received_on: request.on, papers_due_on: papers?.dueOn ?? null, recorded_at: now, recorded_by: actorName(actor) }]);
      await meetClock(tx, journey.id, 'representations', startOfLocalDay(request.on));
      return undefined;
    });
  }

  /** The papers went to the Independent Review Mechanism, it answered, or it ended without a recommendation: then `words` say why. */
  reviewStep(actor: ChangingActor, request: OnDay & ({ readonly step: 'papers_sent' } | { readonly step: 'recommendation' | 'ended_without'; readonly words: string })): Refused {
    return this.changes.change(actor, request, 'panels.manage', 'decision.review', async ({ tx, journey, now, today }) => {
      const made = await representationOf(tx, journey.id);
      if (!made) return [{ kind: 'no_representations' }];
      if (made.way === 'service') return [{ kind: 'not_with_the_review' }];
      if (request.on > today) return [{ kind: 'future', on: request.on }];
      if (request.on < made.receivedOn) return [{ kind: 'earlier_than', what: 'the representations', on: made.receivedOn }];
      if (request.step === 'papers_sent') {
        await tx.query('UPDATE representations SET papers_sent_on = $2 WHERE id = $1', [made.id, request.on]);
        await meetClock(tx, journey.id, 'irm_papers', startOfLocalDay(request.on));
      } else {
        await tx.query('UPDATE representations SET recommendation = $2, concluded_on = $3, ended_without = $4 WHERE id = $1', [made.id, request.words, request.on, request.step === 'ended_without']);
        // Papers that nobody asks for any more are not late.
        if (request.step === 'ended_without' && made.papersSentOn === null) await stopClocks(tx, journey.id, now, 'irm_papers');
      }
      return undefined;
    });
  }

  /** The family was told, orally or in writing: of the last decision, or of the last of some kinds. */
  told(actor: ChangingActor, request: OnDay & { readonly how: 'orally' | 'in_writing'; readonly of?: readonly DecisionKind[] }): Refused {
    return this.changes.change(actor, request, 'assessments.read', `decision.told_${request.how}`, async ({ tx, journey, today }) => {
      const made = await decisionsOf(tx, journey.id);
      const last = made.filter(({ kind }) => request.of === undefined || request.of.includes(kind)).at(-1);
      if (!last) return [{ kind: 'no_decision' }];
      if (request.on > today) return [{ kind: 'future', on: request.on }];
      if (request.on < last.decidedOn) return [{ kind: 'earlier_than', what: 'the decision', on: last.decidedOn }];
      await tx.query(`UPDATE decisions SET ${request.how === 'orally' ? 'told_orally_on' : 'told_in_writing_on'} = $2 WHERE id = $1`, [last.id, request.on]);
      // The clocks run for the latest decision: a letter on an earlier one leaves them alone.
      if (last === made.at(-1)) await meetClock(tx, journey.id, request.how === 'orally' ? 'told_orally' : 'told_in_writing', startOfLocalDay(request.on));
      return undefined;
    }, 'any');
  }

  /** What every decision by the agency decision maker asks: no final one yet, recommendation and agreed minutes (or no panel needed), a day that can be. */
  private decide(actor: ChangingActor, request: OnDay & { readonly reasons: string }, auditAs: string, work: (context: FileContext, determination: Decision | null) => Promise<readonly AnyBlocker[] | undefined>): Refused {
    return this.changes.change(actor, request, 'decisions.make', auditAs, async (context) => {
      const { tx, journey, assessment, today } = context;
      const made = await decisionsOf(tx, journey.id);
      const final = made.find(({ kind }) => kind !== 'qualifying_determination');
      if (final) return [{ kind: 'decided_already', on: final.decidedOn }];
      const determination = made[0] ?? null;
      if (request.on > today) return [{ kind: 'future', on: request.on }];
      if (!request.reasons.trim()) return [{ kind: 'reasons_missing' }];
      if (determination) {
        if (request.on < determination.decidedOn) return [{ kind: 'earlier_than', what: 'the determination', on: determination.decidedOn }];
        const again = await consideredAgain(context);
        if (again === 'under_way') return [{ kind: 'considered_again' }];
        if (again && request.on < again) return [{ kind: 'earlier_than', what: 'the day on which the recommendation and minutes were received', on: again }];
        return work(context, determination);
      }
      const received = await receivedOn(context);
      if (received === null) return [(await rulesInForce(tx, journey.authority, today)).panelNeeded ? { kind: 'minutes_not_agreed' } : assessment.stage2EndedOn === null ? { kind: 'report_not_finished' } : { kind: 'minutes_not_agreed' }];
      if (request.on < received) return [{ kind: 'earlier_than', what: 'the day on which the recommendation and minutes were received', on: received }];
      return work(context, null);
    });
  }

  private async record(context: FileContext, kind: DecisionKind, request: OnDay & { readonly reasons: string }, terms: ApprovalTerms | null): Promise<void> {
    const { tx, actor, journey, now, calendars } = context;
    // A clock that the determination has met says nothing of the final decision.
    const counting = (await clocksOf(tx, journey.id)).filter(({ rule }) => rule === 'decision').slice(-1).find(({ state }) => state !== 'met');
    await insertRows(tx, 'decisions', [
      {
        id: newId(),
        journey_id: journey.id,
        kind,
        decided_on: request.on,
        received_on: await receivedOn(context),
        due_on: counting?.dueOn ?? null,
        decided_by: actor.kind === 'staff' ? actor.staffId : null,
        reasons: request.reasons,
        terms: terms && JSON.stringify(terms),
        recorded_at: now,
        recorded_by: actorName(actor),
      },
    ]);
    await meetClock(tx, journey.id, 'decision', startOfLocalDay(request.on));
    for (const rule of ['told_orally', 'told_in_writing'] as const) {
      await stopClocks(tx, journey.id, now, rule);
      await startClock(tx, { journeyId: journey.id, rule, startOn: request.on, authority: journey.authority, calendars });
    }
  }
}

/** The day on which the decision maker had the recommendation and the final minutes; where no panel is needed, the finished report. */
async function receivedOn({ tx, journey, assessment, today }: FileContext): Promise<LocalDate | null> {
  const [panel] = await rows<{ on: LocalDate }>(
    tx,
    `SELECT p.minutes_agreed_on AS "on" FROM panel_cases c JOIN panels p ON p.id = c.panel_id
      WHERE c.journey_id = $1 AND c.withdrawn_at IS NULL AND c.recommendation IN ('approve', 'not_approve') AND p.minutes_agreed_on IS NOT NULL ORDER BY p.meets_on DESC LIMIT 1`,
    [journey.id],
  );
  if (panel) return panel.on;
  return (await rulesInForce(tx, journey.authority, today)).panelNeeded ? null : assessment.stage2EndedOn;
}

/** After representations a panel may consider a case again: the day of its agreed minutes, or that it has not come so far. Null: no panel has it again. */
async function consideredAgain({ tx, journey }: FileContext): Promise<LocalDate | 'under_way' | null> {
  const [panel] = await rows<{ recommended: boolean; on: LocalDate | null }>(
    tx,
    `SELECT c.recommendation IN ('approve', 'not_approve') IS TRUE AS recommended, p.minutes_agreed_on AS "on" FROM panel_cases c JOIN panels p ON p.id = c.panel_id JOIN representations r ON r.journey_id = c.journey_id
      WHERE c.journey_id = $1 AND c.withdrawn_at IS NULL AND p.cancelled_at IS NULL AND p.meets_on >= r.received_on AND (p.minutes_agreed_on IS NULL OR p.minutes_agreed_on >= r.received_on) ORDER BY p.meets_on DESC LIMIT 1`,
    [journey.id],
  );
  if (!panel) return null;
  return panel.recommended && panel.on !== null ? panel.on : 'under_way';
}

/** The last day for representations: 28 calendar days from the determination. */
async function representationsUntil({ tx, journey }: FileContext): Promise<LocalDate> {
  const clock = (await clocksOf(tx, journey.id)).find(({ rule }) => rule === 'representations');
  if (!clock) throw new Error('A qualifying determination without its clock');
  return clock.dueOn;
}
