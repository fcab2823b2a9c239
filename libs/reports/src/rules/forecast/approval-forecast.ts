import { MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import type { MilestoneBeforeApproval } from '@app/journeys';
import { quantiles } from '../quantile';
import { drawnEnquiries, enquiryPace, expectedEnquiries } from './enquiries-to-come';
import type { CalendarStep, EnquiriesOfStep } from './enquiries-to-come';
import { approvalChances, changedPassage, countPassage, OLDEST_STEP, passageOf } from './passage';
import type { ApprovalChances, StayCount } from './passage';
import { randomBinomial, seededRandom } from './random';

/** Open journeys at their furthest milestone, by how many steps ago they reached it. */
export interface OpenCount {
  readonly at: MilestoneBeforeApproval;
  readonly steps: number;
  readonly count: number;
}

/** Everything that a forecast is made from, counted as at a date. */
export interface ForecastFacts {
  readonly stays: readonly StayCount[];
  readonly open: readonly OpenCount[];
  /** The steps of the past, the oldest first. */
  readonly enquiries: readonly EnquiriesOfStep[];
  /** The steps until the day that the forecast is for. */
  readonly ahead: readonly CalendarStep[];
}

/** Approvals still to come, counted from the as-at date: the middle, and what will hold them so often. */
export interface ApprovalForecast {
  readonly mean: number;
  readonly median: number;
  readonly within80: { readonly low: number; readonly high: number };
  readonly within95: { readonly low: number; readonly high: number };
  /** The expected part of them that comes from journeys that are open now. */
  readonly fromOpen: number;
}

/** What would be different from the past, as factors; 1 changes nothing. */
export interface WhatIf {
  /** On the enquiries that come. */
  readonly volume: number;
  /** On the share of those leaving a milestone who are lost there. */
  readonly lost: number;
  /** On the chance to move on in a step. */
  readonly speed: number;
}

export const AS_IT_IS: WhatIf = { volume: 1, lost: 1, speed: 1 };

const DRAWS = 1_000;
/** The same facts give the same forecast. */
const SEED = 20_260_401;

/**
 * Approvals from the as-at date to the end of the steps ahead, by state occupancy: each open journey is approved with
 * a chance given its furthest milestone and its time there, from the competing-risk history of milestones and closes
 * (semi-Markov, piecewise constant, each class of ages smoothed towards its milestone); enquiries still to come are
 * negative binomial by month of the year. The intervals are the quantiles of draws of the chances themselves, of
 * the enquiries and of the outcomes, and so hold what is not known as well as chance.
 */
export function forecastApprovals(facts: ForecastFacts, whatIf: WhatIf = AS_IT_IS, draws = DRAWS, seed = SEED): ApprovalForecast {
  const drawing = drawForecast(facts, whatIf, draws, seed);
  for (;;) {
    const drawn = drawing.next();
    if (drawn.done === true) return drawn.value;
  }
}

/** The same, one draw after another: whoever serves others as well can do so in between. */
export function* drawForecast({ stays, open, enquiries, ahead }: ForecastFacts, whatIf: WhatIf = AS_IT_IS, draws = DRAWS, seed = SEED): Generator<undefined, ApprovalForecast, undefined> {
  const [counted, pace, random] = [countPassage(stays), enquiryPace(enquiries), seededRandom(seed)];
  const [drawn, ofOpen]: [number[], number[]] = [[], []];
  for (let draw = 0; draw < draws; draw += 1) {
    const chances = approvalChances(changedPassage(passageOf(counted, random), whatIf), ahead.length);
    const fromOpen = open.reduce((sum, group) => sum + randomBinomial(random, group.count, chanceOf(chances, group)), 0);
    const coming = drawnEnquiries(pace, ahead, random, whatIf.volume);
    drawn.push(coming.reduce((sum, count, step) => sum + randomBinomial(random, count, chances.toCome[step] ?? 0), fromOpen));
    ofOpen.push(fromOpen);
    yield;
  }
  const [low95, low80, median, high80, high95] = quantiles(drawn.map((value) => ({ value, count: 1 })), [0.025, 0.1, 0.5, 0.9, 0.975]).map((value) => value ?? 0);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return {
    mean: mean(drawn),
    median: median ?? 0,
    within80: { low: Math.floor(low80 ?? 0), high: Math.ceil(high80 ?? 0) },
    within95: { low: Math.floor(low95 ?? 0), high: Math.ceil(high95 ?? 0) },
    fromOpen: mean(ofOpen),
  };
}

function chanceOf({ open }: ApprovalChances, { at, steps }: OpenCount): number {
  return open[MILESTONES_BEFORE_APPROVAL.indexOf(at)]?.[Math.min(steps, OLDEST_STEP)] ?? 0;
}

/** The approvals to be expected of the expected chances, without any draw: for comparing one course with another. */
export function expectedApprovals({ stays, open, enquiries, ahead }: ForecastFacts, whatIf: WhatIf = AS_IT_IS): number {
  return expectation(countPassage(stays), { open, enquiries, ahead }, whatIf);
}

function expectation(counted: ReturnType<typeof countPassage>, { open, enquiries, ahead }: Omit<ForecastFacts, 'stays'>, whatIf: WhatIf): number {
  const chances = approvalChances(changedPassage(passageOf(counted), whatIf), ahead.length);
  const fromOpen = open.reduce((sum, group) => sum + group.count * chanceOf(chances, group), 0);
  return expectedEnquiries(enquiryPace(enquiries), ahead).reduce((sum, count, step) => sum + count * whatIf.volume * (chances.toCome[step] ?? 0), fromOpen);
}

/** How far each lever is looked at: four times the enquiries or the speed, or nobody lost any more. */
const FARTHEST: Readonly<Record<keyof WhatIf, number>> = { volume: 4, speed: 4, lost: 0 };
const HALVINGS = 30;

/**
 * The factor on one lever alone with which so many approvals are to be expected; 1 when they are already, and null
 * when the lever does not reach that far.
 */
export function leverToReach(facts: ForecastFacts, approvals: number, lever: keyof WhatIf): number | null {
  const counted = countPassage(facts.stays);
  const reached = (factor: number): boolean => expectation(counted, facts, { ...AS_IT_IS, [lever]: factor }) >= approvals;
  if (reached(1)) return 1;
  if (!reached(FARTHEST[lever])) return null;
  let [short, enough] = [1, FARTHEST[lever]];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (short + enough) / 2;
    if (reached(middle)) enough = middle;
    else short = middle;
  }
  return enough;
}
