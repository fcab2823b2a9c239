import { addDays, daysBetween, type LocalDate } from '@app/kernel';
import type { CalendarStep } from './enquiries-to-come';

/** The past and the time ahead cut into steps of about a week, so that a whole number of them is left. */
export interface ForecastCalendar {
  readonly asAt: LocalDate;
  /** Days of a step; not always whole. */
  readonly stepDays: number;
  /** Days before the as-at date that are looked at. */
  readonly historyDays: number;
  /** The steps until the day that the forecast is for. */
  readonly ahead: readonly CalendarStep[];
  /** The steps of the past, the oldest first; the last one ends with the as-at date. */
  readonly past: readonly CalendarStep[];
}

const WEEK_DAYS = 7;
/** What is longer ago tells little of how a hub works now. */
const LONGEST_HISTORY_DAYS = 1_096;

/** The steps between the first enquiry (at most three years back), the as-at date and the last day; null when that is not ahead. */
export function forecastCalendar(firstEnquiryOn: LocalDate, asAt: LocalDate, until: LocalDate): ForecastCalendar | null {
  const daysAhead = daysBetween(asAt, until);
  if (daysAhead <= 0) return null;
  const stepsAhead = Math.ceil(daysAhead / WEEK_DAYS);
  const stepDays = daysAhead / stepsAhead;
  const historyDays = Math.min(LONGEST_HISTORY_DAYS, daysBetween(firstEnquiryOn, asAt));
  const stepsPast = Math.floor(historyDays / stepDays);
  const step = (index: number): CalendarStep => ({ month: Number(addDays(asAt, Math.round((index + 0.5) * stepDays)).slice(5, 7)), days: stepDays });
  return {
    asAt, stepDays, historyDays,
    ahead: Array.from({ length: stepsAhead }, (_, index) => step(index)),
    past: Array.from({ length: stepsPast }, (_, index) => step(index - stepsPast)),
  };
}
