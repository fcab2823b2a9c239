import { addDays, addMonthsClamped, type LocalDate, localDate } from '@app/kernel';

/** The first day of the month of a date. */
export const monthOf = (on: LocalDate): LocalDate => localDate(`${on.slice(0, 7)}-01`);

/** The first day of the month after. */
export const monthAfter = (month: LocalDate): LocalDate => addMonthsClamped(month, 1);

/** The last day of a month. */
export const lastDayOf = (month: LocalDate): LocalDate => addDays(monthAfter(month), -1);

/** The months from that of the first to that of the last date, in order. */
export function monthsBetween(from: LocalDate, to: LocalDate): readonly LocalDate[] {
  const months: LocalDate[] = [];
  for (let month = monthOf(from); month <= to; month = monthAfter(month)) months.push(month);
  return months;
}

/** "November 2026". */
export function monthInWords(month: LocalDate): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}T12:00:00Z`));
}

/** A month as an address has it, "2026-11"; null for anything else. */
export function parseMonth(text: string): LocalDate | null {
  return /^20\d{2}-(0[1-9]|1[0-2])$/.test(text) ? localDate(`${text}-01`) : null;
}
