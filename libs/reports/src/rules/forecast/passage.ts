import { MILESTONES, MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import type { Milestone, MilestoneBeforeApproval } from '@app/journeys';
import { randomGamma } from './random';
import type { Random } from './random';

/** Where a journey goes from a milestone: to a later one, or out. */
export type Onward = Milestone | 'closed';

/**
 * Journeys that stayed at a furthest milestone for so many steps of the calendar, and then went on, or (censored)
 * were still there at the as-at date. Steps are about a week; whoever comes and goes within one stayed for 0.
 */
export interface StayCount {
  readonly at: MilestoneBeforeApproval;
  readonly steps: number;
  readonly onward: Onward | 'censored';
  readonly count: number;
}

/** The ages in steps from which on journeys are looked at together: finer at first, when most happens. */
const AGE_CLASSES = [0, 1, 2, 3, 4, 6, 8, 10, 13, 17, 22, 29, 39, 52] as const;
/** Beyond this age nothing changes any more. */
export const OLDEST_STEP = 52;
/** What is known of a milestone as a whole counts as so many departures in each class of ages. */
const PRIOR_DEPARTURES = 0.5;
const PRIOR_DIRECTIONS = 1;

/** Of a class of ages at a milestone: the chance to leave in a step, and where to. */
interface ClassOfAges {
  readonly leaves: number;
  /** By position in `ONWARD`. */
  readonly shares: readonly number[];
}

/** For each milestone before approval, in order, its classes of ages. */
export type Passage = readonly (readonly ClassOfAges[])[];

/** Milestones and the close, as they are counted and drawn. */
const ONWARD: readonly Onward[] = [...MILESTONES, 'closed'];
const APPROVED = ONWARD.indexOf('approved');
const CLOSED = ONWARD.indexOf('closed');

/** What was counted of a class of ages: steps at risk, and departures by where to. */
interface Counted {
  exposure: number;
  readonly departures: number[];
}

/** How journeys moved on in the past, as counts. */
export type CountedPassage = readonly { readonly whole: Counted; readonly classes: readonly Counted[] }[];

/** The class that an age belongs to. */
const CLASS_OF_STEP: readonly number[] = Array.from({ length: OLDEST_STEP + 1 }, (_, step) => AGE_CLASSES.findLastIndex((from) => from <= step));

function classOf(step: number): number {
  return CLASS_OF_STEP[Math.min(step, OLDEST_STEP)] ?? 0;
}

/** Counts how long journeys were at risk at each age, and where they went. */
export function countPassage(stays: Iterable<StayCount>): CountedPassage {
  const nothing = (): Counted => ({ exposure: 0, departures: ONWARD.map(() => 0) });
  const passage = MILESTONES_BEFORE_APPROVAL.map(() => ({ whole: nothing(), classes: AGE_CLASSES.map(nothing) }));
  for (const { at, steps, onward, count } of stays) {
    const milestone = passage[MILESTONES_BEFORE_APPROVAL.indexOf(at)];
    if (milestone === undefined) continue;
    milestone.whole.exposure += count * (steps + 1);
    AGE_CLASSES.forEach((from, index) => {
      const counted = milestone.classes[index];
      const until = Math.min(steps + 1, AGE_CLASSES[index + 1] ?? Infinity);
      if (counted !== undefined && until > from) counted.exposure += count * (until - from);
    });
    if (onward === 'censored') continue;
    for (const counted of [milestone.whole, milestone.classes[classOf(steps)]]) {
      const direction = ONWARD.indexOf(onward);
      if (counted !== undefined) counted.departures[direction] = (counted.departures[direction] ?? 0) + count;
    }
  }
  return passage;
}

/**
 * The chances behind the counts: with `random`, one set of chances as likely as the counts make it (beta for leaving,
 * Dirichlet for the direction), without it the expected ones. Classes with few departures lean on their milestone.
 */
export function passageOf(counted: CountedPassage, random: Random | null = null): Passage {
  return counted.map(({ whole, classes }) => {
    const all = total(whole.departures);
    const usual = (all + 0.5) / (whole.exposure + 1);
    const shares = all === 0 ? ONWARD.map((_, index) => (index === CLOSED ? 1 : 0)) : whole.departures.map((departures) => departures / all);
    return classes.map(({ exposure, departures }) => {
      const left = total(departures) + PRIOR_DEPARTURES;
      const stayed = exposure - total(departures) + (PRIOR_DEPARTURES * (1 - usual)) / usual;
      const weights = departures.map((count, index) => count + PRIOR_DIRECTIONS * (shares[index] ?? 0));
      return random === null ? { leaves: left / (left + stayed), shares: inShares(weights) } : { leaves: drawnShare(random, left, stayed), shares: inShares(weights.map((weight) => randomGamma(random, weight))) };
    });
  });
}

function drawnShare(random: Random, one: number, other: number): number {
  const drawn = randomGamma(random, one);
  return drawn / (drawn + randomGamma(random, other));
}

function inShares(weights: readonly number[]): number[] {
  const all = total(weights);
  return weights.map((weight, index) => (all > 0 ? weight / all : index === CLOSED ? 1 : 0));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** What would be different: factors on the chance to leave in a step (speed) and on the share of those leaving who are lost. */
export function changedPassage(passage: Passage, { speed, lost }: { readonly speed: number; readonly lost: number }): Passage {
  return passage.map((classes) =>
    classes.map(({ leaves, shares }) => {
      const [before, goOn] = [shares[CLOSED] ?? 0, 1 - (shares[CLOSED] ?? 0)];
      // Where everybody leaves for good there is nobody whose way on could be taken.
      const after = goOn > 0 ? Math.min(1, before * lost) : before;
      return { leaves: 1 - (1 - leaves) ** speed, shares: shares.map((share, index) => (index === CLOSED ? after : goOn > 0 ? (share * (1 - after)) / goOn : 0)) };
    }),
  );
}

/** The chance to be approved within the steps that are left, for open journeys and for enquiries still to come. */
export interface ApprovalChances {
  /** By milestone in order, then by the age in steps at the as-at date; the oldest age stands for all beyond. */
  readonly open: readonly (readonly number[])[];
  /** Of an enquiry that comes in each of the steps ahead. */
  readonly toCome: readonly number[];
}

/** Follows the chances back from the last step: who leaves for a milestone may leave it in the same step. */
export function approvalChances(passage: Passage, stepsAhead: number): ApprovalChances {
  let later = passage.map(() => new Float64Array(OLDEST_STEP + 1));
  const toCome: number[] = [];
  for (let step = stepsAhead - 1; step >= 0; step -= 1) {
    const now = passage.map(() => new Float64Array(OLDEST_STEP + 1));
    for (let milestone = passage.length - 1; milestone >= 0; milestone -= 1) fillChances(passage[milestone] ?? [], now, later[milestone] ?? new Float64Array(1), milestone);
    toCome.push(now[0]?.[0] ?? 0);
    later = now;
  }
  const open = later.map((chances) => Array.from(chances, (_, age) => (stepsAhead === 0 ? 0 : (chances[Math.min(age + 1, OLDEST_STEP)] ?? 0))));
  return { open, toCome: toCome.reverse() };
}

function fillChances(classes: readonly ClassOfAges[], now: readonly Float64Array[], later: Float64Array, milestone: number): void {
  const mine = now[milestone];
  if (mine === undefined) return;
  const whenLeaving = classes.map(({ shares }) => {
    let chance = shares[APPROVED] ?? 0;
    for (let onward = milestone + 1; onward < now.length; onward += 1) chance += (shares[onward] ?? 0) * (now[onward]?.[0] ?? 0);
    return chance;
  });
  for (let age = 0; age <= OLDEST_STEP; age += 1) {
    const index = classOf(age);
    const leaves = classes[index]?.leaves ?? 0;
    mine[age] = leaves * (whenLeaving[index] ?? 0) + (1 - leaves) * (later[Math.min(age + 1, OLDEST_STEP)] ?? 0);
  }
}
