import { affected } from '@app/database';
import type { EntityManager } from 'typeorm';
import { type ClockChange, type ClockState, clockStates, transitions } from '../rules/clock-state';
import type { TimeLimitRule } from '../rules/time-limit';

/** The states from which the rules let a change happen. */
const statesThatAllow = (change: ClockChange): readonly ClockState[] => clockStates.filter((state) => typeof transitions[state][change] !== 'string');

/** Of each rule the clock that counts: a clock that was replaced after a correction stays as it is. */
const NEWEST = `NOT EXISTS (SELECT FROM clocks newer WHERE newer.journey_id = c.journey_id AND newer.rule = c.rule AND newer.id > c.id)`;

/**
 * What the clock of a rule waited for has happened at a moment: its alerts that were not sent yet never will be. An answer counts on
 * a paused or stopped clock too. Says whether there was a clock to meet.
 */
export async function meetClock(tx: EntityManager, journeyId: string, rule: TimeLimitRule, at: Date, workingMinutes: number | null = null): Promise<boolean> {
  const met = await affected(tx, `UPDATE clocks c SET state = 'met', ended_at = $3, working_minutes = $4 WHERE journey_id = $1 AND rule = $2 AND state = ANY ($5) AND ${NEWEST}`, [journeyId, rule, at, workingMinutes, statesThatAllow('meet')]);
  await cancelAlerts(tx, journeyId, 'met', at);
  return met > 0;
}

/**
 * Takes back what was recorded by mistake: the clock runs again, and alerts whose time has passed meanwhile are sent.
 * Says whether there was a met clock.
 */
export async function withdrawMeeting(tx: EntityManager, journeyId: string, rule: TimeLimitRule): Promise<boolean> {
  const running = await affected(tx, `UPDATE clocks c SET state = 'running', ended_at = NULL, working_minutes = NULL WHERE journey_id = $1 AND rule = $2 AND state = ANY ($3) AND ${NEWEST}`, [journeyId, rule, statesThatAllow('withdraw')]);
  await planAlertsAgain(tx, journeyId);
  return running > 0;
}

/** The journey is on hold: no alerts until it resumes. Due times do not move. */
export async function pauseClocks(tx: EntityManager, journeyId: string): Promise<void> {
  await tx.query(`UPDATE clocks SET state = 'paused' WHERE journey_id = $1 AND state = ANY ($2)`, [journeyId, statesThatAllow('pause')]);
}

/** The journey has ended: what it still waited for is stopped at this moment, with its alerts. */
export async function stopClocks(tx: EntityManager, journeyId: string, at: Date, rule: TimeLimitRule | null = null): Promise<void> {
  await tx.query(`UPDATE clocks SET state = 'stopped', ended_at = $2 WHERE journey_id = $1 AND state = ANY ($3) AND ($4::text IS NULL OR rule = $4)`, [journeyId, at, statesThatAllow('stop'), rule]);
  await cancelAlerts(tx, journeyId, 'stopped', at);
}

/** When the journey ended: the turnaround runs until then; without one, when the last of its clocks was stopped. Null while it is open or on hold. */
const ENDED_AT = `coalesce((SELECT t.ended_at FROM clocks t WHERE t.journey_id = $1 AND t.rule = 'turnaround' AND t.state = 'stopped' ORDER BY t.id DESC LIMIT 1),
  (SELECT max(t.ended_at) FROM clocks t WHERE t.journey_id = $1 AND t.state = 'stopped' AND NOT EXISTS (SELECT FROM clocks own WHERE own.journey_id = $1 AND own.rule = 'turnaround')))`;

/**
 * The journey came back from hold, or was reopened: clocks that were paused, or stopped unmet when the journey ended, run again
 * to the same due time, and alerts whose time has passed meanwhile are sent. A clock that was stopped before, because what it
 * waited for went away, stays stopped.
 */
export async function resumeClocks(tx: EntityManager, journeyId: string): Promise<void> {
  await tx.query(`UPDATE clocks c SET state = 'running', ended_at = NULL WHERE journey_id = $1 AND (state = ANY ($2) OR state = ANY ($3) AND ended_at >= ${ENDED_AT}) AND ${NEWEST}`, [journeyId, statesThatAllow('resume'), statesThatAllow('restart')]);
  await planAlertsAgain(tx, journeyId);
}

async function cancelAlerts(tx: EntityManager, journeyId: string, state: 'met' | 'stopped', at: Date): Promise<void> {
  await tx.query(
    `UPDATE alerts a SET state = 'cancelled', settled_at = $2, why_cancelled = $3::text
      WHERE a.journey_id = $1 AND a.state = 'planned' AND EXISTS (SELECT FROM clocks c WHERE c.id = a.clock_id AND c.state = $3::text)`,
    [journeyId, at, state],
  );
}

async function planAlertsAgain(tx: EntityManager, journeyId: string): Promise<void> {
  await tx.query(
    `UPDATE alerts a SET state = 'planned', settled_at = NULL, why_cancelled = NULL
      WHERE a.journey_id = $1 AND a.state = 'cancelled' AND a.why_cancelled IN ('met', 'stopped') AND EXISTS (SELECT FROM clocks c WHERE c.id = a.clock_id AND c.state = 'running')`,
    [journeyId],
  );
  await tx.query(`NOTIFY hub_work, 'alerts'`);
}
