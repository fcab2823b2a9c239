import { Z_95 } from './normal-quantile';
import type { Interval } from './normal-quantile';

/** How many subjects left observation at one time in one way: censored, or with one of the causes. */
export interface TimeCount<Cause extends string> {
  readonly time: number;
  readonly ending: Cause | 'censored';
  readonly count: number;
}

/** A probability at a time, its standard error and its 95 % interval. */
export interface EstimatedProbability {
  readonly estimate: number;
  /** Null for the event-free probability once it is 0, where R gives NaN. */
  readonly stdErr: number | null;
  /** Null where the estimate is 0 or 1. */
  readonly low: number | null;
  readonly high: number | null;
}

/** What is known at one time: how many were still observed, and the probability of every state. */
export interface IncidenceAt<Cause extends string> {
  readonly time: number;
  /** The number of subjects whose time is at least this one. */
  readonly atRisk: number;
  readonly eventFree: EstimatedProbability;
  readonly byCause: Readonly<Record<Cause, EstimatedProbability>>;
}

/** The endings at one distinct time. */
interface Endings {
  readonly time: number;
  readonly events: number[];
  leaving: number;
}

/** What is estimated up to a time: the event-free probability, and each cause's incidence with its spread. */
interface Estimation {
  atRisk: number;
  eventFree: number;
  readonly incidences: { probability: number; spread: Spread }[];
}

/**
 * The sums of squares and products of the subjects' influences on the event-free probability and on one
 * incidence, as the triangular root of that matrix: a standard error that should be 0 stays 0, where the
 * difference of nearly equal variances would leave the root of a rounding error.
 */
interface Spread {
  /** The standard error of the event-free probability. */
  eventFree: number;
  /** The part of the incidence's influences that goes along with those on the event-free probability. */
  along: number;
  /** The part that is independent of them. */
  apart: number;
}

/**
 * The Aalen–Johansen estimate of the event-free probability and of the cumulative incidence of each cause, at
 * the times asked for (any order), for subjects that all start at time 0. With one cause, the event-free
 * probability is Kaplan and Meier's. At equal times, events come before censorings.
 *
 * The standard error is the infinitesimal jackknife, as R's `survival::survfit` gives it: the root of the sum
 * of squared influences of the subjects. Those still at risk have all had the same influence so far, and the
 * new influences at a time sum to 0 over them; so the cross terms vanish, and the sums of squares follow a
 * recursion over the distinct times instead of a sum over subjects.
 */
export function aalenJohansen<Cause extends string>(
  counts: Iterable<TimeCount<Cause>>,
  causes: readonly Cause[],
  times: readonly number[],
): IncidenceAt<Cause>[] {
  const timeline = endingsByTime(counts, causes);
  const state: Estimation = {
    atRisk: timeline.reduce((sum, endings) => sum + endings.leaving, 0),
    eventFree: 1,
    incidences: causes.map(() => ({ probability: 0, spread: { eventFree: 0, along: 0, apart: 0 } })),
  };
  const answers = new Map<number, IncidenceAt<Cause>>();
  let next = 0;
  for (const time of [...new Set(times)].sort((left, right) => left - right)) {
    for (let endings = timeline[next]; endings !== undefined && endings.time < time; endings = timeline[++next]) {
      passEndings(state, endings);
    }
    const atRisk = state.atRisk;
    const endingsNow = timeline[next];
    if (endingsNow?.time === time) {
      passEndings(state, endingsNow);
      next += 1;
    }
    answers.set(time, { time, atRisk, ...probabilities(state, causes) });
  }
  return times.flatMap((time) => answers.get(time) ?? []);
}

function probabilities<Cause extends string>(
  { eventFree, incidences }: Estimation,
  causes: readonly Cause[],
): Pick<IncidenceAt<Cause>, 'eventFree' | 'byCause'> {
  const byCause = causes.map((cause, index) => {
    const { probability, spread } = incidences[index] ?? NOTHING_YET;
    return [cause, estimated(probability, Math.hypot(spread.along, spread.apart))] as const;
  });
  return {
    eventFree: estimated(eventFree, eventFree === 0 ? null : (incidences[0] ?? NOTHING_YET).spread.eventFree),
    byCause: Object.fromEntries(byCause) as Record<Cause, EstimatedProbability>,
  };
}

const NOTHING_YET = { probability: 0, spread: { eventFree: 0, along: 0, apart: 0 } } as const;

function endingsByTime<Cause extends string>(counts: Iterable<TimeCount<Cause>>, causes: readonly Cause[]): Endings[] {
  const indexOf = new Map<string, number>(causes.map((cause, index) => [cause, index]));
  const byTime = new Map<number, Endings>();
  for (const { time, ending, count } of counts) {
    let endings = byTime.get(time);
    if (endings === undefined) {
      endings = { time, events: causes.map(() => 0), leaving: 0 };
      byTime.set(time, endings);
    }
    endings.leaving += count;
    const index = indexOf.get(ending);
    if (index !== undefined) endings.events[index] = (endings.events[index] ?? 0) + count;
  }
  return [...byTime.values()].sort((left, right) => left.time - right.time);
}

/** Moves the estimation past everything that happened at one time. */
function passEndings(state: Estimation, { events, leaving }: Endings): void {
  const { atRisk, eventFree, incidences } = state;
  state.atRisk -= leaving;
  const allEvents = events.reduce((sum, count) => sum + count, 0);
  if (allEvents === 0) return;
  const hazard = allEvents / atRisk;
  const staying = (atRisk - allEvents) / atRisk;
  const scale = eventFree / Math.sqrt(atRisk);
  incidences.forEach((incidence, index) => {
    const { spread } = incidence;
    const ownHazard = (events[index] ?? 0) / atRisk;
    incidence.probability += eventFree * ownHazard;
    spread.along += spread.eventFree * ownHazard;
    spread.eventFree *= staying;
    // Of those at risk: with this cause's event, with another's, and with none.
    addInfluence(spread, scale * Math.sqrt(ownHazard), -staying, 1 - ownHazard);
    addInfluence(spread, scale * Math.sqrt(Math.max(0, hazard - ownHazard)), -staying, -ownHazard);
    addInfluence(spread, scale * Math.sqrt(staying), hazard, -ownHazard);
  });
  state.eventFree *= staying;
}

/** Adds the square of an influence to the spread, by a Givens rotation that keeps the root triangular. */
function addInfluence(spread: Spread, weight: number, onEventFree: number, onIncidence: number): void {
  const [first, second] = [weight * onEventFree, weight * onIncidence];
  const length = Math.hypot(spread.eventFree, first);
  const [cosine, sine] = length === 0 ? [1, 0] : [spread.eventFree / length, first / length];
  const { along } = spread;
  spread.eventFree = length;
  spread.along = cosine * along + sine * second;
  spread.apart = Math.hypot(spread.apart, cosine * second - sine * along);
}

function estimated(probability: number, stdErr: number | null): EstimatedProbability {
  const interval = stdErr === null ? null : logLogInterval(probability, stdErr);
  return { estimate: probability, stdErr, low: interval?.low ?? null, high: interval?.high ?? null };
}

/** A sum of many shares that should be 1 may differ from it by its rounding errors. */
const ROUNDING = 1e-12;

/**
 * The 95 % interval p^exp(±z·se/(p·ln p)) of a probability, which stays within 0 and 1 (the complementary
 * log-log transformation, Kalbfleisch and Prentice 2002, section 1.4). Null where p is 0 or 1.
 */
export function logLogInterval(probability: number, stdErr: number): Interval | null {
  if (probability <= ROUNDING || probability >= 1 - ROUNDING) return null;
  const exponent = (Z_95 * stdErr) / (probability * Math.log(probability));
  const [low, high] = [probability ** Math.exp(-exponent), probability ** Math.exp(exponent)];
  return { low: Math.min(low, high), high: Math.max(low, high) };
}
