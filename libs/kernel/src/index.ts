export { ok, refused, type Result } from './result';
export { Clock, MovableClock, SystemClock } from './clock';
export { newId } from './new-id';
export { newReference, parseReference } from './reference';
export {
  addDays,
  addMonthsClamped,
  daysBetween,
  financialYearOf,
  isoWeekday,
  localDate,
  maxDate,
  minDate,
  parseLocalDate,
  type FinancialYear,
  type IsoWeekday,
  type LocalDate,
} from './local-date';
export {
  endOfLocalDay,
  localDateOf,
  minutesOfLocalDay,
  momentAt,
  parseLocalMoment,
  startOfLocalDay,
  toMinute,
  type MomentRefusal,
} from './local-moment';
export { dateInWords, momentInWords, shortDateInWords, timeInWords } from './in-words';
export {
  addWorkingDays,
  BeyondCalendarError,
  isBankHoliday,
  isWorkingDay,
  workingDaysBetween,
  type BankHolidays,
  type WorkingCalendar,
} from './working-days';
export {
  addWorkingMinutes,
  isOpen,
  nextOpenDay,
  nextOpening,
  openingOn,
  subtractWorkingMinutes,
  workingMinutesBetween,
  type HoursOfDay,
  type Opening,
  type OpeningCalendar,
  type OpeningHours,
} from './opening-hours';
export { expectedBankHolidays } from './expected-bank-holidays';
export { parsePostcode, type Postcode } from './postcode';
export { parsePhone, type Phone } from './phone';
export { parseEmail } from './email';
export { normaliseName } from './person-name';
