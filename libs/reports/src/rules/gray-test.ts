import { chiSquaredTail } from './chi-squared';
import type { TimeCount } from './aalen-johansen';

/** How many subjects of one group left observation at one time in one way. */
export interface GroupedTimeCount<Cause extends string> extends TimeCount<Cause> {
  readonly group: string;
}

/** Whether groups differ in the incidence of a cause by more than chance explains. */
export interface GrayTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** The probability of a statistic at least as large, were the groups alike. */
  readonly probability: number;
}

/** Of one group at one time: those with the event of interest, with another one, and all who leave. */
interface Leaving {
  readonly own: number[];
  readonly other: number[];
  readonly all: number[];
}

/** A group on its way through time, before what happens at the time that is looked at. */
interface GroupState {
  atRisk: number;
  eventFree: number;
  incidence: number;
}

/** What adds up over time. Scores are of each group; the variances follow the groups whose subjects cause them. */
interface Sums {
  readonly scores: number[];
  /** The variance of the scores that does not depend on what is still to come. */
  readonly variance: number[][];
  /** By score and group: the weight that the group's past will have in that score. */
  readonly weights: number[][];
  readonly crossed: number[][];
  readonly past: number[];
}

/**
 * Gray's test of whether groups have the same cumulative incidence of a cause while others compete (Gray 1988,
 * Annals of Statistics 16, 1141–1154, with ρ = 0): the groups' events are held against those expected of the
 * subjects that are still at risk in the subdistribution, whose numbers are the observed ones raised by
 * (1 − incidence) / (event-free). Null for fewer than two groups, or when nothing can be told.
 *
 * Works on counts by distinct time, in one pass; events come before censorings at the same time.
 */
export function grayTest<Cause extends string>(counts: Iterable<GroupedTimeCount<Cause>>, cause: Cause): GrayTest | null {
  const { timeline, sizes } = timelineOf(counts, cause);
  const groups = sizes.map((size): GroupState => ({ atRisk: size, eventFree: 1, incidence: 0 }));
  if (groups.length < 2) return null;
  const square = (): number[][] => groups.map(() => groups.map(() => 0));
  const sums: Sums = { scores: groups.map(() => 0), variance: square(), weights: square(), crossed: square(), past: groups.map(() => 0) };
  let pooled = 0;
  for (const leaving of timeline) pooled = passTime(groups, leaving, sums, pooled);
  const degreesOfFreedom = groups.length - 1;
  const statistic = quadraticForm(sums.scores.slice(0, -1), wholeVariance(sums).slice(0, -1).map((row) => row.slice(0, -1)));
  return statistic === null ? null : { statistic, degreesOfFreedom, probability: chiSquaredTail(statistic, degreesOfFreedom) };
}

function timelineOf<Cause extends string>(counts: Iterable<GroupedTimeCount<Cause>>, cause: Cause): { timeline: Leaving[]; sizes: number[] } {
  const listed = [...counts].filter(({ count }) => count > 0);
  const names = [...new Set(listed.map(({ group }) => group))].sort();
  const sizes = names.map(() => 0);
  const byTime = new Map<number, Leaving>();
  for (const { time, ending, group, count } of listed) {
    const index = names.indexOf(group);
    const leaving = byTime.get(time) ?? { own: names.map(() => 0), other: names.map(() => 0), all: names.map(() => 0) };
    byTime.set(time, leaving);
    add(leaving.all, index, count);
    add(sizes, index, count);
    if (ending !== 'censored') add(ending === cause ? leaving.own : leaving.other, index, count);
  }
  return { timeline: [...byTime].sort(([one], [other]) => one - other).map(([, leaving]) => leaving), sizes };
}

function add(values: number[], index: number, amount: number): void {
  values[index] = (values[index] ?? 0) + amount;
}

/** Moves everything past one time, and gives the pooled incidence after it. */
function passTime(groups: readonly GroupState[], { own, other, all }: Leaving, sums: Sums, pooledBefore: number): number {
  const [events, others] = [total(own), total(other)];
  let pooled = pooledBefore;
  if (events + others > 0) {
    const raised = groups.map(({ atRisk, eventFree }) => (atRisk > 0 ? atRisk / eventFree : 0));
    const allRaised = total(raised);
    pooled = pooledBefore + events / allRaised;
    const after = groups.map(({ atRisk, eventFree }, index) => (atRisk > 0 ? (eventFree * (atRisk - (own[index] ?? 0) - (other[index] ?? 0))) / atRisk : eventFree));
    const changes = raised.map((mine, row) => raised.map((theirs, column) => mine * ((row === column ? 1 : 0) - theirs / allRaised)));
    addWeights(sums, changes, events / (allRaised * (1 - pooledBefore)));
    addScores(sums, groups, own, events, raised);
    if (events > 0) addOwnVariance(sums, { groups, after, raised, allRaised, changes, events, pooled });
    if (others > 0) addOtherVariance(sums, { groups, after, other, pooled });
    groups.forEach((group, index) => {
      if (group.atRisk > 0) group.incidence += (group.eventFree * (own[index] ?? 0)) / group.atRisk;
      group.eventFree = after[index] ?? group.eventFree;
    });
  }
  groups.forEach((group, index) => (group.atRisk -= all[index] ?? 0));
  return pooled;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function addWeights({ weights }: Sums, changes: readonly number[][], hazard: number): void {
  // Once all of them are expected to have had the event, the hazard has no bound: a group without anybody left takes no part in it.
  weights.forEach((row, index) => {
    changes[index]?.forEach((change, column) => {
      if (change !== 0) add(row, column, change * hazard);
    });
  });
}

/** Observed events less those expected of the subjects at risk in the subdistribution. */
function addScores({ scores }: Sums, groups: readonly GroupState[], own: readonly number[], events: number, raised: readonly number[]): void {
  const atRisk = groups.map(({ incidence }, index) => (raised[index] ?? 0) * (1 - incidence));
  const all = total(atRisk);
  if (all === 0) return;
  groups.forEach(({ atRisk: left }, index) => {
    if (left > 0) add(scores, index, (own[index] ?? 0) - (events * (atRisk[index] ?? 0)) / all);
  });
}

/** The spread that the events of interest cause, each group's share of it by its subjects at risk; ties are corrected for. */
function addOwnVariance(
  sums: Sums,
  at: { readonly groups: readonly GroupState[]; readonly after: readonly number[]; readonly raised: readonly number[]; readonly allRaised: number; readonly changes: readonly number[][]; readonly events: number; readonly pooled: number },
): void {
  at.groups.forEach(({ atRisk, eventFree }, group) => {
    if (atRisk <= 0) return;
    const left = at.after[group] ?? 0;
    const reach = left > 0 ? 1 - (1 - at.pooled) / left : 1;
    const ties = at.events > 1 ? 1 - (at.events - 1) / (at.allRaised * eventFree - 1) : 1;
    const spread = (ties * eventFree * at.events) / (at.allRaised * atRisk);
    addSpread(sums, group, spread, reach, (score) => (at.changes[score]?.[group] ?? 0) - reach * (sums.weights[score]?.[group] ?? 0));
  });
}

/** The spread that the competing events cause in their own group. */
function addOtherVariance(sums: Sums, at: { readonly groups: readonly GroupState[]; readonly after: readonly number[]; readonly other: readonly number[]; readonly pooled: number }): void {
  at.groups.forEach(({ atRisk, eventFree }, group) => {
    const events = at.other[group] ?? 0;
    const left = at.after[group] ?? 0;
    if (events === 0 || left <= 0) return;
    const reach = (1 - at.pooled) / left;
    const ties = events > 1 ? 1 - (events - 1) / (atRisk - 1) : 1;
    const spread = (ties * eventFree * eventFree * events) / (atRisk * atRisk);
    addSpread(sums, group, spread, -reach, (score) => reach * (sums.weights[score]?.[group] ?? 0));
  });
}

/** Every score's influence of a group at this time, squared and crossed, and what of it later weights will multiply. */
function addSpread(sums: Sums, group: number, spread: number, reach: number, influence: (score: number) => number): void {
  const influences = sums.scores.map((_, score) => influence(score));
  add(sums.past, group, reach * reach * spread);
  influences.forEach((mine, score) => {
    const [row, crossed] = [sums.variance[score], sums.crossed[score]];
    if (row !== undefined) influences.forEach((theirs, column) => add(row, column, mine * theirs * spread));
    if (crossed !== undefined) add(crossed, group, mine * reach * spread);
  });
}

function wholeVariance({ variance, weights, crossed, past }: Sums): number[][] {
  return variance.map((row, one) =>
    row.map((value, other) =>
      past.reduce((sum, squared, group) => {
        const [mine, theirs] = [weights[one]?.[group] ?? 0, weights[other]?.[group] ?? 0];
        return sum + mine * theirs * squared + mine * (crossed[other]?.[group] ?? 0) + theirs * (crossed[one]?.[group] ?? 0);
      }, value),
    ),
  );
}

/** A variance that is this small a part of the largest is a rounding error. */
const ROUNDING = 1e-10;

/** vᵀ M⁻¹ v of a symmetric positive matrix, by Cholesky; null when it has no inverse. */
function quadraticForm(vector: readonly number[], matrix: readonly (readonly number[])[]): number | null {
  const least = ROUNDING * Math.max(...matrix.map((row, index) => row[index] ?? 0));
  const roots: number[][] = [];
  const solved: number[] = [];
  for (const [index, row] of matrix.entries()) {
    const root: number[] = [];
    for (let column = 0; column < index; column += 1) {
      const known = root.reduce((sum, value, before) => sum + value * (roots[column]?.[before] ?? 0), 0);
      root.push(((row[column] ?? 0) - known) / (roots[column]?.[column] ?? 1));
    }
    const rest = (row[index] ?? 0) - root.reduce((sum, value) => sum + value * value, 0);
    if (!(rest > least)) return null;
    root.push(Math.sqrt(rest));
    roots.push(root);
    solved.push(((vector[index] ?? 0) - solved.reduce((sum, value, before) => sum + value * (root[before] ?? 0), 0)) / Math.sqrt(rest));
  }
  return solved.reduce((sum, value) => sum + value * value, 0);
}
