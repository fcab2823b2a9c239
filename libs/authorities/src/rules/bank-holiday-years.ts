import { addMonthsClamped, expectedBankHolidays, type LocalDate, localDate, type WorkingCalendar } from '@app/kernel';

/** So far ahead deadlines can be computed, in years after the last that is published. */
const YEARS_AHEAD = 20;
const MONTHS_OF_WARNING = 12;
const FIRST_YEAR = 2016;

const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/**
 * The working days of England, from the first published year on. A year of which no bank holiday is published, in a gap or after the
 * last, has those that it has by rule: an enquiry is never turned away because a table ends. What may be proclaimed besides would
 * make a deadline later, so that alerts come early and never late.
 */
export function workingCalendarOf(published: readonly LocalDate[]): WorkingCalendar {
  const years = new Set(published.map(yearOf));
  const first = years.size === 0 ? FIRST_YEAR : Math.min(...years);
  const last = (years.size === 0 ? FIRST_YEAR : Math.max(...years)) + YEARS_AHEAD;
  const expected = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((year) => !years.has(year)).flatMap(expectedOf);
  return { bankHolidays: new Set([...published, ...expected]), loadedFrom: localDate(`${String(first)}-01-01`), loadedUntil: localDate(`${String(last)}-12-31`) };
}

const computed = new Map<number, readonly LocalDate[]>();

/** A year's expected holidays, worked out once in each process. */
function expectedOf(year: number): readonly LocalDate[] {
  const holidays = computed.get(year) ?? expectedBankHolidays(year);
  computed.set(year, holidays);
  return holidays;
}

/** Up to when the published bank holidays reach without a gap. */
export interface PublishedUntil {
  /** The last day of the last year in a row, from today's year on; null when not even this year is there. */
  readonly until: LocalDate | null;
  /** Within a year, or past: somebody has to load the next ones. */
  readonly isEnding: boolean;
}

/** Says up to when the bank holidays are published, seen from today. */
export function publishedUntil(published: readonly LocalDate[], today: LocalDate): PublishedUntil {
  const years = new Set(published.map(yearOf));
  let next = yearOf(today);
  while (years.has(next)) next += 1;
  const until = next === yearOf(today) ? null : localDate(`${String(next - 1)}-12-31`);
  return { until, isEnding: until === null || until <= addMonthsClamped(today, MONTHS_OF_WARNING) };
}
