import { rows } from '@app/database';
import type { IsoWeekday, LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { AuthorityCode } from '../rules/authorities';

/** One week of opening hours, from a date on. Times are 'HH:MM', local; a weekday that is not there is closed. */
export interface OpeningWeek {
  readonly holdsFrom: LocalDate;
  readonly days: readonly { readonly weekday: IsoWeekday; readonly opensAt: string; readonly closesAt: string }[];
}

/** Every week of opening hours that holds, held or is going to hold, newest first. */
export function openingWeeks(tx: EntityManager): Promise<OpeningWeek[]> {
  return rows<OpeningWeek>(
    tx,
    `SELECT holds_from AS "holdsFrom",
            json_agg(json_build_object('weekday', weekday, 'opensAt', to_char(opens_at, 'HH24:MI'), 'closesAt', to_char(closes_at, 'HH24:MI')) ORDER BY weekday) AS days
       FROM opening_hours GROUP BY holds_from ORDER BY holds_from DESC`,
  );
}

/** A day on which the hub stays closed besides weekends and bank holidays. */
export interface ClosureDay {
  readonly on: LocalDate;
  readonly reason: string;
}

/** All closure days, the latest first. */
export function closureDays(tx: EntityManager): Promise<ClosureDay[]> {
  return rows<ClosureDay>(tx, 'SELECT closed_on AS on, reason FROM closure_days ORDER BY closed_on DESC');
}

/** A bank holiday in England and Wales. */
export interface BankHoliday {
  readonly on: LocalDate;
  readonly title: string;
}

/** The bank holidays from a date on, the next first. */
export function bankHolidaysFrom(tx: EntityManager, from: LocalDate): Promise<BankHoliday[]> {
  return rows<BankHoliday>(tx, 'SELECT holiday_on AS on, title FROM bank_holidays WHERE holiday_on >= $1 ORDER BY 1', [from]);
}

/** How many postcodes are known of a district of the hub; without a district, of the rest of the country. */
export interface PostcodeCount {
  readonly district: string | null;
  readonly authority: AuthorityCode | null;
  readonly inUse: number;
  readonly terminated: number;
}

/** The table of postcodes in numbers: every district of the hub, and the rest. */
export function postcodeCounts(tx: EntityManager): Promise<PostcodeCount[]> {
  return rows<PostcodeCount>(
    tx,
    `WITH counted AS (SELECT district_code, count(*) FILTER (WHERE terminated_on IS NULL)::int AS used, count(*) FILTER (WHERE terminated_on IS NOT NULL)::int AS ended FROM postcodes GROUP BY district_code)
     SELECT d.name AS district, d.authority, coalesce(c.used, 0) AS "inUse", coalesce(c.ended, 0) AS terminated
       FROM districts d LEFT JOIN counted c ON c.district_code = d.code JOIN authorities a ON a.code = d.authority
      UNION ALL
     SELECT NULL, NULL, coalesce(sum(c.used), 0)::int, coalesce(sum(c.ended), 0)::int FROM counted c WHERE NOT EXISTS (SELECT FROM districts d WHERE d.code = c.district_code)
      ORDER BY 2 NULLS LAST, 1`,
  );
}
