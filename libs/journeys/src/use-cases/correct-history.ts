import { type ClockOfJourney, clocksOf, meetClock, pauseClocks, startClock, stopClocks, withdrawMeeting } from '@app/deadlines';
import { type LocalDate, type Result, startOfLocalDay, toMinute } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { datesInFile } from '../persistence/dates-in-file';
import { recordEvents, recordTimeline, supersedeEvent } from '../persistence/history';
import { milestonesOf, updateJourney } from '../persistence/journey-record';
import { type Blocker, dateBlockers, type MilestoneDates } from '../rules/blockers';
import { fileBlockers } from '../rules/file-dates';
import { furthestMilestone, type Milestone, MILESTONE_COLUMNS, MILESTONE_MEANINGS } from '../rules/milestones';
import { type ChangeContext, type ChangingActor, JourneyChanges, type JourneyRequest, type Refusal } from './journey-changes';
import { recordFirstResponse } from './log-response';

export type CorrectionRequest = JourneyRequest & { readonly reason: string } & (
    | { readonly what: Exclude<Milestone, 'enquiry' | 'approved'>; /** The right date, or null when it never happened. */ readonly to: LocalDate | null }
    | { readonly what: 'approved'; readonly to: LocalDate }
    | { readonly what: 'first_response'; /** When the first response was, or null when there was none. */ readonly to: Date | null }
  );

/**
 * Corrects what was recorded: a milestone's date (also one that was left out), or the first response. The wrong fact
 * is superseded, not erased, so that a report can still be made as it was known before; the right one keeps the reason,
 * also where there was none before. The assessment file follows in the same transaction (PostgreSQL sees to that); what
 * in it would contradict the correction stands in its way.
 */
@Injectable()
export class CorrectHistory {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: CorrectionRequest): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.correct', 'journey.correct', async (context) => {
      const blockers = request.what === 'first_response' ? await correctFirstResponse(context, request.to, request.reason) : await correctMilestone(context, request.what, request.to, request.reason);
      if (blockers.length > 0) return blockers;
      const name = request.what === 'first_response' ? 'first response' : MILESTONE_MEANINGS[request.what].name.toLowerCase();
      await recordTimeline(context.tx, actor, context.now, context.journey.id, [{ kind: 'change', at: context.now, title: `Corrected the ${name}`, body: request.reason, detail: { what: request.what, to: request.to } }]);
      return undefined;
    });
  }
}

async function correctFirstResponse(context: ChangeContext, to: Date | null, reason: string): Promise<readonly Blocker[]> {
  const { tx, journey, now } = context;
  if (to === null && journey.firstResponseAt === null) return [{ kind: 'nothing_to_correct' }];
  if (to && toMinute(to) > now) return [{ kind: 'in_future' }];
  if (to && toMinute(to) < toMinute(journey.enquiryReceivedAt)) return [{ kind: 'response_before_enquiry' }];
  if (journey.firstResponseAt !== null) {
    await supersedeEvent(tx, now, journey.id, { kind: 'first_response' }, reason);
    await withdrawMeeting(tx, journey.id, 'first_response');
  }
  await updateJourney(tx, journey.id, { first_response_at: null });
  if (to) return recordFirstResponse({ ...context, journey: { ...journey, firstResponseAt: null } }, to, { correctionReason: reason });
  if (journey.status === 'closed') await stopClocks(tx, journey.id, now, 'first_response');
  return [];
}

async function correctMilestone(context: ChangeContext, milestone: Exclude<Milestone, 'enquiry'>, to: LocalDate | null, reason: string): Promise<readonly Blocker[]> {
  const { tx, actor, journey, now, today, calendars } = context;
  const before = milestonesOf(journey);
  if (to === (before[milestone] ?? null)) return [{ kind: 'nothing_to_correct' }];
  if (milestone === 'approved' && !before.approved) return [{ kind: 'nothing_to_correct' }];
  const after: MilestoneDates = { ...before, [milestone]: to };
  const blockers = to ? dateBlockers(after, milestone, to, today) : removalBlockers(before, milestone);
  if (blockers.length > 0) return blockers;
  const contradicted = fileBlockers(await datesInFile(tx, journey.id), milestone, to);
  if (contradicted.length > 0) return contradicted;
  if (to && journey.closedOn && to > journey.closedOn) return [{ kind: 'after_close', closedOn: journey.closedOn }];
  await supersedeEvent(tx, now, journey.id, { milestone }, reason);
  const dated = (Object.entries(after) as [Milestone, LocalDate | null][]).filter(([, on]) => on !== null);
  const furthest = furthestMilestone(dated.map(([name]) => name));
  const { stage } = MILESTONE_MEANINGS[furthest];
  await updateJourney(tx, journey.id, { [MILESTONE_COLUMNS[milestone]]: to, stage, stage_since: stageSince(after, stage) ?? journey.stageSince });
  if (to) await recordEvents(tx, actor, now, journey.id, [{ kind: 'milestone', milestone, on: to, detail: { correctionReason: reason } }]);
  if (milestone === 'initial_application' || milestone === 'home_visit') await correctHomeVisitClock(context, after, calendars);
  if (milestone === 'application' && to) await restartClock(context, 'recommendation', to);
  if (milestone === 'approved' && to) await correctApprovalClocks(context, to);
  return [];
}

/** A milestone that later ones rest on cannot be taken back before them. */
function removalBlockers(milestones: MilestoneDates, milestone: Milestone): readonly Blocker[] {
  if (!milestones[milestone]) return [{ kind: 'nothing_to_correct' }];
  if (milestone === 'approved') return [{ kind: 'already', milestone, on: milestones[milestone] }];
  return [];
}

/** The earliest date of the milestones that put a journey into its stage. */
function stageSince(milestones: MilestoneDates, stage: string): LocalDate | null {
  const dates = (Object.entries(milestones) as [Milestone, LocalDate | null][]).filter(([name, on]) => on !== null && MILESTONE_MEANINGS[name].stage === stage).map(([, on]) => on as LocalDate);
  return dates.sort()[0] ?? null;
}

async function correctApprovalClocks(context: ChangeContext, to: LocalDate): Promise<void> {
  const { tx, journey } = context;
  for (const rule of ['turnaround', 'decision'] as const) await meetClock(tx, journey.id, rule, startOfLocalDay(to));
  for (const rule of ['told_orally', 'told_in_writing'] as const) await restartClock(context, rule, to);
}

/** A clock that counts from a corrected day is stopped and started again from the right one; met or stopped it stays as it ended. */
async function restartClock({ tx, journey, now, calendars }: ChangeContext, rule: 'recommendation' | 'told_orally' | 'told_in_writing', startOn: LocalDate): Promise<void> {
  const counting = (await clocksOf(tx, journey.id)).filter((clock) => clock.rule === rule).reduce<ClockOfJourney | null>((newest, clock) => (newest === null || clock.id > newest.id ? clock : newest), null);
  if (!counting) return;
  const { state, endedAt } = counting;
  await withdrawMeeting(tx, journey.id, rule);
  await stopClocks(tx, journey.id, now, rule);
  const outcome = (state === 'met' || state === 'stopped') && endedAt ? { outcome: { state, at: endedAt } } : {};
  await startClock(tx, { journeyId: journey.id, rule, startOn, authority: journey.authority, calendars, noAlertsBefore: now, ...outcome });
  if (state === 'paused') await pauseClocks(tx, journey.id);
}

/** The clock of the home visit follows the corrected dates: it is stopped, and started again from the initial application. */
async function correctHomeVisitClock({ tx, journey, now }: ChangeContext, milestones: MilestoneDates, calendars: ChangeContext['calendars']): Promise<void> {
  await withdrawMeeting(tx, journey.id, 'home_visit');
  await stopClocks(tx, journey.id, now, 'home_visit');
  if (!milestones.initial_application) return;
  const open = journey.status === 'open' || journey.status === 'on_hold';
  const visitedAt = milestones.home_visit ? startOfLocalDay(milestones.home_visit) : null;
  const outcome = visitedAt ? { state: 'met' as const, at: visitedAt } : open ? null : { state: 'stopped' as const, at: now };
  await startClock(tx, { journeyId: journey.id, rule: 'home_visit', startOn: milestones.initial_application, authority: journey.authority, calendars, noAlertsBefore: now, ...(outcome ? { outcome } : {}) });
}
