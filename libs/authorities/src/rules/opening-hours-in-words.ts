import { type IsoWeekday, type LocalDate, momentAt, type OpeningHours, timeInWords } from '@app/kernel';

const WEEKDAYS: readonly (readonly [IsoWeekday, string])[] = [
  [1, 'Monday'], [2, 'Tuesday'], [3, 'Wednesday'], [4, 'Thursday'], [5, 'Friday'], [6, 'Saturday'], [7, 'Sunday'],
];

/**
 * The week that holds on a date, a line for each run of days with the same hours: "Monday to Friday, 9am to 5pm".
 * Days on which the hub is closed are left out.
 */
export function openingHoursInWords(hours: readonly OpeningHours[], on: LocalDate): readonly string[] {
  const week = hours.filter(({ holdsFrom }) => holdsFrom <= on).sort((a, b) => (a.holdsFrom < b.holdsFrom ? 1 : -1))[0]?.week;
  if (!week) return [];
  const runs: { first: string; last: string; times: string; until: IsoWeekday }[] = [];
  for (const [weekday, name] of WEEKDAYS) {
    const day = week[weekday];
    if (!day) continue;
    const times = `${timeInWords(momentAt(on, day.opensAtMinute))} to ${timeInWords(momentAt(on, day.closesAtMinute))}`;
    const before = runs.at(-1);
    if (before && before.times === times && before.until === weekday - 1) {
      before.last = name;
      before.until = weekday;
    } else {
      runs.push({ first: name, last: name, times, until: weekday });
    }
  }
  return runs.map(({ first, last, times }) => `${first === last ? first : `${first} to ${last}`}, ${times}`);
}
