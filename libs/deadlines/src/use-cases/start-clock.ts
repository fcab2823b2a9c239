import { insertManyRows } from '@app/database';
import { type LocalDate, newId } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { timeLimits } from '../queries/time-limits';
import { type ClockStart, planClock, type PlannedClock } from './plan-clock';

/**
 * Starts a clock of a journey under the limit in force, and plans its alerts. It reads nothing that belongs to a family,
 * so that the public actor who sends an enquiry can start one. Throws NoTimeLimitError and BeyondCalendarError.
 */
export async function startClock(tx: EntityManager, start: ClockStart): Promise<{ readonly clockId: string; readonly startsAt: Date; readonly dueAt: Date; readonly dueOn: LocalDate }> {
  const planned = planClock(await timeLimits(tx), start);
  await storeClocks(tx, [planned]);
  return { clockId: planned.clockId, startsAt: planned.startsAt, dueAt: planned.dueAt, dueOn: planned.dueOn };
}

/** Stores clocks that were planned, with their alerts: for imports, which plan many. */
export async function storeClocks(tx: EntityManager, planned: readonly PlannedClock[]): Promise<void> {
  await insertManyRows(
    tx,
    'clocks',
    planned.map((clock) => ({
      id: clock.clockId,
      journey_id: clock.journeyId,
      rule: clock.rule,
      limit_id: clock.limitId,
      started_at: clock.startsAt,
      due_at: clock.dueAt,
      due_on: clock.dueOn,
      state: clock.state,
      ended_at: clock.endedAt,
      working_minutes: clock.workingMinutes,
    })),
  );
  await insertManyRows(
    tx,
    'alerts',
    planned.flatMap((clock) =>
      clock.alerts.map((alert) => ({
        id: newId(),
        clock_id: clock.clockId,
        journey_id: clock.journeyId,
        rung: alert.rung,
        due_at: alert.dueAt,
        state: alert.state,
        settled_at: alert.settledAt,
        why_cancelled: alert.whyCancelled,
      })),
    ),
  );
}
