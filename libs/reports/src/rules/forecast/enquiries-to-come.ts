import { randomCount, randomGamma } from './random';
import type { Random } from './random';

/** A step of the calendar: the month (1 to 12) that its middle lies in, and its length. */
export interface CalendarStep {
  readonly month: number;
  readonly days: number;
}

/** Enquiries that came in a step. */
export interface EnquiriesOfStep extends CalendarStep {
  readonly count: number;
}

/** What the past tells of how many enquiries come: by month of the year, and how much more they vary than chance. */
export interface EnquiryPace {
  readonly count: number;
  readonly days: number;
  readonly dispersion: number;
  readonly months: readonly { readonly count: number; readonly expected: number }[];
}

/** A month of the year is as different from another as a gamma number of this shape: a quarter up or down. */
const SEASON_SHAPE = 16;
const MONTHS = 12;

/** Counts the past: the usual pace, what each month of the year differs by, and the dispersion that remains. */
export function enquiryPace(past: readonly EnquiriesOfStep[]): EnquiryPace {
  const count = past.reduce((sum, step) => sum + step.count, 0);
  const days = past.reduce((sum, step) => sum + step.days, 0);
  const daily = days === 0 ? 0 : count / days;
  const months = Array.from({ length: MONTHS }, (_, index) => {
    const ofMonth = past.filter(({ month }) => month === index + 1);
    return { count: ofMonth.reduce((sum, step) => sum + step.count, 0), expected: ofMonth.reduce((sum, step) => sum + step.days * daily, 0) };
  });
  const season = months.map(({ count: came, expected }) => (came + SEASON_SHAPE) / (expected + SEASON_SHAPE));
  const surprise = past.reduce((sum, step) => {
    const expected = daily * step.days * (season[step.month - 1] ?? 1);
    return expected > 0 ? sum + (step.count - expected) ** 2 / expected : sum;
  }, 0);
  return { count, days, dispersion: Math.max(1, surprise / Math.max(1, past.length - 1)), months };
}

/** The expected enquiries of each of the steps ahead. */
export function expectedEnquiries(pace: EnquiryPace, ahead: readonly CalendarStep[]): number[] {
  const daily = pace.days === 0 ? 0 : pace.count / pace.days;
  return ahead.map(({ month, days }) => daily * days * seasonOf(pace, month));
}

/** One way in which the enquiries ahead may come: pace and season as uncertain as the past leaves them, then chance. */
export function drawnEnquiries(pace: EnquiryPace, ahead: readonly CalendarStep[], random: Random, volume = 1): number[] {
  if (pace.days === 0) return ahead.map(() => 0);
  const daily = (randomGamma(random, (pace.count + 0.5) / pace.dispersion) * pace.dispersion * volume) / pace.days;
  const season = pace.months.map(({ count, expected }) => randomGamma(random, count / pace.dispersion + SEASON_SHAPE) / (expected / pace.dispersion + SEASON_SHAPE));
  return ahead.map(({ month, days }) => randomCount(random, daily * days * (season[month - 1] ?? 1), pace.dispersion));
}

function seasonOf({ months, dispersion }: EnquiryPace, month: number): number {
  const { count, expected } = months[month - 1] ?? { count: 0, expected: 0 };
  return (count / dispersion + SEASON_SHAPE) / (expected / dispersion + SEASON_SHAPE);
}
