import { subtractWorkingMinutes, type OpeningCalendar } from '@app/kernel';
import { closingTimeAfter } from './first-response-clock';
import type { TimeLimitRule } from './time-limit';

/** Who is told grows with each rung: the one whose work it is, then the team manager too, then the hub manager. */
export const rungs = ['warning', 'breach', 'escalation'] as const;
export type Rung = (typeof rungs)[number];

/** When a rung is due, seen from the due time of its clock. */
export type RungTime =
  | { readonly kind: 'working_minutes_before'; readonly minutes: number }
  | { readonly kind: 'at_due_time' }
  /** Closing time on the n-th open day after the due day. */
  | { readonly kind: 'open_days_after'; readonly days: number };

export interface LadderStep {
  readonly rung: Rung;
  readonly when: RungTime;
}

/** The ladder of what the law sets a day for: two working days before, on the day, and a working day later. */
const statutory: readonly LadderStep[] = [
  { rung: 'warning', when: { kind: 'working_minutes_before', minutes: 16 * 60 } },
  { rung: 'breach', when: { kind: 'at_due_time' } },
  { rung: 'escalation', when: { kind: 'open_days_after', days: 1 } },
];

/** The ladder of each rule, in the order in which its alerts come. A rule with no steps alerts nobody: it only shows in the worklist. */
export const ladders: Readonly<Record<TimeLimitRule, readonly LadderStep[]>> = {
  first_response: [
    { rung: 'warning', when: { kind: 'working_minutes_before', minutes: 4 * 60 } },
    { rung: 'breach', when: { kind: 'at_due_time' } },
    { rung: 'escalation', when: { kind: 'open_days_after', days: 1 } },
  ],
  home_visit: [],
  turnaround: [],
  follow_up: [],
  stage_1_outcome: statutory,
  recommendation: statutory,
  decision: statutory,
  told_orally: [{ rung: 'breach', when: { kind: 'at_due_time' } }],
  told_in_writing: statutory,
  representations: [],
  irm_papers: statutory,
  panel_papers: [],
  // Reviews of approved carers belong to no journey: @app/carers sends their alerts.
  first_review: [],
  yearly_review: [],
};

/** One alert that is to be sent at its moment, unless the clock is met, paused or stopped by then. */
export interface DueRung {
  readonly rung: Rung;
  readonly dueAt: Date;
}

/**
 * The alerts of one clock, each with the moment from which it is due. None lies before the clock starts: a warning that would is due
 * at the start. Throws BeyondCalendarError where the opening calendar ends.
 */
export function alertLadder(clock: {
  readonly rule: TimeLimitRule;
  readonly startsAt: Date;
  readonly dueAt: Date;
  readonly calendar: OpeningCalendar;
}): readonly DueRung[] {
  return ladders[clock.rule].map(({ rung, when }) => {
    const moment = momentOf(when, clock.dueAt, clock.calendar);
    return { rung, dueAt: moment < clock.startsAt ? clock.startsAt : moment };
  });
}

function momentOf(when: RungTime, dueAt: Date, calendar: OpeningCalendar): Date {
  switch (when.kind) {
    case 'working_minutes_before':
      return subtractWorkingMinutes(calendar, dueAt, when.minutes);
    case 'at_due_time':
      return dueAt;
    case 'open_days_after':
      return closingTimeAfter(calendar, dueAt, when.days);
  }
}
