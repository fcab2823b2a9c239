import { financialYearOf, type LocalDate, localDateOf, minDate, ok, refused, type Result } from '@app/kernel';
import { EARLIEST, type Period } from '@app/reports';

/** What the year as Ofsted counts it is asked for. */
export interface YearQuestion {
  readonly period: Period;
  readonly asAt: LocalDate;
  /** What was recorded after this moment does not count; null for all that is known. */
  readonly knownAt: Date | null;
}

/** Why a year is not counted. */
export type YearRefusal = 'not_begun' | 'not_there' | 'known_at_in_the_future' | 'not_begun_when_known';

/**
 * The financial year that a date is in, as far as it has come: by `now`, or by the moment as at which it was known.
 * Refuses a year that has not begun, or had not at that moment, and one before 1900, which no report reaches.
 */
export function yearQuestion(inYearOf: LocalDate, knownAt: Date | null, now: Date): Result<YearQuestion, YearRefusal> {
  const { from, to } = financialYearOf(inYearOf);
  if (from > localDateOf(now)) return refused('not_begun');
  if (from < EARLIEST) return refused('not_there');
  if (knownAt !== null && knownAt > now) return refused('known_at_in_the_future');
  const today = localDateOf(knownAt ?? now);
  return from > today ? refused('not_begun_when_known') : ok({ period: { from, to }, asAt: minDate(to, today), knownAt });
}
