import { addDays, addMonthsClamped, addWorkingDays, type LocalDate, localDate, type WorkingCalendar } from '@app/kernel';
import type { Period } from '@app/reports';
import type { Cadence } from './saved-figures';

/** A report that is to be there by today. */
export interface DuePeriod extends Period {
  readonly cadence: Cadence;
}

/** On which working day after the end of its period a report is saved: late enough for what was written down late. */
const SAVED_ON_WORKING_DAY = 3;

const MONTHS: Readonly<Record<Cadence, number>> = { month: 1, quarter: 3 };
/** How many ended periods are looked back at, so that a worker that slept makes up for it. */
const LOOKED_BACK_AT: Readonly<Record<Cadence, number>> = { month: 3, quarter: 1 };

/** The months and quarters (from April, July, October, January) that have ended and whose third working day after the end has come, the newest first. */
export function duePeriods(today: LocalDate, calendar: WorkingCalendar): DuePeriod[] {
  return (['month', 'quarter'] as const).flatMap((cadence) =>
    Array.from({ length: LOOKED_BACK_AT[cadence] + 1 }, (_, back): DuePeriod => {
      const from = addMonthsClamped(startOf(cadence, today), -MONTHS[cadence] * (back + 1));
      return { cadence, from, to: addDays(addMonthsClamped(from, MONTHS[cadence]), -1) };
    })
      .filter(({ to }) => savedOn(to, calendar) <= today)
      .slice(0, LOOKED_BACK_AT[cadence]),
  );
}

/** The day on which the report of a period that ends on a day is saved. */
export function savedOn(periodTo: LocalDate, calendar: WorkingCalendar): LocalDate {
  return addWorkingDays(calendar, periodTo, SAVED_ON_WORKING_DAY);
}

function startOf(cadence: Cadence, date: LocalDate): LocalDate {
  const month = Number(date.slice(5, 7));
  const first = cadence === 'month' ? month : month - ((month - 1) % 3);
  return localDate(`${date.slice(0, 4)}-${String(first).padStart(2, '0')}-01`);
}
