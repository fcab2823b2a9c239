import type { Council } from '@app/authorities';
import { addDays, type LocalDate } from '@app/kernel';
import { type Fate, getsTo } from './fate';
import { considerAndDecide, type Representations } from './panel-and-decision';
import { close, rest, thinkItOver } from './pauses-and-ends';
import type { Family } from './people';
import type { Pen } from './pen';
import { UNUSUAL } from './rates';
import type { Deed } from './story';
import { CHECKS, CONCERN_RESOLVED, CONCERNS, HANDOVERS, REROUTES, SESSIONS, VISIT_ARRANGEMENTS, VISITS } from './words';

/** How long an assessment takes; most are done within six months of the enquiry. */
export type Pace = 'usual' | 'slow';

/** Median days of each part, and how far they spread (deviation of the logarithm). */
const DAYS: Readonly<Record<Pace, { readonly toApplication: number; readonly stage1: number; readonly stage2: number; readonly spread: number }>> = {
  usual: { toApplication: 11, stage1: 48, stage2: 70, spread: 0.27 },
  slow: { toApplication: 24, stage1: 80, stage2: 105, spread: 0.15 },
};

export interface WayAsked {
  readonly family: Family;
  readonly livesIn: Council;
  readonly fate: Fate;
  readonly pace?: Pace;
  /** Whom the family turns to when it is determined not to approve it; left out: by chance. */
  readonly turnsTo?: Representations;
}

/** From the initial application to the approval, or to where the fate ends it. */
export function walkToApproval(pen: Pen, asked: WayAsked): void {
  const { dice } = pen;
  const { family, fate } = asked;
  const resting = dice.chance(UNUSUAL.on_hold) ? dice.pick(['home_visit', 'application', 'stage_2'] as const) : null;
  const days = DAYS[asked.pace ?? 'usual'];

  applyInitially(pen, family);
  if (dice.chance(UNUSUAL.moves_to_another_council)) moveAway(pen, asked.livesIn);
  if (!getsTo(fate, 'home_visit')) return giveUp(pen, fate, 'officer', dice.around(16, 0.5));
  visit(pen, dice.chance(0.84) ? dice.between(3, 10) : dice.between(11, 19));
  if (resting === 'home_visit') rest(pen, 'social_worker');
  if (!getsTo(fate, 'application')) return giveUp(pen, fate, 'social_worker', dice.around(15, 0.6));

  thinkItOver(pen, 'social_worker', dice.around(days.toApplication, 0.45));
  reach(pen, 'social_worker', 'application');
  if (resting === 'application') rest(pen, 'social_worker');
  if (!getsTo(fate, 'stage_1')) return dropOutOf(pen, fate, CHECKS, dice.around(35, 0.4));

  const overlapping = dice.chance(0.25) && getsTo(fate, 'stage_2');
  work(pen, CHECKS, dice.around(days.stage1, days.spread) - (overlapping ? 12 : 0));
  if (overlapping) pen.write('social_worker', { kind: 'stage_2', on: pen.today }).days(dice.between(6, 14));
  pen.write('team_manager', { kind: 'stage_1', on: pen.today, outcome: 'go_on' });
  if (!getsTo(fate, 'stage_2')) return dropOutOf(pen, fate, [], dice.around(12, 0.4));
  if (!overlapping) pen.workingDays(dice.between(1, 8)).write('social_worker', { kind: 'stage_2', on: pen.today });
  if (resting === 'stage_2') rest(pen, 'social_worker');
  if (!getsTo(fate, 'panel')) return dropOutOf(pen, fate, SESSIONS, dice.around(45, 0.4));

  work(pen, SESSIONS, dice.around(days.stage2, days.spread));
  considerAndDecide(pen, asked);
}

/** A milestone that was reached today. */
function reach(pen: Pen, by: 'officer' | 'social_worker', milestone: Extract<Deed, { kind: 'reach' }>['milestone'], on: LocalDate = pen.today): Pen {
  return pen.write(by, { kind: 'reach', milestone, on });
}

/** The initial application is complete: who lives there is known, and a social worker is asked to visit. */
export function applyInitially(pen: Pen, family: Family): void {
  const { dice } = pen;
  pen.write('officer', { kind: 'home', home: family.home });
  for (const member of family.members) pen.workingMinutes(1).write('officer', { kind: 'member', member });
  reach(pen.workingMinutes(3), 'officer', 'initial_application');
  pen.workingMinutes(dice.between(30, 420)).write('team_manager', { kind: 'hand_over', note: pen.words(HANDOVERS) });
}

function visit(pen: Pen, afterWorkingDays: number): void {
  const { dice } = pen;
  pen.workingMinutes(dice.between(20, 300)).write('social_worker', { kind: 'talk', how: 'conversation', answers: true, note: dice.pick(VISIT_ARRANGEMENTS), next: null });
  pen.workingDays(Math.max(1, afterWorkingDays - 1));
  const visitedOn = pen.today;
  const mistaken = dice.chance(UNUSUAL.date_corrected);
  if (mistaken) pen.workingDays(1);
  else pen.workingMinutes(dice.between(60, 200));
  reach(pen, 'social_worker', 'home_visit', mistaken ? pen.today : visitedOn);
  pen.workingMinutes(8).write('social_worker', { kind: 'talk', how: 'visit', answers: true, note: pen.words(VISITS), next: null });
  if (dice.chance(UNUSUAL.safeguarding_marked)) {
    pen.workingDays(2).write('social_worker', { kind: 'safeguarding', concern: true, note: dice.pick(CONCERNS) });
    pen.workingDays(dice.between(5, 12)).write('team_manager', { kind: 'safeguarding', concern: false, note: CONCERN_RESOLVED });
  }
  if (mistaken) pen.workingDays(dice.between(1, 4)).write('team_manager', { kind: 'correct', milestone: 'home_visit', to: visitedOn, reason: 'The date on which it was typed in was recorded, not that of the visit.' });
}

function moveAway(pen: Pen, from: Council): void {
  const { dice } = pen;
  const others = (['derby', 'derbyshire', 'nottingham', 'nottinghamshire'] as const).filter((council) => council !== from);
  pen.workingDays(1).write('officer', { kind: 'route', authority: dice.pick(others), reason: dice.pick(REROUTES) });
  pen.workingMinutes(dice.between(60, 300)).write('team_manager', { kind: 'hand_over', note: pen.words(HANDOVERS) });
}

/** Weeks of an assessment: something is written down every two or three of them. */
function work(pen: Pen, notes: readonly string[], days: number): void {
  const { dice } = pen;
  const until = addDays(pen.today, Math.round(days));
  let next = addDays(pen.today, dice.between(10, 22));
  while (notes.length > 0 && next < until) {
    pen.on(pen.openDay(next)).write('social_worker', { kind: 'talk', how: notes === SESSIONS ? 'visit' : 'conversation', answers: false, note: pen.nextWords(notes), next: null });
    next = addDays(pen.today, dice.between(14, 26));
  }
  pen.on(pen.openDay(until < pen.today ? pen.today : until));
}

function giveUp(pen: Pen, fate: Fate, by: 'officer' | 'social_worker', days: number): void {
  thinkItOver(pen, by, days);
  close(pen, by, fate);
}

function dropOutOf(pen: Pen, fate: Fate, notes: readonly string[], days: number): void {
  work(pen, notes, days);
  close(pen, 'social_worker', fate);
}
