import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDate, momentAt, type OpeningCalendar, type OpeningHours, type WorkingCalendar } from '@app/kernel';

const seed = join(__dirname, '../../../authorities/seed/bank-holidays.json');
const holidays = JSON.parse(readFileSync(seed, 'utf8')) as readonly { readonly date: string }[];

/** For specs: the working days of England, 2016 to 2028, from the bank holidays that the project ships. */
export const england: WorkingCalendar = {
  bankHolidays: new Set(holidays.map(({ date }) => localDate(date))),
  loadedFrom: localDate('2016-01-01'),
  loadedUntil: localDate('2028-12-31'),
};

/** For specs: the same hours from Monday to Friday, from a date on. */
export function weekdays(opens: number, closes: number, holdsFrom = '2016-01-01'): OpeningHours {
  const day = { opensAtMinute: opens * 60, closesAtMinute: closes * 60 };
  return { holdsFrom: localDate(holdsFrom), week: { 1: day, 2: day, 3: day, 4: day, 5: day, 6: null, 7: null } };
}

/** For specs: Monday to Friday 09:00 to 17:00, with the given closure days and later opening hours. */
export function nineToFive(closureDays: readonly string[] = [], ...laterHours: readonly OpeningHours[]): OpeningCalendar {
  return { calendar: england, closureDays: new Set(closureDays.map(localDate)), hours: [weekdays(9, 17), ...laterHours] };
}

/** For specs: '2026-11-23 09:30' on the London clock. */
export function london(text: string): Date {
  const [date = '', time = ''] = text.split(' ');
  const [hours, minutes] = time.split(':').map(Number);
  return momentAt(localDate(date), (hours ?? Number.NaN) * 60 + (minutes ?? Number.NaN));
}
