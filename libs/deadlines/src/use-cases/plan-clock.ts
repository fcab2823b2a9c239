import { localDateOf, type LocalDate, newId, type OpeningCalendar, startOfLocalDay, type WorkingCalendar } from '@app/kernel';
import { alertLadder, type Rung } from '../rules/alert-ladder';
import { firstResponseClock } from '../rules/first-response-clock';
import { dueMoment, dueOn, limitInForce, type TimeLimit, type TimeLimitRule } from '../rules/time-limit';

/** What a clock is started by: a moment for the first response, a local date for the rules that count days. */
export type ClockStart = {
  readonly journeyId: string;
  /** Whose time limits hold: an authority's own go before the hub's. */
  readonly authority: string;
  readonly calendars: { readonly working: WorkingCalendar; readonly opening: OpeningCalendar };
  /** For imports and the demonstration: no alert that was due before this moment is sent, nor any of a deadline that had passed by then. */
  readonly noAlertsBefore?: Date;
  /** For imports: how the clock ended long ago. */
  readonly outcome?: { readonly state: 'met' | 'stopped'; readonly at: Date; readonly workingMinutes?: number };
} & (
  | { readonly rule: 'first_response'; /** When the enquiry was received. */ readonly startedAt: Date }
  | { readonly rule: Exclude<TimeLimitRule, 'first_response'>; readonly startOn: LocalDate }
);

/** A rung of the ladder as it is stored. */
export interface PlannedAlert {
  readonly rung: Rung;
  readonly dueAt: Date;
  readonly state: 'planned' | 'cancelled';
  readonly settledAt: Date | null;
  readonly whyCancelled: 'passed_before_import' | 'stopped' | null;
}

/** A clock with all that is stored about it, before it is stored. */
export interface PlannedClock {
  readonly clockId: string;
  readonly journeyId: string;
  readonly rule: TimeLimitRule;
  readonly limitId: string;
  /** When the clock starts: for the first response the next opening, when the hub is closed. */
  readonly startsAt: Date;
  /** As stored: the last minute that is in time for the first response, the first moment that is late for a rule in days. */
  readonly dueAt: Date;
  readonly dueOn: LocalDate;
  readonly state: 'running' | 'met' | 'stopped';
  readonly endedAt: Date | null;
  readonly workingMinutes: number | null;
  readonly alerts: readonly PlannedAlert[];
}

/** Thrown where a clock is to start on a date for which nobody has set a limit: a due time is refused rather than guessed. */
export class NoTimeLimitError extends Error {
  constructor(
    readonly rule: TimeLimitRule,
    readonly on: LocalDate,
  ) {
    super(`No time limit for ${rule} holds on ${on}`);
    this.name = 'NoTimeLimitError';
  }
}

/**
 * Computes a clock and its alerts under the limit in force on the local date on which it starts. A met clock gets no alerts; those of
 * a stopped one are cancelled, and come back if it runs again. Throws NoTimeLimitError and BeyondCalendarError.
 */
export function planClock(limits: readonly TimeLimit[], start: ClockStart): PlannedClock {
  const { limit, startsAt, dueAt, dueOn: dueDate } = timesOf(limits, start);
  const state = start.outcome?.state ?? 'running';
  return {
    clockId: newId(),
    journeyId: start.journeyId,
    rule: start.rule,
    limitId: limit.id,
    startsAt,
    dueAt,
    dueOn: dueDate,
    state,
    endedAt: start.outcome?.at ?? null,
    workingMinutes: start.outcome?.workingMinutes ?? null,
    alerts: state === 'met' ? [] : alertLadder({ rule: start.rule, startsAt, dueAt, calendar: start.calendars.opening }).map(({ rung, dueAt: rungDueAt }) => ({ rung, dueAt: rungDueAt, ...standingOf(rungDueAt, dueAt, start) })),
  };
}

function timesOf(limits: readonly TimeLimit[], start: ClockStart): { readonly limit: TimeLimit; readonly startsAt: Date; readonly dueAt: Date; readonly dueOn: LocalDate } {
  if (start.rule === 'first_response') {
    const { opening: calendar } = start.calendars;
    const { startsAt } = firstResponseClock({ receivedAt: start.startedAt, calendar, limitWorkingDays: 1 });
    const limit = inForce(limits, start.rule, localDateOf(startsAt), start.authority);
    const { dueAt } = firstResponseClock({ receivedAt: start.startedAt, calendar, limitWorkingDays: limit.amount });
    return { limit, startsAt, dueAt, dueOn: localDateOf(dueAt) };
  }
  const limit = inForce(limits, start.rule, start.startOn, start.authority);
  const due = dueOn(limit, start.startOn, start.calendars.working);
  return { limit, startsAt: startOfLocalDay(start.startOn), dueAt: dueMoment(due), dueOn: due };
}

function inForce(limits: readonly TimeLimit[], rule: TimeLimitRule, on: LocalDate, authority: string): TimeLimit {
  const limit = limitInForce(limits, rule, on, authority);
  if (!limit) throw new NoTimeLimitError(rule, on);
  return limit;
}

/** A rung is passed when its own time is, or when the deadline is that it tells of: an escalation of something long late helps nobody. */
function standingOf(rungDueAt: Date, dueAt: Date, start: ClockStart): Pick<PlannedAlert, 'state' | 'settledAt' | 'whyCancelled'> {
  if (start.noAlertsBefore && (rungDueAt < start.noAlertsBefore || dueAt < start.noAlertsBefore)) return { state: 'cancelled', settledAt: start.noAlertsBefore, whyCancelled: 'passed_before_import' };
  if (start.outcome) return { state: 'cancelled', settledAt: start.outcome.at, whyCancelled: 'stopped' };
  return { state: 'planned', settledAt: null, whyCancelled: null };
}
