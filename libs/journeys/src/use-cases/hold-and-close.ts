import { pauseClocks, resumeClocks, stopClocks } from '@app/deadlines';
import { rows } from '@app/database';
import { type LocalDate, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { refusedForGoodOn } from '../persistence/dates-in-file';
import { recordEvents, recordTimeline } from '../persistence/history';
import { type Journey, milestonesOf, stateOf, updateJourney } from '../persistence/journey-record';
import { type Blocker, statusBlockers } from '../rules/blockers';
import { type ClosedBy, CLOSE_REASON_NAMES, type CloseReason, isCloseReasonOf } from '../rules/close-reasons';
import type { Milestone } from '../rules/milestones';
import { type ChangeContext, type ChangingActor, JourneyChanges, type JourneyRequest, type Refusal } from './journey-changes';

/** Puts a journey on hold until a date in the future. Its alerts pause; the measures go on. */
@Injectable()
export class HoldJourney {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: JourneyRequest & { readonly until: LocalDate; readonly reason: string }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'journey.hold', async ({ tx, journey, now, today }) => {
      const blockers: readonly Blocker[] = [...statusBlockers('hold', journey), ...(request.until <= today ? [{ kind: 'hold_in_past', until: request.until } as const] : [])];
      if (blockers.length > 0) return blockers;
      await updateJourney(tx, journey.id, { status: 'on_hold', held_on: today, hold_until: request.until, contact_again_on: null });
      await recordEvents(tx, actor, now, journey.id, [{ kind: 'held', at: now, detail: { until: request.until } }]);
      await recordTimeline(tx, actor, now, journey.id, [{ kind: 'note', at: now, title: 'Why it is on hold', body: request.reason }]);
      await pauseClocks(tx, journey.id);
      return undefined;
    });
  }
}

/** Brings a journey back from hold: alerts whose time passed meanwhile are sent. */
@Injectable()
export class ResumeJourney {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: JourneyRequest): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'journey.resume', async ({ tx, journey, now }) => {
      const blockers = statusBlockers('resume', journey);
      if (blockers.length > 0) return blockers;
      await updateJourney(tx, journey.id, { status: 'open', held_on: null, hold_until: null });
      await recordEvents(tx, actor, now, journey.id, [{ kind: 'resumed', at: now }]);
      await resumeClocks(tx, journey.id);
      return undefined;
    });
  }
}

export interface CloseRequest extends JourneyRequest {
  /** The local date of the close; for "not approved" that of the final decision, or the day on which representations lapsed. */
  readonly on: LocalDate;
  readonly by: ClosedBy;
  readonly reason: CloseReason;
  readonly note?: string;
}

/** Closes a journey without approval. Closing as kinship marks it as kinship, which is not mainstream fostering. */
@Injectable()
export class CloseJourney {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: CloseRequest): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.close', 'journey.close', async (context) => {
      const blockers = [...closeBlockers(context, request), ...(await reopenedAfter(context, request.on))];
      if (blockers.length > 0) return blockers;
      await recordClose(context, request);
      if (request.note) await recordTimeline(context.tx, actor, context.now, context.journey.id, [{ kind: 'note', at: context.now, title: `Closed: ${CLOSE_REASON_NAMES[request.reason].toLowerCase()}`, body: request.note }]);
      return undefined;
    });
  }
}

/** What an agency decides about an application: nobody who has not applied can be refused. */
const DECIDED_ON_APPLICATIONS: readonly CloseReason[] = ['stage_1_refused', 'not_approved'];

function closeBlockers({ journey, today }: ChangeContext, { on, by, reason }: CloseRequest): readonly Blocker[] {
  const blockers: Blocker[] = [...statusBlockers('close', stateOf(journey))];
  if (!isCloseReasonOf(by, reason)) blockers.push({ kind: 'reason_of_another', by, reason });
  if (DECIDED_ON_APPLICATIONS.includes(reason) && journey.stage !== 'assessment' && journey.stage !== 'decision') blockers.push({ kind: 'reason_too_early', reason });
  if (on > today) blockers.push({ kind: 'future', on });
  const milestones = Object.entries(milestonesOf(journey)) as [Milestone, LocalDate | null][];
  const last = milestones.filter((entry): entry is [Milestone, LocalDate] => entry[1] !== null && entry[1] > on).sort(([, a], [, b]) => (a < b ? 1 : -1))[0];
  if (last) blockers.push({ kind: 'before', milestone: last[0], milestoneOn: last[1] });
  return blockers;
}

/** A close cannot be dated before the day on which the journey was last reopened. */
async function reopenedAfter({ tx, journey }: ChangeContext, on: LocalDate): Promise<readonly Blocker[]> {
  const [reopened] = await rows<{ reopenedOn: LocalDate | null }>(tx, `SELECT max(happened_on) AS "reopenedOn" FROM journey_events WHERE journey_id = $1 AND kind = 'reopened'`, [journey.id]);
  return reopened?.reopenedOn && reopened.reopenedOn > on ? [{ kind: 'before_reopening', reopenedOn: reopened.reopenedOn }] : [];
}

/** Writes the close: on the journey, in the history; ends its clocks and alerts. */
export async function recordClose({ tx, actor, journey, now }: ChangeContext, { on, by, reason }: Pick<CloseRequest, 'on' | 'by' | 'reason'>, mergedInto: string | null = null): Promise<void> {
  const marksKinship = reason === 'kinship' && !journey.kinship;
  await updateJourney(tx, journey.id, { status: 'closed', closed_on: on, closed_by: by, closed_reason: reason, held_on: null, hold_until: null, contact_again_on: null, merged_into: mergedInto, ...(marksKinship ? { kinship: true } : {}) });
  await recordEvents(tx, actor, now, journey.id, [{ kind: 'closed', on, by, reason }]);
  if (marksKinship) await recordEvents(tx, actor, now, journey.id, [{ kind: 'kinship_marked', at: now }]);
  await stopClocks(tx, journey.id, now);
}

/** A household has one open journey at a time: what blocks, where that is another one than this. */
export async function anotherIsOpen(tx: EntityManager, { id, householdId }: Pick<Journey, 'id' | 'householdId'>): Promise<readonly Blocker[]> {
  const open = await rows<{ reference: string }>(tx, `SELECT reference FROM journeys WHERE household_id = $1 AND status IN ('open', 'on_hold') AND id <> $2`, [householdId, id]);
  return open.map(({ reference }) => ({ kind: 'another_is_open', reference }));
}

/**
 * Opens a closed journey again, with the reason why; its furthest milestone stays. What the agency refused for good stays
 * refused: a new application is a new journey, with checks and clocks of its own.
 */
@Injectable()
export class ReopenJourney {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: JourneyRequest & { readonly reason: string }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.reopen', 'journey.reopen', async ({ tx, journey, now }) => {
      const blockers: Blocker[] = [...statusBlockers('reopen', journey), ...(await anotherIsOpen(tx, journey))];
      const refusedOn = await refusedForGoodOn(tx, journey.id);
      if (refusedOn) blockers.push({ kind: 'refused_for_good', on: refusedOn });
      if (blockers.length > 0) return blockers;
      await updateJourney(tx, journey.id, { status: 'open', closed_on: null, closed_by: null, closed_reason: null, merged_into: null });
      await recordEvents(tx, actor, now, journey.id, [{ kind: 'reopened', at: now }]);
      await recordTimeline(tx, actor, now, journey.id, [{ kind: 'note', at: now, title: 'Why it was reopened', body: request.reason }]);
      await resumeClocks(tx, journey.id);
      return undefined;
    });
  }
}
