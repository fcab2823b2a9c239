import { rows } from '@app/database';
import { addDays, type LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { ForecastFacts } from '../rules/forecast/approval-forecast';
import { type ForecastCalendar, forecastCalendar } from '../rules/forecast/forecast-calendar';
import type { Cut, Period } from '../rules/report-request';
import { COUNTS, cutParameters, MILESTONE_ARRAY, STANDING, STEPS } from './standing-at-the-cut';

type OfAuthority<Counted> = Counted & { readonly authority: string };

/** What a forecast of the year needs, of every authority: the steps that were counted in, and the groups. */
export interface CountedForForecast {
  readonly calendar: ForecastCalendar;
  readonly stays: readonly OfAuthority<ForecastFacts['stays'][number]>[];
  readonly open: readonly OfAuthority<ForecastFacts['open'][number]>[];
  /** Enquiries by the step that they came in, counted from the as-at date backwards from -1. */
  readonly enquiries: readonly OfAuthority<{ readonly step: number; readonly count: number }>[];
  /** Approvals of the year so far. */
  readonly approved: readonly OfAuthority<{ readonly count: number }>[];
}

/** The step of the calendar that a day lies in; the as-at date is the last day of step -1. */
const stepOf = (day: string): string => `(ceil((${day} - $1::date)::float8 / $4) - 1)::int`;

/**
 * The history of up to three years, the open journeys and the approvals so far, as the forecast counts them. Null when
 * nobody has enquired yet, or when nothing of the year is left.
 */
export async function forecastFacts(tx: EntityManager, year: Period, asAt: LocalDate, cut: Cut): Promise<CountedForForecast | null> {
  const parameters = cutParameters({ asAt, knownAt: null }, cut);
  const [first] = await rows<{ on: LocalDate | null }>(tx, `SELECT min(happened_on) AS on FROM journey_events WHERE kind = 'milestone' AND milestone = 'enquiry' AND ${COUNTS}`, [...parameters]);
  const calendar = first?.on == null ? null : forecastCalendar(first.on, asAt, year.to);
  if (calendar === null) return null;
  const [counted] = await rows<Omit<CountedForForecast, 'calendar'>>(tx, STATEMENT, [...parameters, calendar.stepDays, addDays(asAt, -calendar.historyDays), year.from]);
  if (counted === undefined) throw new Error('Counting gave no row.');
  return { calendar, ...counted };
}

/** $4 days of a step · $5 before which date nothing is looked at any more, itself included · $6 the start of the year. */
const STATEMENT = `
WITH touched AS (SELECT DISTINCT journey_id FROM journey_events WHERE kind = 'milestone' AND happened_on <= $1 AND (happened_on > $5 OR milestone = 'approved' AND happened_on >= $6)),
${STANDING}, ${STEPS},
stays AS (
  SELECT journey_id, position, happened_on AS from_on, lead(happened_on) OVER later AS until_on, lead(position) OVER later AS onward FROM steps WINDOW later AS (PARTITION BY journey_id ORDER BY position)),
told AS (
  SELECT s.authority, (${MILESTONE_ARRAY})[position] AS at, from_on,
         CASE WHEN onward IS NOT NULL THEN (${MILESTONE_ARRAY})[onward] WHEN s.ending = 'censored' THEN 'censored' ELSE 'closed' END AS onward,
         greatest(0, ${stepOf('coalesce(until_on, s.ended_on)')} - ${stepOf('from_on')}) AS steps
    FROM stays JOIN standing s USING (journey_id) WHERE position < array_length(${MILESTONE_ARRAY}, 1))
SELECT
  (SELECT coalesce(json_agg(f), '[]') FROM (SELECT authority, at, steps, onward, count(*)::int AS count FROM told WHERE from_on > $5 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4) f) AS stays,
  (SELECT coalesce(json_agg(f), '[]') FROM (SELECT authority, at, steps, count(*)::int AS count FROM told WHERE onward = 'censored' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) f) AS open,
  (SELECT coalesce(json_agg(f), '[]') FROM (SELECT authority, ${stepOf('enquiry_on')} AS step, count(*)::int AS count FROM standing WHERE enquiry_on > $5 GROUP BY 1, 2 ORDER BY 1, 2) f) AS enquiries,
  (SELECT coalesce(json_agg(f), '[]') FROM (SELECT authority, count(*)::int AS count FROM standing WHERE approved_on BETWEEN $6 AND $1 GROUP BY 1 ORDER BY 1) f) AS approved
`;
