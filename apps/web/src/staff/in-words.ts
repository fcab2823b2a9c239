import { addDays, type LocalDate, localDateOf, dateInWords, daysBetween, momentInWords, parsePhone, shortDateInWords, timeInWords } from '@app/kernel';
import { countOf } from '../platform/words';

/** A due time as the tag shows it; see `dueTag`. */
export interface DueTag {
  readonly text: string;
  readonly state: 'overdue' | 'soon' | 'later' | 'met' | 'missed' | 'paused';
  /** The exact moment, for whoever wants to know. */
  readonly moment: string;
}

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const MANY_DAYS = 90;
const DAYS_A_MONTH = 30.4375;
const MANY_MONTHS = 24;

/** When something is due, seen from `now`: "3 hours overdue", "due 4pm", "due tomorrow", "due Tuesday", "due 7 Apr 2026". The due minute itself is in time. */
export function dueInWords(dueAt: Date, now: Date): DueTag {
  const moment = momentInWords(dueAt);
  const late = Math.floor(now.getTime() / MINUTE_MS) - Math.floor(dueAt.getTime() / MINUTE_MS);
  if (late > 0) return { text: `${spanInWords(late)} overdue`, state: 'overdue', moment };
  const on = localDateOf(dueAt);
  const today = localDateOf(now);
  if (on === today) return { text: `due ${timeInWords(dueAt)}`, state: 'soon', moment };
  if (on === addDays(today, 1)) return { text: 'due tomorrow', state: 'later', moment };
  return { text: `due ${nearDate(on, today)}`, state: 'later', moment };
}

/** "12 minutes", "3 hours", "2 days", "5 months", "4 years": rounded down to a unit in which the number is small. */
export function spanInWords(minutes: number): string {
  if (minutes < HOUR_MINUTES) return countOf(minutes, 'minute', 'minutes');
  if (minutes < DAY_MINUTES) return countOf(Math.floor(minutes / HOUR_MINUTES), 'hour', 'hours');
  const days = Math.floor(minutes / DAY_MINUTES);
  if (days < MANY_DAYS) return countOf(days, 'day', 'days');
  const months = Math.floor(days / DAYS_A_MONTH);
  return months < MANY_MONTHS ? countOf(months, 'month', 'months') : countOf(Math.floor(months / 12), 'year', 'years');
}

/** Opening hours of work as people say them: "3 hours 15 minutes". */
export function workingTimeInWords(minutes: number): string {
  const hours = Math.floor(minutes / HOUR_MINUTES);
  const rest = minutes % HOUR_MINUTES;
  if (hours === 0) return countOf(rest, 'minute', 'minutes');
  return rest === 0 ? countOf(hours, 'hour', 'hours') : `${countOf(hours, 'hour', 'hours')} ${countOf(rest, 'minute', 'minutes')}`;
}

/** A past moment, as near as it is: "today 10:05am", "yesterday 4pm", "Monday 10:05am", "7 Apr 2026". */
export function momentNearby(moment: Date, now: Date): string {
  const on = localDateOf(moment);
  const days = daysBetween(on, localDateOf(now));
  const time = timeInWords(moment);
  if (days === 0) return `today ${time}`;
  if (days === 1) return `yesterday ${time}`;
  if (days > 1 && days < 7) return `${weekdayOf(on)} ${time}`;
  return shortDateInWords(on);
}

/** A date in the coming days by its weekday, any other as it is written: "Tuesday", "7 Apr 2026". */
function nearDate(on: LocalDate, today: LocalDate): string {
  const days = daysBetween(today, on);
  return days > 1 && days < 7 ? weekdayOf(on) : shortDateInWords(on);
}

const weekdayOf = (on: LocalDate): string => dateInWords(on).split(' ')[0] ?? '';

/** "no attempts", "one attempt", "two attempts", "12 attempts". */
export function attemptsInWords(attempts: number): string {
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  return `${words[attempts] ?? String(attempts)} ${attempts === 1 ? 'attempt' : 'attempts'}`;
}

/** A kept telephone number as people in its country write it; what cannot be read is shown as it is. */
export const phoneInWords = (e164: string | null): string | null => (e164 === null ? null : (parsePhone(e164)?.national ?? e164));
