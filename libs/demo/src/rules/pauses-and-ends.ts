import { addDays, daysBetween } from '@app/kernel';
import type { Fate } from './fate';
import type { Pen } from './pen';
import { ATTEMPTS, BACK_FROM_HOLD, CLOSE_NOTES, FOLLOW_UPS, HOLDS } from './words';

/** Calls every few days for as long as a family makes up its mind. */
export function thinkItOver(pen: Pen, by: 'officer' | 'social_worker', days: number): void {
  const { dice } = pen;
  const from = pen.today;
  const every = dice.between(4, 7);
  while (daysBetween(from, pen.today) + every < days) {
    pen.days(every).write(by, dice.chance(0.25) ? { kind: 'attempt', note: pen.words(ATTEMPTS), next: null } : { kind: 'talk', how: dice.chance(0.8) ? 'conversation' : 'email', answers: false, note: pen.words(FOLLOW_UPS), next: null });
  }
  pen.days(Math.max(0, days - daysBetween(from, pen.today)));
}

/** The journey rests until a date in some weeks, and goes on then. */
export function rest(pen: Pen, by: 'officer' | 'social_worker'): void {
  const { dice } = pen;
  const until = pen.openDay(addDays(pen.today, dice.between(18, 65)));
  pen.workingMinutes(6).write(by, { kind: 'hold', until, reason: dice.pick(HOLDS) });
  pen.on(until).write(by, { kind: 'resume' });
  pen.workingMinutes(9).write(by, { kind: 'talk', how: 'conversation', answers: true, note: dice.pick(BACK_FROM_HOLD), next: null });
}

/** Ends the journey as its fate says, on the day it is. */
export function close(pen: Pen, by: 'officer' | 'social_worker', fate: Fate): void {
  if (fate.furthest === 'approved') return;
  if (fate.reason === 'stage_1_refused') {
    pen.write('team_manager', { kind: 'stage_1', on: pen.today, outcome: 'refused' });
    return;
  }
  const notes = CLOSE_NOTES[fate.reason];
  pen.write(by, { kind: 'close', on: pen.today, by: fate.by, reason: fate.reason, note: notes ? pen.dice.pick(notes) : null });
}
