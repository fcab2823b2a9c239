import { ok, refused, type Result } from '@app/kernel';

/**
 * How a clock stands. `met`: what it waited for happened. `stopped`: the journey closed first. Pausing and stopping silence the alerts
 * and never move the due time: what was not done in time is counted as missed all the same.
 */
export const clockStates = ['running', 'paused', 'met', 'stopped'] as const;
export type ClockState = (typeof clockStates)[number];

/** A clock has ended when it was met (at the moment of what it waited for, not of writing it down) or stopped. */
export type ClockStanding =
  | { readonly state: 'running' | 'paused' }
  | { readonly state: 'met' | 'stopped'; readonly endedAt: Date };

/**
 * What can happen to a clock. `withdraw` takes back a `meet` that was recorded by mistake, after which the clock runs again
 * (and is paused or stopped again by who knows the journey).
 */
export const clockChanges = ['pause', 'resume', 'meet', 'stop', 'restart', 'withdraw'] as const;
export type ClockChange = (typeof clockChanges)[number];

export type ClockRefusal =
  | 'already_running'
  | 'already_paused'
  | 'already_met'
  | 'already_stopped'
  | 'not_met'
  /** The clock has stopped: it has to be restarted first. */
  | 'has_stopped';

/** From each state, what each change leads to or why it is refused. An answer still counts on a paused or stopped clock. */
export const transitions: Readonly<Record<ClockState, Readonly<Record<ClockChange, { readonly to: ClockState } | ClockRefusal>>>> = {
  running: {
    pause: { to: 'paused' },
    resume: 'already_running',
    meet: { to: 'met' },
    stop: { to: 'stopped' },
    restart: 'already_running',
    withdraw: 'not_met',
  },
  paused: {
    pause: 'already_paused',
    resume: { to: 'running' },
    meet: { to: 'met' },
    stop: { to: 'stopped' },
    restart: 'already_paused',
    withdraw: 'not_met',
  },
  met: {
    pause: 'already_met',
    resume: 'already_met',
    meet: 'already_met',
    stop: 'already_met',
    restart: 'already_met',
    withdraw: { to: 'running' },
  },
  stopped: {
    pause: 'has_stopped',
    resume: 'has_stopped',
    meet: { to: 'met' },
    stop: 'already_stopped',
    restart: { to: 'running' },
    withdraw: 'not_met',
  },
};

/** A clock that has just been set going. */
export const justStarted: ClockStanding = { state: 'running' };

/**
 * Changes a clock, or refuses with the reason. `at` is when the change happened, which is kept where it ends the clock. An answer may
 * have happened before the state in which it is written down, even before the start: a call is often logged after the journey was
 * put on hold or closed.
 */
export function changeClock(clock: ClockStanding, change: ClockChange, at: Date): Result<ClockStanding, ClockRefusal> {
  const transition = transitions[clock.state][change];
  if (typeof transition === 'string') return refused(transition);
  const { to } = transition;
  return ok(to === 'met' || to === 'stopped' ? { state: to, endedAt: at } : { state: to });
}

/** Whether alerts of a clock in this state may be sent. */
export function alertsAreSent(state: ClockState): boolean {
  return state === 'running';
}
