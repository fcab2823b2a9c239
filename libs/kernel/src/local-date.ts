declare const localDateBrand: unique symbol;

/** A calendar date in Europe/London, written 'YYYY-MM-DD' (years 0001 to 9999). Compares with < and > as text. */
export type LocalDate = string & { readonly [localDateBrand]: true };

export const millisecondsPerDay = 86_400_000;

const written = /^(\d{4})-(\d{2})-(\d{2})$/;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Reads 'YYYY-MM-DD'; null for anything else, and for dates that no calendar has (30 February, month 13, year 0). */
export function parseLocalDate(text: string): LocalDate | null {
  const parts = written.exec(text);
  if (!parts) return null;
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  const real = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return real ? (text as LocalDate) : null;
}

/** The same for dates written in code or kept in the database; throws a RangeError where `parseLocalDate` gives null. */
export function localDate(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new RangeError(`Not a date: ${JSON.stringify(text)}`);
  return date;
}

/** Whole days from 1970-01-01; the calendar's plain count, free of clocks and time zones. */
export function dayNumberOf(date: LocalDate): number {
  const { year, month, day } = partsOf(date);
  return dayNumber(year, month, day);
}

/** The date of a day number. Throws a RangeError outside the years 0001 to 9999. */
export function dateOfDayNumber(days: number): LocalDate {
  const moment = new Date(days * millisecondsPerDay);
  const year = moment.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new RangeError(`No date has the day number ${String(days)}`);
  return write(year, moment.getUTCMonth() + 1, moment.getUTCDate());
}

/** The date so many days later, or earlier when n is negative. */
export function addDays(date: LocalDate, n: number): LocalDate {
  requireWhole(n);
  return dateOfDayNumber(dayNumberOf(date) + n);
}

/** The same day so many months later (earlier when negative), clamped to the end of a shorter month: 31 August + 6 = 28 or 29 February. */
export function addMonthsClamped(date: LocalDate, n: number): LocalDate {
  requireWhole(n);
  const { year, month, day } = partsOf(date);
  const months = year * 12 + (month - 1) + n;
  const newYear = Math.floor(months / 12);
  const newMonth = months - newYear * 12 + 1;
  if (!(newYear >= 1 && newYear <= 9999)) throw new RangeError(`${date} and ${String(n)} months leave the calendar`);
  return write(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/** Days from one date to another; negative when `to` is the earlier one. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumberOf(to) - dayNumberOf(from);
}

export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** 1 for Monday to 7 for Sunday. */
export function isoWeekday(date: LocalDate): IsoWeekday {
  // Day 0, 1 January 1970, was a Thursday.
  return ((((dayNumberOf(date) + 3) % 7) + 7) % 7 + 1) as IsoWeekday;
}

/** The earliest of the dates. */
export function minDate(first: LocalDate, ...others: readonly LocalDate[]): LocalDate {
  return others.reduce((least, date) => (date < least ? date : least), first);
}

/** The latest of the dates. */
export function maxDate(first: LocalDate, ...others: readonly LocalDate[]): LocalDate {
  return others.reduce((greatest, date) => (date > greatest ? date : greatest), first);
}

export interface FinancialYear {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** As councils write it: '2026–27'. */
  readonly label: string;
}

/** The financial year that holds a date: 1 April to 31 March, both included. */
export function financialYearOf(date: LocalDate): FinancialYear {
  const { year, month } = partsOf(date);
  const first = month >= 4 ? year : year - 1;
  return {
    from: write(first, 4, 1),
    to: write(first + 1, 3, 31),
    label: `${padded(first, 4)}–${padded((first + 1) % 100, 2)}`,
  };
}

/** Year, month (1 to 12) and day of a date. */
export function partsOf(date: LocalDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function dayNumber(year: number, month: number, day: number): number {
  // Date.UTC reads the years 0 to 99 as 1900 to 1999, so those go the long way.
  const time = year >= 100 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day);
  return time / millisecondsPerDay;
}

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (monthLengths[month - 1] ?? 0);
}

function write(year: number, month: number, day: number): LocalDate {
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}` as LocalDate;
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, '0');
}

function requireWhole(n: number): void {
  if (!Number.isInteger(n)) throw new RangeError(`Not a whole number: ${String(n)}`);
}
