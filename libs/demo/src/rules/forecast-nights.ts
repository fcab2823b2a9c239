import { addDays, addMonthsClamped, financialYearOf, localDateOf, momentAt } from '@app/kernel';

/** A night on which a forecast would have been kept, and whether of each council as well as of the hub. */
export interface ForecastNight {
  readonly at: Date;
  readonly ofCouncils: boolean;
}

const NIGHTLY_AT_MINUTE = 150;
const FIRST_AFTER_MONTHS = 6;
const MONTHS_OF_COUNCILS = 3;

/**
 * The first night of each month up to now, from half a year after the demonstration begins: before that a year has nothing
 * to go by. Of the councils the last few alone: a forecast takes seconds, and who tries the hub out is waiting.
 */
export function forecastNights(now: Date): ForecastNight[] {
  const today = localDateOf(now);
  const lastYear = financialYearOf(addDays(financialYearOf(today).from, -1));
  const nights: ForecastNight[] = [];
  for (let month = addMonthsClamped(lastYear.from, FIRST_AFTER_MONTHS); ; month = addMonthsClamped(month, 1)) {
    const at = momentAt(addDays(month, 1), NIGHTLY_AT_MINUTE);
    if (at > now) return nights;
    nights.push({ at, ofCouncils: month > addMonthsClamped(today, -MONTHS_OF_COUNCILS) });
  }
}
