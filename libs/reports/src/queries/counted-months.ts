import { rows } from '@app/database';
import { addDays, type LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { JourneyEnding } from '../rules/counted-facts';
import type { SpanCounts } from '../rules/loss-counts';
import { type Cut, monthsOf, type Period, type ReportRequest } from '../rules/report-request';
import type { StandingCounts } from '../rules/standing-counts';
import type { StageBeforeApproval, StageStayEnd } from '../rules/time-in-stage';
import { LOSSES_OF_STANDINGS } from './counted-losses';
import { countsOfStandings, partParameters, SETTLED } from './counted-standings';

/** What is counted of a calendar month: for reports, and for losses by what they are told apart. */
interface MonthCounts extends Record<'authority' | 'source' | 'channel' | 'response', SpanCounts<JourneyEnding | 'censored'>> {
  readonly report: StandingCounts;
  readonly stage: SpanCounts<StageStayEnd, StageBeforeApproval>;
}
export type CountedOf = keyof MonthCounts;

/** How each of it is counted of the journeys that fit a condition, and in which column it is kept. */
const COUNTING: Readonly<Record<CountedOf, (which: string) => string>> = { report: countsOfStandings, ...LOSSES_OF_STANDINGS };
const COLUMN: Readonly<Record<CountedOf, string>> = { report: 'counts', authority: 'by_authority', source: 'by_source', channel: 'by_channel', response: 'by_response', stage: 'by_stage' };
const ALL = ['report', 'authority', 'source', 'channel', 'response', 'stage'] as const satisfies readonly CountedOf[];

/** With more journeys changed than this since months were counted, it is as quick to count them all anew. */
const MOST_CHANGED = 10_000;

/**
 * The months in `kept` that hold: counted in this very database, and no journey that belongs to one, or did before a
 * correction, was changed by a transaction that the counting had not seen.
 */
const holding = (kept: string): string => `
WITH kept AS MATERIALIZED (SELECT month, seen FROM counted_months WHERE identity = standings_identity() AND ${kept}),
changed AS MATERIALIZED (
  SELECT journey_id, changed_by FROM journey_standings
   WHERE changed_by >= (SELECT min(pg_snapshot_xmin(seen)) FROM kept) AND changed_by < pg_snapshot_xmax(pg_current_snapshot()) LIMIT ${String(MOST_CHANGED + 1)}),
moved AS MATERIALIZED (
  SELECT DISTINCT date_trunc('month', e.happened_on)::date AS month, c.changed_by FROM changed c JOIN journey_events e USING (journey_id)
   WHERE e.kind = 'contact' OR e.milestone IN ('enquiry', 'approved')),
holding AS MATERIALIZED (
  SELECT month FROM kept WHERE (SELECT count(*) FROM changed) <= ${String(MOST_CHANGED)}
     AND NOT EXISTS (SELECT FROM moved WHERE moved.month = kept.month AND NOT pg_visible_in_snapshot(moved.changed_by, kept.seen)))`;

/**
 * Hands over what is counted of each calendar month of a period, in order: as it was kept when the whole month was counted
 * before and holds for the cut, or counted now from the journeys that stand as they stood at the cut. Null where there is
 * nothing to count, before the first enquiry and after the as-at date.
 */
export async function eachCountedMonth<Of extends CountedOf>(tx: EntityManager, request: ReportRequest, cut: Cut, of: Of, take: (month: Period, counts: MonthCounts[Of] | null) => void): Promise<void> {
  const isToCount = await somethingToCount(tx, request);
  // A month at a time: what many would take together stays in the memory of the process for long.
  for (const month of monthsOf(request.period)) {
    const [counts] = isToCount(month) ? await countsOf(tx, [month], request, cut, of) : [];
    take(month, counts ?? null);
  }
}

/**
 * The same of all of the months at once, in any order: for what takes little room, it is quicker. Where months need not be told
 * apart, those that are not kept and follow one another are counted as one.
 */
export async function countedMonths<Of extends CountedOf>(tx: EntityManager, request: ReportRequest, cut: Cut, of: Of, { toldApart }: { readonly toldApart: boolean }): Promise<readonly MonthCounts[Of][]> {
  const isToCount = await somethingToCount(tx, request);
  return countsOf(tx, monthsOf(request.period).filter(isToCount), request, cut, of, toldApart ? (months) => months : inOne);
}

async function somethingToCount(tx: EntityManager, { asAt }: ReportRequest): Promise<(month: Period) => boolean> {
  const first = await firstMonthToCount(tx);
  return ({ from, to }) => first !== null && to >= first && from <= asAt;
}

/** What is kept of each of these months that is a whole one, was counted and holds for the cut; and, together, what is counted of the others. */
async function countsOf<Of extends CountedOf>(tx: EntityManager, months: readonly Period[], request: ReportRequest, cut: Cut, of: Of, partsOf = (others: readonly Period[]): readonly Period[] => others): Promise<readonly MonthCounts[Of][]> {
  const whole = months.filter(({ from, to }) => from.endsWith('-01') && addDays(to, 1).endsWith('-01'));
  const kept = await rows<{ month: LocalDate; counts: MonthCounts[Of] }>(
    tx,
    `${holding('month = ANY ($1::date[]) AND last_on <= $2 AND (last_at IS NULL OR last_at < $3) AND ($4::timestamptz IS NULL OR known_at <= $4)')}
     SELECT month, ${COLUMN[of]} AS counts FROM counted_months JOIN holding USING (month)`,
    [whole.map(({ from }) => from), request.asAt, cut.eventsBefore, request.knownAt],
  );
  const isKept = new Set(kept.map(({ month }) => month));
  const others = months.filter((month) => !whole.includes(month) || !isKept.has(month.from));
  const counted = others.length === 0 ? [] : await rows<MonthCounts[Of]>(tx, COUNTING[of](SETTLED), partParameters(partsOf(others), request, cut));
  return [...kept.map(({ counts }) => counts), ...counted];
}

/** Months in order as the fewest parts of time. */
function inOne(months: readonly Period[]): readonly Period[] {
  const parts: Period[] = [];
  for (const month of months) {
    const last = parts.at(-1);
    if (last !== undefined && addDays(last.to, 1) === month.from) parts[parts.length - 1] = { from: last.from, to: month.to };
    else parts.push(month);
  }
  return parts;
}

/** Lets the months that hold know that they have seen everything until now. Returns them by their first days. */
export async function renewCountedMonths(tx: EntityManager): Promise<LocalDate[]> {
  const renewed = await rows<{ month: LocalDate }>(
    tx,
    `WITH renewed AS (${holding('true')} SELECT month FROM holding), updated AS (UPDATE counted_months SET seen = pg_current_snapshot() FROM renewed WHERE counted_months.month = renewed.month RETURNING counted_months.month)
     SELECT month FROM updated`,
  );
  return renewed.map(({ month }) => month);
}

/** From when on there is anything to count; null when there is nothing. */
export async function firstMonthToCount(tx: EntityManager): Promise<LocalDate | null> {
  const [first] = await rows<{ month: LocalDate | null }>(
    tx,
    `SELECT date_trunc('month', least((SELECT min(enquiry_on) FROM journey_standings), (SELECT min(approved_on) FROM journey_standings), (SELECT min(happened_on) FROM journey_events WHERE kind = 'contact')))::date AS month`,
  );
  return first?.month ?? null;
}

const KEPT = [...ALL.map((of) => COLUMN[of]), 'last_on', 'last_at', 'known_at', 'seen', 'identity'];

/** Counts a calendar month, given by its first and last day, and keeps it: in one statement, so that it has seen what it counted. */
export async function countMonth(tx: EntityManager, first: LocalDate, last: LocalDate): Promise<void> {
  await tx.query(
    `INSERT INTO counted_months (month, ${KEPT.join(', ')})
     SELECT ($1::date[])[1], ${ALL.map((of) => `(SELECT row_to_json(counted) FROM (${COUNTING[of]('true')}) counted)`).join(', ')},
            coalesce(max(last_on), ($1::date[])[1]), max(last_at), max(known_at), pg_current_snapshot(), standings_identity()
       FROM journey_standings
      WHERE journey_id IN (
        SELECT journey_id FROM journey_standings WHERE enquiry_on BETWEEN ($1::date[])[1] AND ($2::date[])[1] OR approved_on BETWEEN ($1::date[])[1] AND ($2::date[])[1]
        UNION SELECT journey_id FROM journey_events WHERE kind = 'contact' AND happened_on BETWEEN ($1::date[])[1] AND ($2::date[])[1])
     ON CONFLICT (month) DO UPDATE SET ${KEPT.map((column) => `${column} = EXCLUDED.${column}`).join(', ')}`,
    [[first], [last]],
  );
}
