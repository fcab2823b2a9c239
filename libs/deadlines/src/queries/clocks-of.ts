import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { ClockState } from '../rules/clock-state';
import type { TimeLimitRule, TimeLimitUnit } from '../rules/time-limit';

/** A clock of a journey with the rule behind it. */
export interface ClockOfJourney {
  readonly id: string;
  readonly rule: TimeLimitRule;
  readonly startedAt: Date;
  /** The last minute that is in time for the first response, the first moment that is late for a rule in days: show `dueOn` of those. */
  readonly dueAt: Date;
  readonly dueOn: LocalDate;
  readonly state: ClockState;
  /** When it was met or stopped. */
  readonly endedAt: Date | null;
  readonly workingMinutes: number | null;
  readonly limit: { readonly amount: number; readonly unit: TimeLimitUnit; readonly holdsFrom: LocalDate; readonly source: string };
}

/** The clocks of a journey, in the order in which they started; of those that were replaced after a correction, too. */
export function clocksOf(tx: EntityManager, journeyId: string): Promise<ClockOfJourney[]> {
  return rows<ClockOfJourney>(
    tx,
    `SELECT c.id, c.rule, c.started_at AS "startedAt", c.due_at AS "dueAt", c.due_on AS "dueOn", c.state, c.ended_at AS "endedAt", c.working_minutes AS "workingMinutes",
            json_build_object('amount', l.amount, 'unit', l.unit, 'holdsFrom', l.holds_from, 'source', l.source) AS limit
       FROM clocks c JOIN time_limits l ON l.id = c.limit_id
      WHERE c.journey_id = $1
      ORDER BY c.started_at, c.id`,
    [journeyId],
  );
}
