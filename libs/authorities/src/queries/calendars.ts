import { rows } from '@app/database';
import { type IsoWeekday, type LocalDate, type OpeningCalendar, type OpeningHours, type WorkingCalendar } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { workingCalendarOf } from '../rules/bank-holiday-years';
import { publishedBankHolidays } from './bank-holidays';

/** The days and hours that deadlines are computed with. */
export interface Calendars {
  readonly working: WorkingCalendar;
  readonly opening: OpeningCalendar;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Loads the bank holidays, opening hours and closure days. Computations before 1 January of the first year with bank holidays refuse. */
export async function loadCalendars(tx: EntityManager): Promise<Calendars> {
  const closures = await rows<{ on: LocalDate }>(tx, 'SELECT closed_on AS on FROM closure_days');
  const hours = await rows<{ holdsFrom: LocalDate; weekday: IsoWeekday; opensAt: string; closesAt: string }>(
    tx,
    'SELECT holds_from AS "holdsFrom", weekday, opens_at::text AS "opensAt", closes_at::text AS "closesAt" FROM opening_hours ORDER BY holds_from',
  );
  const working = workingCalendarOf(await publishedBankHolidays(tx));
  const weeks = new Map<LocalDate, Record<IsoWeekday, OpeningHours['week'][IsoWeekday]>>();
  for (const { holdsFrom, weekday, opensAt, closesAt } of hours) {
    const week = weeks.get(holdsFrom) ?? { 1: null, 2: null, 3: null, 4: null, 5: null, 6: null, 7: null };
    week[weekday] = { opensAtMinute: minutesOf(opensAt), closesAtMinute: minutesOf(closesAt) };
    weeks.set(holdsFrom, week);
  }
  return {
    working,
    opening: { calendar: working, closureDays: new Set(closures.map(({ on }) => on)), hours: [...weeks].map(([holdsFrom, week]) => ({ holdsFrom, week })) },
  };
}
