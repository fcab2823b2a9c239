import type { Calendars } from '@app/authorities';
import { dueOn, limitInForce, timeLimits } from '@app/deadlines';
import { rows } from '@app/database';
import { type LocalDate, localDateOf, momentAt, openingOn } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { NEXT_STEPS, nextStep, nextStepDueAt } from '../rules/next-step';
import { type Journey, loadJourney, milestonesOf } from './journey-record';

/** Where the hub is closed on a date that was planned, the day still ends for people at five. */
const USUAL_CLOSING_MINUTE = 17 * 60;
const USUAL_OPENING_MINUTE = 9 * 60;

/**
 * Works out anew what a journey needs next, by when and of whom, and stores it for the worklist. Called at the end of
 * every change. Does not count the version up: nobody typed it.
 */
export async function refreshNextStep(tx: EntityManager, journeyId: string, now: Date, calendars: Calendars): Promise<void> {
  const journey = await loadJourney(tx, journeyId);
  if (!journey) return;
  const step = nextStep({ status: journey.status, stage: journey.stage, authority: journey.authority, answered: journey.firstResponseAt !== null, milestones: milestonesOf(journey) });
  if (step === null) {
    await tx.query('UPDATE journeys SET next_step = NULL, next_due_at = NULL, waiting_for = NULL, last_activity_at = $2 WHERE id = $1', [journeyId, now]);
    return;
  }
  const clocks = await rows<{ rule: string; dueAt: Date; dueOn: LocalDate }>(tx, `SELECT DISTINCT ON (rule) rule, due_at AS "dueAt", due_on AS "dueOn" FROM clocks WHERE journey_id = $1 ORDER BY rule, id DESC`, [journeyId]);
  const clockOf = (rule: string) => clocks.find((clock) => clock.rule === rule);
  const dayOf = (rule: string): Date | null => {
    const clock = clockOf(rule);
    return clock ? endOfWork(clock.dueOn, calendars) : null;
  };
  const dueAt = nextStepDueAt(step, {
    firstResponseDueAt: clockOf('first_response')?.dueAt ?? null,
    homeVisitDueAt: dayOf('home_visit'),
    turnaroundDueAt: dayOf('turnaround'),
    followUpDueAt: await followUpDueAt(tx, journey, localDateOf(now), calendars),
    plannedAt: journey.contactAgainOn && endOfWork(journey.contactAgainOn, calendars),
    holdEndsAt: journey.holdUntil && startOfWork(journey.holdUntil, calendars),
  });
  await tx.query('UPDATE journeys SET next_step = $2, next_due_at = $3, waiting_for = $4, last_activity_at = $5 WHERE id = $1', [journeyId, step, dueAt, NEXT_STEPS[step].waitingFor, now]);
}

async function followUpDueAt(tx: EntityManager, journey: Journey, today: LocalDate, calendars: Calendars): Promise<Date> {
  const limit = limitInForce(await timeLimits(tx), 'follow_up', today, journey.authority);
  return endOfWork(limit ? dueOn(limit, today, calendars.working) : today, calendars);
}

function endOfWork(on: LocalDate, { opening }: Calendars): Date {
  return openingOn(opening, on)?.closesAt ?? momentAt(on, USUAL_CLOSING_MINUTE);
}

function startOfWork(on: LocalDate, { opening }: Calendars): Date {
  return openingOn(opening, on)?.opensAt ?? momentAt(on, USUAL_OPENING_MINUTE);
}
