import { MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import type { MilestoneBeforeApproval } from '@app/journeys';
import { forecastApprovals } from './approval-forecast';
import type { ApprovalForecast, ForecastFacts } from './approval-forecast';
import type { Onward } from './passage';
import { randomCount, randomGamma, seededRandom } from './random';
import type { Random } from './random';

/** A simulated journey: the days on which it reached each milestone, and what it then came to. Day 0 is the as-at date. */
export interface SimulatedJourney {
  readonly enquiryDay: number;
  readonly stays: readonly { readonly at: MilestoneBeforeApproval; readonly fromDay: number; readonly untilDay: number; readonly onward: Onward }[];
}

/** A hub with a known truth. */
export interface SimulatedHub {
  readonly journeys: readonly SimulatedJourney[];
  /** Days from the as-at date to the day that the forecast is for. */
  readonly daysAhead: number;
  /** Days of history before the as-at date. */
  readonly daysBefore: number;
}

/** How a simulated hub works: for each milestone, who goes on and how long things take. */
interface Workings {
  readonly goesOn: number;
  readonly daysOn: number;
  readonly shapeOn: number;
  readonly daysOut: number;
}

/** From least to most of what hubs are like, by milestone. */
const RANGES: Readonly<Record<MilestoneBeforeApproval, { readonly goesOn: readonly [number, number]; readonly daysOn: readonly [number, number] }>> = {
  enquiry: { goesOn: [0.25, 0.6], daysOn: [5, 30] },
  initial_application: { goesOn: [0.6, 0.9], daysOn: [10, 30] },
  home_visit: { goesOn: [0.5, 0.85], daysOn: [14, 45] },
  application: { goesOn: [0.75, 0.95], daysOn: [25, 60] },
  stage_1: { goesOn: [0.85, 0.98], daysOn: [4, 20] },
  stage_2: { goesOn: [0.8, 0.97], daysOn: [60, 110] },
  panel: { goesOn: [0.9, 0.99], daysOn: [5, 20] },
};
const YEAR_DAYS = 365;

/** A hub of its own for each seed: pace, season, dispersion, chances and times. */
export function simulatedHub(seed: number): SimulatedHub {
  const random = seededRandom(seed * 7_919 + 1);
  const between = ([least, most]: readonly [number, number]): number => least + (most - least) * random();
  const workings = MILESTONES_BEFORE_APPROVAL.map((at): Workings => ({ goesOn: between(RANGES[at].goesOn), daysOn: between(RANGES[at].daysOn), shapeOn: between([1, 3]), daysOut: between([10, 60]) }));
  const [daily, swing, dispersion, peak] = [between([0.8, 5]), between([0, 0.3]), between([1, 2]), between([0, YEAR_DAYS])];
  const daysBefore = Math.round(between([800, 1_100]));
  const daysAhead = Math.round(between([45, 330]));
  const journeys: SimulatedJourney[] = [];
  // A year before the history begins, so that it begins with a pipeline.
  for (let day = -daysBefore - YEAR_DAYS; day <= daysAhead; day += 1) {
    const mean = daily * (1 + swing * Math.cos((2 * Math.PI * (day - peak)) / YEAR_DAYS));
    for (let count = randomCount(random, mean, dispersion); count > 0; count -= 1) journeys.push(simulatedJourney(day, workings, random));
  }
  return { journeys, daysAhead, daysBefore };
}

function simulatedJourney(enquiryDay: number, workings: readonly Workings[], random: Random): SimulatedJourney {
  const stays: { at: MilestoneBeforeApproval; fromDay: number; untilDay: number; onward: Onward }[] = [];
  let fromDay = enquiryDay;
  for (const [index, at] of MILESTONES_BEFORE_APPROVAL.entries()) {
    const { goesOn, daysOn, shapeOn, daysOut } = workings[index] ?? { goesOn: 0, daysOn: 1, shapeOn: 1, daysOut: 1 };
    const goes = random() < goesOn;
    const days = goes ? (randomGamma(random, shapeOn) * daysOn) / shapeOn : randomGamma(random, 1) * daysOut;
    const untilDay = fromDay + Math.round(days);
    stays.push({ at, fromDay, untilDay, onward: goes ? (MILESTONES_BEFORE_APPROVAL[index + 1] ?? 'approved') : 'closed' });
    if (!goes) break;
    fromDay = untilDay;
  }
  return { enquiryDay, stays };
}

/** Approvals that came after the as-at date and by the day that the forecast is for. */
export function approvalsThatCame({ journeys, daysAhead }: SimulatedHub): number {
  return journeys.filter(({ stays }) => {
    const last = stays.at(-1);
    return last?.onward === 'approved' && last.untilDay > 0 && last.untilDay <= daysAhead;
  }).length;
}

const STEP_DAYS = 7;

/** What is known of a simulated hub at its as-at date. Steps are so long that a whole number of them is left. */
export function knownAtTheTime({ journeys, daysAhead, daysBefore }: SimulatedHub): ForecastFacts {
  const stepsAhead = Math.ceil(daysAhead / STEP_DAYS);
  const stepDays = daysAhead / stepsAhead;
  const stepsBefore = Math.floor(daysBefore / stepDays);
  const stepOf = (day: number): number => Math.ceil(day / stepDays) - 1;
  const calendarStep = (step: number) => ({ month: 1 + (((Math.floor(((step + 0.5) * stepDays * 12) / YEAR_DAYS) % 12) + 12) % 12), days: stepDays });
  const enquiries = Array.from({ length: stepsBefore }, (_, index) => ({ ...calendarStep(index - stepsBefore), count: 0 }));
  const facts = { stays: [] as ForecastFacts['stays'][number][], open: [] as ForecastFacts['open'][number][] };
  for (const { enquiryDay, stays } of journeys) {
    const came = enquiries[stepOf(enquiryDay) + stepsBefore];
    if (came !== undefined && enquiryDay <= 0) came.count += 1;
    for (const { at, fromDay, untilDay, onward } of stays) {
      if (fromDay > 0 || fromDay <= -daysBefore) continue;
      const isOpen = untilDay > 0;
      const steps = (isOpen ? -1 : stepOf(untilDay)) - stepOf(fromDay);
      facts.stays.push({ at, steps, onward: isOpen ? 'censored' : onward, count: 1 });
      if (isOpen) facts.open.push({ at, steps, count: 1 });
    }
  }
  return { ...facts, enquiries, ahead: Array.from({ length: stepsAhead }, (_, step) => calendarStep(step)) };
}

/** How forecasts did against what then happened. */
export interface BackTest {
  readonly hubs: number;
  /** The shares of the hubs whose approvals lay within the interval. */
  readonly held80: number;
  readonly held95: number;
  /** Of the differences between the median forecast and what came, as shares of what came, the middle one. */
  readonly medianError: number;
  /** The same with its sign: above 0 the forecasts are too high. */
  readonly medianBias: number;
}

/** A forecast and the approvals that then came. */
export interface TestedForecast {
  readonly forecast: ApprovalForecast;
  readonly came: number;
}

/** Forecasts each of so many simulated hubs from what was known, and holds it against what then happened. */
export function backTest(hubs: number, draws: number, firstSeed = 1): BackTest {
  return backTestOf(testedForecasts(hubs, draws, firstSeed));
}

/** The forecasts of so many simulated hubs, one of each seed. */
export function testedForecasts(hubs: number, draws: number, firstSeed: number): TestedForecast[] {
  return Array.from({ length: hubs }, (_, index) => {
    const hub = simulatedHub(firstSeed + index);
    return { forecast: forecastApprovals(knownAtTheTime(hub), undefined, draws, firstSeed + index), came: approvalsThatCame(hub) };
  });
}

/** How often the ranges held, and how far the middle was off. */
export function backTestOf(tested: readonly TestedForecast[]): BackTest {
  const held = (within: keyof ApprovalForecast & `within${string}`): number =>
    tested.filter(({ forecast, came }) => forecast[within].low <= came && came <= forecast[within].high).length / tested.length;
  const errors = tested.filter(({ came }) => came > 0).map(({ forecast, came }) => (forecast.median - came) / came);
  return { hubs: tested.length, held80: held('within80'), held95: held('within95'), medianError: middle(errors.map(Math.abs)), medianBias: middle(errors) };
}

function middle(values: readonly number[]): number {
  const ascending = [...values].sort((one, other) => one - other);
  return ascending[Math.floor(ascending.length / 2)] ?? 0;
}
