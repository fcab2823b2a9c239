import type { Calendars } from '@app/authorities';
import { dueOn, limitInForce, type PlannedClock, type TimeLimit, type TimeLimitRule, timeLimits } from '@app/deadlines';
import { rows } from '@app/database';
import { type LocalDate, localDateOf, momentAt, openingOn } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { NEXT_STEPS, type NextStep, nextStep, nextStepDueAt, type NextStepQuestion, type WaitingFor } from '../rules/next-step';
import { type Journey, loadJourney, milestonesOf } from './journey-record';

/** Where the hub is closed on a date that was planned, the day still ends for people at five. */
const USUAL_CLOSING_MINUTE = 17 * 60;
const USUAL_OPENING_MINUTE = 9 * 60;

/** What the next step of a journey depends on. */
export type JourneyAhead = NextStepQuestion & Pick<Journey, 'contactAgainOn' | 'holdUntil'>;

/** The clock of a rule, as far as the next step asks for it. */
export type DueClock = Pick<PlannedClock, 'rule' | 'dueAt' | 'dueOn'>;

/** What a journey needs next, by when and of whom; null once it has ended. `today` is the local date on which it is asked. */
export function stepAhead(journey: JourneyAhead, clocks: readonly DueClock[], today: LocalDate, limits: readonly TimeLimit[], calendars: Calendars): { readonly step: NextStep; readonly dueAt: Date; readonly waitingFor: WaitingFor } | null {
  const step = nextStep(journey);
  if (step === null) return null;
  const clockOf = (rule: TimeLimitRule) => clocks.find((clock) => clock.rule === rule);
  const dayOf = (rule: TimeLimitRule): Date | null => {
    const clock = clockOf(rule);
    return clock ? endOfWork(clock.dueOn, calendars) : null;
  };
  const dueAt = nextStepDueAt(step, {
    firstResponseDueAt: clockOf('first_response')?.dueAt ?? null,
    homeVisitDueAt: dayOf('home_visit'),
    turnaroundDueAt: dayOf('turnaround'),
    followUpDueAt: followUpDueAt(journey.authority, today, limits, calendars),
    plannedAt: journey.contactAgainOn && endOfWork(journey.contactAgainOn, calendars),
    holdEndsAt: journey.holdUntil && startOfWork(journey.holdUntil, calendars),
  });
  return { step, dueAt, waitingFor: NEXT_STEPS[step].waitingFor };
}

/**
 * Works out anew what a journey needs next, by when and of whom, and stores it for the worklist. Called at the end of
 * every change. Does not count the version up: nobody typed it.
 */
export async function refreshNextStep(tx: EntityManager, journeyId: string, now: Date, calendars: Calendars): Promise<void> {
  const journey = await loadJourney(tx, journeyId);
  if (!journey) return;
  const clocks = await rows<DueClock>(tx, `SELECT DISTINCT ON (rule) rule, due_at AS "dueAt", due_on AS "dueOn" FROM clocks WHERE journey_id = $1 ORDER BY rule, id DESC`, [journeyId]);
  const ahead = stepAhead({ ...journey, answered: journey.firstResponseAt !== null, milestones: milestonesOf(journey) }, clocks, localDateOf(now), await timeLimits(tx), calendars);
  await tx.query('UPDATE journeys SET next_step = $2, next_due_at = $3, waiting_for = $4, last_activity_at = $5 WHERE id = $1', [journeyId, ahead?.step ?? null, ahead?.dueAt ?? null, ahead?.waitingFor ?? null, now]);
}

function followUpDueAt(authority: string, today: LocalDate, limits: readonly TimeLimit[], calendars: Calendars): Date {
  const limit = limitInForce(limits, 'follow_up', today, authority);
  return endOfWork(limit ? dueOn(limit, today, calendars.working) : today, calendars);
}

function endOfWork(on: LocalDate, { opening }: Calendars): Date {
  return openingOn(opening, on)?.closesAt ?? momentAt(on, USUAL_CLOSING_MINUTE);
}

function startOfWork(on: LocalDate, { opening }: Calendars): Date {
  return openingOn(opening, on)?.opensAt ?? momentAt(on, USUAL_OPENING_MINUTE);
}
