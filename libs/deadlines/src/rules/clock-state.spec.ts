import {
  alertsAreSent,
  changeClock,
  clockChanges,
  clockStates,
  justStarted,
  transitions,
  type ClockChange,
  type ClockStanding,
} from './clock-state';
import { london } from './england.fixture';

const at = (time: string): Date => london(`2026-11-23 ${time}`);

/** Plays changes a minute apart from 10:00 and gives the state, or the first refusal. */
const play = (...changes: readonly ClockChange[]): string => {
  let clock: ClockStanding = justStarted;
  for (const [i, what] of changes.entries()) {
    const changed = changeClock(clock, what, new Date(at('10:00').getTime() + i * 60_000));
    if (!changed.ok) return changed.refusal;
    clock = changed.value;
  }
  return clock.state;
};

describe('the state of a clock', () => {
  it.each([
    [['meet'], 'met'],
    [['pause'], 'paused'],
    [['pause', 'resume'], 'running'],
    [['pause', 'meet'], 'met'],
    [['pause', 'stop'], 'stopped'],
    [['stop'], 'stopped'],
    [['stop', 'restart'], 'running'],
    [['stop', 'meet'], 'met'],
    [['meet', 'withdraw'], 'running'],
    [['meet', 'withdraw', 'meet'], 'met'],
  ] as const)('after %j is %s', (changes, state) => {
    expect(play(...changes)).toBe(state);
  });

  it.each([
    [['resume'], 'already_running'],
    [['restart'], 'already_running'],
    [['withdraw'], 'not_met'],
    [['pause', 'pause'], 'already_paused'],
    [['pause', 'restart'], 'already_paused'],
    [['meet', 'meet'], 'already_met'],
    [['meet', 'pause'], 'already_met'],
    [['meet', 'stop'], 'already_met'],
    [['stop', 'stop'], 'already_stopped'],
    [['stop', 'pause'], 'has_stopped'],
    [['stop', 'resume'], 'has_stopped'],
    [['stop', 'withdraw'], 'not_met'],
  ] as const)('refuses %j: %s', (changes, refusal) => {
    expect(play(...changes)).toBe(refusal);
  });

  it('keeps when it ended, and forgets it when it runs again', () => {
    expect(changeClock(justStarted, 'stop', at('11:15'))).toEqual({ ok: true, value: { state: 'stopped', endedAt: at('11:15') } });
    expect(changeClock({ state: 'stopped', endedAt: at('11:15') }, 'restart', at('12:00'))).toEqual({ ok: true, value: { state: 'running' } });
    expect(changeClock({ state: 'met', endedAt: at('11:15') }, 'withdraw', at('12:00'))).toEqual({ ok: true, value: { state: 'running' } });
  });

  it('takes an answer that happened before the clock was stopped, at the moment of the answer', () => {
    expect(changeClock({ state: 'stopped', endedAt: at('12:00') }, 'meet', at('10:00'))).toEqual({ ok: true, value: { state: 'met', endedAt: at('10:00') } });
  });

  it('sends alerts only while it runs', () => {
    expect(clockStates.filter(alertsAreSent)).toEqual(['running']);
  });
});

describe('the table of transitions', () => {
  it('answers every change in every state', () => {
    for (const state of clockStates) for (const what of clockChanges) expect(transitions[state][what]).toBeDefined();
  });

  it('reaches every state and leaves every state', () => {
    const targets = (state: (typeof clockStates)[number]): string[] =>
      clockChanges.flatMap((what) => {
        const transition = transitions[state][what];
        return typeof transition === 'string' ? [] : [transition.to];
      });
    const reached = new Set(clockStates.flatMap(targets));
    expect([...reached].sort()).toEqual([...clockStates].sort());
    for (const state of clockStates) expect(targets(state)).not.toHaveLength(0);
  });
});
