import { addDays, isoWeekday, type LocalDate, localDate } from './local-date';

/**
 * The bank holidays that England has in a year unless something else is proclaimed: Banking and Financial Dealings Act 1971 with
 * the New Year's and early May days of the proclamation of 1974 and 1978. One that falls on a weekend is kept on the next weekday
 * that is none already. What is proclaimed for one year (a coronation, a moved May day) is not known by rule.
 */
export function expectedBankHolidays(year: number): readonly LocalDate[] {
  const easter = easterSunday(year);
  const christmas = dateOf(year, 12, 25);
  const christmasKept = nextWeekday(christmas);
  const boxingKept = nextWeekday(dateOf(year, 12, 26));
  return [
    nextWeekday(dateOf(year, 1, 1)),
    addDays(easter, -2),
    addDays(easter, 1),
    firstMondayFrom(dateOf(year, 5, 1)),
    firstMondayFrom(dateOf(year, 5, 25)),
    firstMondayFrom(dateOf(year, 8, 25)),
    ...(christmasKept === boxingKept ? [boxingKept, addDays(boxingKept, 1)] : [christmasKept, boxingKept]),
  ].sort();
}

const dateOf = (year: number, month: number, day: number): LocalDate => localDate(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);

const firstMondayFrom = (date: LocalDate): LocalDate => addDays(date, (8 - isoWeekday(date)) % 7);

const nextWeekday = (date: LocalDate): LocalDate => (isoWeekday(date) > 5 ? firstMondayFrom(date) : date);

/** Easter Sunday of the Gregorian calendar, by the rule printed in Butcher's Ecclesiastical Calendar (1876). */
function easterSunday(year: number): LocalDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const days = epact + toSunday - 7 * late + 114;
  return dateOf(year, Math.floor(days / 31), (days % 31) + 1);
}
