import { isoWeekday, partsOf, type LocalDate } from './local-date';
import { localDateOf, minutesOfLocalDay } from './local-moment';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const months = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
] as const;

/** 'Tuesday 7 April 2026', as the GOV.UK style guide writes dates. */
export function dateInWords(date: LocalDate): string {
  const { year, month, day } = partsOf(date);
  return `${weekdays[isoWeekday(date) - 1] ?? ''} ${String(day)} ${months[month - 1] ?? ''} ${String(year)}`;
}

/** '7 Apr 2026', for tables. */
export function shortDateInWords(date: LocalDate): string {
  const { year, month, day } = partsOf(date);
  return `${String(day)} ${(months[month - 1] ?? '').slice(0, 3)} ${String(year)}`;
}

/** The London clock at a moment, as the GOV.UK style guide writes it: '4:05pm', '9am', 'midday', 'midnight'. */
export function timeInWords(moment: Date): string {
  const minutes = minutesOfLocalDay(moment);
  if (minutes === 0) return 'midnight';
  if (minutes === 720) return 'midday';
  const hour = Math.floor(minutes / 60);
  const minute = minutes % 60;
  const shown = String(hour % 12 === 0 ? 12 : hour % 12);
  return `${shown}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}${hour < 12 ? 'am' : 'pm'}`;
}

/** 'Tuesday 7 April 2026 at 4:05pm', in London time. */
export function momentInWords(moment: Date): string {
  return `${dateInWords(localDateOf(moment))} at ${timeInWords(moment)}`;
}
