import { rows } from '@app/database';
import { MILESTONES, MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import { addDays, type LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { ForecastFacts } from '../rules/forecast/approval-forecast';
import { type ForecastCalendar, forecastCalendar } from '../rules/forecast/forecast-calendar';
import type { Cut, Period } from '../rules/report-request';
import { COUNTS, cutParameters, MILESTONE_ARRAY, movedSince, settled, STANDING, STEPS } from './standing-at-the-cut';

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
const IS_LOOKED_AT = `(happened_on > $5 OR milestone = 'approved' AND happened_on >= $6)`;
const PASSED = MILESTONES.map((_, index) => `s.passed_on[${String(index + 1)}]`);

/** What a stay counts as, from the date on which a milestone was reached to that of the next one, or of the end. */
const stay = ({ at, from, until, onward, isOpen }: Record<'at' | 'from' | 'until' | 'onward' | 'isOpen', string>): string => `
  SELECT authority, ${at} AS at, ${from} > $5 AS recent, greatest(0, ${stepOf(until)} - ${stepOf(from)}) AS steps,
         coalesce((${MILESTONE_ARRAY})[${onward}], CASE WHEN ${isOpen} THEN 'censored' ELSE 'closed' END) AS onward, count(*)::int AS count`;

/**
 * The stays at each milestone of journeys that stood as they stand; one that is dated after a later one moved nobody on, see
 * `STEPS`. OFFSET 0 has the dates looked up once.
 */
const STAYS_AS_NOW = MILESTONES_BEFORE_APPROVAL.map((milestone, index) => {
  const [here = '', ...later] = PASSED.slice(index);
  const cameThere = `s.furthest = ANY (ARRAY[${MILESTONES.slice(index).map((name) => `'${name}'`).join(', ')}])`;
  return `${stay({ at: `'${milestone}'`, from: 'from_on', until: 'coalesce(until_on, s.ended_on, $1::date)', onward: `CASE WHEN until_on IS NOT NULL THEN array_position(s.passed_on, until_on, ${String(index + 2)}) END`, isOpen: `s.standing = 'open'` })}
    FROM (SELECT s.authority, s.standing, s.ended_on, s.passed_on, ${here} AS from_on, CASE WHEN s.furthest <> '${milestone}' THEN least(${later.join(', ')}) END AS until_on FROM as_now s WHERE ${cameThere} OFFSET 0) s
   WHERE from_on <= coalesce(until_on, from_on) GROUP BY 1, 2, 3, 4, 5`;
}).join('\n  UNION ALL');

/** The history is read of those journeys alone that stood otherwise at the cut than they stand now. */
const STATEMENT = `
WITH as_now AS MATERIALIZED (
  SELECT s.authority, s.passed_on, s.enquiry_on, s.approved_on, s.ended_on, s.standing, s.furthest FROM journey_standings s
   WHERE s.enquiry_on IS NOT NULL AND s.excluded_as IS NULL AND ${settled()} AND s.last_on >= least($5::date, $6::date) AND (greatest(${PASSED.join(', ')}) > $5 OR s.approved_on >= $6)),
touched AS (
  SELECT DISTINCT journey_id FROM journey_standings s JOIN journey_events USING (journey_id) WHERE ${movedSince()} AND kind = 'milestone' AND ${COUNTS} AND ${IS_LOOKED_AT}),
${STANDING}, ${STEPS},
stays AS (
  SELECT journey_id, position, happened_on AS from_on, lead(happened_on) OVER later AS until_on, lead(position) OVER later AS onward FROM steps WINDOW later AS (PARTITION BY journey_id ORDER BY position)),
told AS MATERIALIZED (${STAYS_AS_NOW}
  UNION ALL${stay({ at: `(${MILESTONE_ARRAY})[position]`, from: 'from_on', until: 'coalesce(until_on, s.ended_on)', onward: 'onward', isOpen: `s.ending = 'censored'` })}
    FROM stays JOIN standing s USING (journey_id) WHERE position < ${String(MILESTONES.length)} GROUP BY 1, 2, 3, 4, 5),
counted AS (SELECT authority, enquiry_on, approved_on FROM as_now UNION ALL SELECT authority, enquiry_on, approved_on FROM standing)
SELECT
  (SELECT coalesce(json_agg(f), '[]') FROM (SELECT authority, at, steps, onward, sum(count)::int AS count FROM told WHERE recent GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4) f) AS stays,
  (SELECT coalesce(json_agg(f), '[]') FROM (SELECT authority, at, steps, sum(count)::int AS count FROM told WHERE onward = 'censored' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) f) AS open,
  (SELECT coalesce(json_agg(f), '[]') FROM (SELECT authority, ${stepOf('enquiry_on')} AS step, count(*)::int AS count FROM counted WHERE enquiry_on > $5 GROUP BY 1, 2 ORDER BY 1, 2) f) AS enquiries,
  (SELECT coalesce(json_agg(f), '[]') FROM (SELECT authority, count(*)::int AS count FROM counted WHERE approved_on BETWEEN $6 AND $1 GROUP BY 1 ORDER BY 1) f) AS approved
`;
