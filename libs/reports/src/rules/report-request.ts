import { addDays, addMonthsClamped, endOfLocalDay, isoWeekday, localDateOf, ok, refused, toMinute } from '@app/kernel';
import type { LocalDate, Result } from '@app/kernel';

/** Two local dates, both included. */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** What a report is asked for. */
export interface ReportRequest {
  readonly period: Period;
  /** What happened after this local date does not count. */
  readonly asAt: LocalDate;
  /** What was recorded after this moment does not count, even when it happened before; null for all that is known. */
  readonly knownAt: Date | null;
  /** One authority, `unrouted` included; null for the hub and each of them. */
  readonly authority: string | null;
}

/** Why a report is refused. */
export type ReportRefusal = 'period_ends_before_it_starts' | 'as_at_in_the_future' | 'known_at_in_the_future' | 'unknown_authority';

/** A refusal in the words of who asked. */
export const REPORT_REFUSALS: Readonly<Record<ReportRefusal, string>> = {
  period_ends_before_it_starts: 'the period ends before it starts: “to” must be the same day as “from” or later',
  as_at_in_the_future: 'the as-at date lies in the future: choose today or an earlier day',
  known_at_in_the_future: 'the known-at moment lies in the future: choose now or an earlier moment',
  unknown_authority: 'there is no such authority',
};

/** Checks what was asked for. Without an as-at date it is today; `now` is the moment at which it is asked. */
export function reportRequest(
  asked: Period & { readonly asAt?: LocalDate | null; readonly knownAt?: Date | null; readonly authority?: string | null },
  now: Date,
  authorities: readonly string[],
): Result<ReportRequest, ReportRefusal> {
  const { from, to, knownAt = null, authority = null } = asked;
  const today = localDateOf(now);
  const asAt = asked.asAt ?? today;
  if (to < from) return refused('period_ends_before_it_starts');
  if (asAt > today) return refused('as_at_in_the_future');
  if (knownAt !== null && knownAt > now) return refused('known_at_in_the_future');
  if (authority !== null && !authorities.includes(authority)) return refused('unknown_authority');
  return ok({ period: { from, to }, asAt, knownAt, authority });
}

/** The moment at which the counting stops: the end of the as-at date, or now when that is earlier. */
export interface Cut {
  /** An event counts when it happened before this moment. */
  readonly eventsBefore: Date;
  /** A due time has passed when it lies before this moment; in the due minute itself there is still time to answer. */
  readonly dueBefore: Date;
}

const ONE_MINUTE_MS = 60_000;

/** The cut of an as-at date, seen at the moment `now`. Moments are cut to the minute before they are compared. */
export function cutOf(asAt: LocalDate, now: Date): Cut {
  const endOfDay = endOfLocalDay(asAt);
  if (endOfDay <= now) return { eventsBefore: endOfDay, dueBefore: endOfDay };
  const thisMinute = toMinute(now);
  return { eventsBefore: new Date(thisMinute.getTime() + ONE_MINUTE_MS), dueBefore: thisMinute };
}

/** The calendar months that a period touches, each as the part of it that lies in the period. */
export function monthsOf({ from, to }: Period): Period[] {
  const months: Period[] = [];
  for (let first = from; first <= to; ) {
    const nextMonth = firstOfNextMonth(first);
    const last = addDays(nextMonth, -1);
    months.push({ from: first, to: last < to ? last : to });
    first = nextMonth;
  }
  return months;
}

/** The last so many whole weeks, Monday to Sunday, before the one that a date is in. */
export function weeksBefore(date: LocalDate, weeks: number): Period[] {
  const monday = addDays(date, 1 - isoWeekday(date));
  return Array.from({ length: weeks }, (_, index) => ({ from: addDays(monday, 7 * (index - weeks)), to: addDays(monday, 7 * (index - weeks) + 6) }));
}

/** The last so many whole quarters of a calendar year before the one that a date is in. */
export function quartersBefore(date: LocalDate, quarters: number): Period[] {
  const firstOfMonth = addDays(date, 1 - Number(date.slice(8)));
  const first = addMonthsClamped(firstOfMonth, -((Number(date.slice(5, 7)) - 1) % 3));
  return Array.from({ length: quarters }, (_, index) => ({ from: addMonthsClamped(first, 3 * (index - quarters)), to: addDays(addMonthsClamped(first, 3 * (index - quarters + 1)), -1) }));
}

/** From the 1st, 31 days on is always in the next month. */
function firstOfNextMonth(date: LocalDate): LocalDate {
  const firstOfMonth = addDays(date, 1 - Number(date.slice(8)));
  const inNextMonth = addDays(firstOfMonth, 31);
  return addDays(inNextMonth, 1 - Number(inNextMonth.slice(8)));
}
