/**
 * The clocks of an assessment reckoned a second time, for tests: plain arithmetic on day numbers, bank holidays written
 * down here, and London's clock changes by their rule. It shares nothing with the application, on purpose.
 */

/** Bank holidays of England from December 2023 to the end of 2028, as the government announced them: month by month, days of the month. */
const HOLIDAYS: Readonly<Record<string, readonly number[]>> = {
  '2023-12': [25, 26],
  '2024-01': [1], '2024-03': [29], '2024-04': [1], '2024-05': [6, 27], '2024-08': [26], '2024-12': [25, 26],
  '2025-01': [1], '2025-04': [18, 21], '2025-05': [5, 26], '2025-08': [25], '2025-12': [25, 26],
  '2026-01': [1], '2026-04': [3, 6], '2026-05': [4, 25], '2026-08': [31], '2026-12': [25, 28],
  '2027-01': [1], '2027-03': [26, 29], '2027-05': [3, 31], '2027-08': [30], '2027-12': [27, 28],
  '2028-01': [3], '2028-04': [14, 17], '2028-05': [1, 29], '2028-08': [28], '2028-12': [25, 26],
};

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = (year: number, month: number): number => [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;

/** Days since 1 January 1970, counted up year by year and month by month. */
function dayNumber(year: number, month: number, day: number): number {
  let days = day - 1;
  for (let before = 1970; before < year; before += 1) days += isLeap(before) ? 366 : 365;
  for (let before = 1; before < month; before += 1) days += lengthOf(year, before);
  return days;
}

const split = (date: string): readonly [number, number, number] => date.split('-').map(Number) as [number, number, number];
export const numberOf = (date: string): number => dayNumber(...split(date));

/** The date of a day number, as 'YYYY-MM-DD'. */
export function dateOf(number: number): string {
  let year = 1970;
  let left = number;
  for (; left >= (isLeap(year) ? 366 : 365); year += 1) left -= isLeap(year) ? 366 : 365;
  let month = 1;
  for (; left >= lengthOf(year, month); month += 1) left -= lengthOf(year, month);
  return `${String(year)}-${String(month).padStart(2, '0')}-${String(left + 1).padStart(2, '0')}`;
}

/** 1 January 1970 was a Thursday: 0 is Monday, 6 is Sunday. */
const weekday = (number: number): number => (number + 3) % 7;
const holidays = new Set(Object.entries(HOLIDAYS).flatMap(([month, days]) => days.map((day) => numberOf(`${month}-${String(day).padStart(2, '0')}`))));
const isWorked = (number: number): boolean => weekday(number) < 5 && !holidays.has(number);

/** So many working days after a day (before it, when negative); the day itself is not counted. */
export function workingDaysFrom(date: string, days: number): string {
  let number = numberOf(date);
  for (let left = Math.abs(days); left > 0; ) {
    number += Math.sign(days);
    if (isWorked(number)) left -= 1;
  }
  return dateOf(number);
}

export const calendarDaysFrom = (date: string, days: number): string => dateOf(numberOf(date) + days);

/** The same day so many months later, or the last of a month that is too short for it. */
export function monthsFrom(date: string, months: number): string {
  const [year, month, day] = split(date);
  const index = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return dateOf(dayNumber(toYear, toMonth, Math.min(day, lengthOf(toYear, toMonth))));
}

/** Summer time is from the last Sunday of March to that of October, each at one in the morning by Greenwich. */
const lastSunday = (year: number, month: number): number => {
  const last = dayNumber(year, month, lengthOf(year, month));
  return last - ((weekday(last) + 1) % 7);
};

/** When a day begins in London, in milliseconds: its midnight by Greenwich, or an hour before that in summer time. */
export function midnightOf(date: string): number {
  const number = numberOf(date);
  const [year] = split(date);
  const isSummer = number > lastSunday(year, 3) && number <= lastSunday(year, 10);
  return number * 86_400_000 - (isSummer ? 3_600_000 : 0);
}

/** The rule of each clock: the last day that is in time for one that starts on a day. */
export const REFERENCE_CLOCKS: Readonly<Record<string, (start: string) => string>> = {
  home_visit: (start) => workingDaysFrom(start, 10),
  turnaround: (start) => monthsFrom(start, 6),
  stage_1_outcome: (start) => workingDaysFrom(start, 10),
  recommendation: (start) => monthsFrom(start, 8),
  decision: (start) => workingDaysFrom(start, 7),
  told_orally: (start) => workingDaysFrom(start, 2),
  told_in_writing: (start) => workingDaysFrom(start, 5),
  representations: (start) => calendarDaysFrom(start, 28),
  irm_papers: (start) => workingDaysFrom(start, 10),
  first_review: (start) => monthsFrom(start, 12),
};

/** A clock as it is stored: from the beginning of its first day to the end of its last, the first moment that is late. */
export function referenceClock(rule: string, start: string): { readonly startsAt: number; readonly dueAt: number; readonly dueOn: string } {
  const due = REFERENCE_CLOCKS[rule];
  if (!due) throw new Error(`No reference for ${rule}`);
  const dueOn = due(start);
  return { startsAt: midnightOf(start), dueAt: midnightOf(calendarDaysFrom(dueOn, 1)), dueOn };
}
