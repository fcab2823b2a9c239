export { alertsAreSent, type ClockState, clockStates } from './rules/clock-state';
export { type DueRung, ladders, type Rung, rungs } from './rules/alert-ladder';
export { firstResponseClock, isWithinStandard, workingMinutesToFirstResponse } from './rules/first-response-clock';
export { dueMoment, dueOn, isInTime, isPastDue, limitInForce, type TimeLimit, type TimeLimitRule, timeLimitRules, type TimeLimitUnit, timeLimitUnits } from './rules/time-limit';
export { type ClockOfJourney, clocksOf } from './queries/clocks-of';
export { type SourcedTimeLimit, timeLimits } from './queries/time-limits';
export { meetClock, pauseClocks, resumeClocks, stopClocks, withdrawMeeting } from './use-cases/change-clocks';
export { type ClockStart, NoTimeLimitError, planClock, type PlannedClock } from './use-cases/plan-clock';
export { startClock, storeClocks } from './use-cases/start-clock';
