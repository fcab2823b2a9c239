import { meetClock, startClock, stopClocks } from '@app/deadlines';
import { type LocalDate, type Result, startOfLocalDay } from '@app/kernel';
import { rows } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordEvents, recordTimeline } from '../persistence/history';
import { milestonesOf, stateOf, updateJourney } from '../persistence/journey-record';
import { type Blocker, moveBlockers } from '../rules/blockers';
import { furthestMilestone, type Milestone, MILESTONE_COLUMNS, MILESTONE_MEANINGS } from '../rules/milestones';
import { type ChangeContext, type ChangingActor, JourneyChanges, type JourneyRequest, type Refusal } from './journey-changes';

export interface MoveRequest extends JourneyRequest {
  readonly milestone: Exclude<Milestone, 'enquiry'>;
  /** The local date on which it happened. */
  readonly on: LocalDate;
  readonly note?: string;
}

/** Records that a milestone was reached on a date, and with it the stage. Refused with everything that stands in the way. */
@Injectable()
export class MoveJourney {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: MoveRequest): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', `journey.${request.milestone}`, async (context) => {
      const blockers = await moveBlockersOf(context, request.milestone, request.on);
      if (blockers.length > 0) return blockers;
      await recordMilestone(context, request.milestone, request.on);
      if (request.note) await recordTimeline(context.tx, actor, context.now, context.journey.id, [{ kind: 'note', at: context.now, title: `Note on the ${MILESTONE_MEANINGS[request.milestone].name.toLowerCase()}`, body: request.note }]);
      return undefined;
    });
  }
}

/** Everything that keeps a journey from reaching a milestone on a date, under its council's rules of that day. */
export async function moveBlockersOf({ tx, journey, today }: ChangeContext, milestone: Exclude<Milestone, 'enquiry'>, on: LocalDate): Promise<readonly Blocker[]> {
  return moveBlockers({ ...stateOf(journey), panelNeeded: await panelNeeded(tx, journey.authority, today) }, milestone, on, today);
}

/** Whether a panel has to consider a case before the decision, at a council on a date. */
async function panelNeeded(tx: EntityManager, authority: string, on: LocalDate): Promise<boolean> {
  const [rule] = await rows<{ amount: number }>(
    tx,
    `SELECT amount FROM assessment_rules WHERE rule = 'panel_needed' AND holds_from <= $2 AND (authority IS NULL OR authority = $1) ORDER BY authority NULLS LAST, holds_from DESC LIMIT 1`,
    [authority, on],
  );
  return rule?.amount !== 0;
}

/** Writes a milestone: on the journey with the stage it leads to, in the history, and on the clocks that it starts and meets. */
export async function recordMilestone({ tx, actor, journey, now, calendars }: ChangeContext, milestone: Exclude<Milestone, 'enquiry'>, on: LocalDate): Promise<void> {
  const dated = Object.entries({ ...milestonesOf(journey), [milestone]: on }).filter(([, date]) => date !== null).map(([name]) => name as Milestone);
  const { stage } = MILESTONE_MEANINGS[furthestMilestone(dated)];
  await updateJourney(tx, journey.id, {
    [MILESTONE_COLUMNS[milestone]]: on,
    stage,
    contact_again_on: null,
    ...(stage === journey.stage ? {} : { stage_since: on }),
    ...(milestone === 'approved' ? { status: 'approved' } : {}),
  });
  await recordEvents(tx, actor, now, journey.id, [{ kind: 'milestone', milestone, on }]);
  const metAt = startOfLocalDay(on);
  if (milestone === 'initial_application') await startClock(tx, { journeyId: journey.id, rule: 'home_visit', startOn: on, authority: journey.authority, calendars });
  if (milestone === 'home_visit') await meetClock(tx, journey.id, 'home_visit', metAt);
  if (milestone === 'approved') {
    await meetClock(tx, journey.id, 'turnaround', metAt);
    await stopClocks(tx, journey.id, now);
  }
}
