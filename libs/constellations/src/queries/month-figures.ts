import { rows } from '@app/database';
import { addDays, type LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { type Constellation, holdsOn, membershipsOf } from '../persistence/constellation-record';
import { lastDayOf, monthAfter } from '../rules/months';
import type { ActivityKind, LeftConstellation, RequestEnd } from '../rules/names';

/** What a month of a constellation came to, counted from the records. */
export interface MonthFigures {
  readonly satellites: number;
  readonly hubHome: boolean;
  /** Approved households of the authority on the last day, and how many of them belong to this constellation. */
  readonly households: number;
  readonly covered: number;
  readonly joined: number;
  readonly left: number;
  readonly leftWhy: Readonly<Partial<Record<LeftConstellation, number>>>;
  readonly activities: Readonly<Record<ActivityKind, number>>;
  /** Families that came, over all activities, and those that could have. */
  readonly attendances: number;
  readonly places: number;
  readonly activityMinutes: number;
  readonly sleepovers: number;
  readonly nights: number;
  readonly emergencyNights: number;
  readonly dayCare: number;
  readonly contacts: number;
  readonly requests: number;
  readonly requestEnds: Readonly<Record<RequestEnd | 'open', number>>;
  readonly pence: number;
  readonly plannedEndings: number;
  readonly unplannedEndings: number;
}

/** Counts a month up to its end, or up to `asAt` when that comes first. Stays count in the month in which they begin. */
export async function monthFigures(tx: EntityManager, constellation: Constellation, month: LocalDate, asAt: LocalDate): Promise<MonthFigures> {
  const end = lastDayOf(month);
  const last = end < asAt ? end : asAt;
  const about = [constellation.id, month, last];
  const memberships = await membershipsOf(tx, constellation.id);
  const then = memberships.filter((membership) => holdsOn(membership, last));
  const joined = memberships.filter(({ from, carerId }) => from >= month && from <= last && !memberships.some((other) => other.carerId === carerId && other.until === from));
  const left = memberships.filter(({ until, leftWhy }) => until !== null && until >= month && until <= last && leftWhy !== 'changed_part');
  const leftWhy: Partial<Record<LeftConstellation, number>> = {};
  for (const { leftWhy: why } of left) if (why !== null) leftWhy[why] = (leftWhy[why] ?? 0) + 1;
  const [counted] = await rows<Omit<MonthFigures, 'satellites' | 'hubHome' | 'covered' | 'joined' | 'left' | 'leftWhy' | 'activities' | 'requestEnds' | 'places'>>(
    tx,
    `SELECT households_fostering($4, $3) AS households,
            (SELECT count(*)::int FROM constellation_attendance t JOIN constellation_activities a ON a.id = t.activity_id WHERE a.constellation_id = $1 AND a.cancelled_at IS NULL AND a.on_date BETWEEN $2 AND $3 AND t.attended) AS attendances,
            (SELECT coalesce(sum(minutes), 0)::int FROM constellation_activities WHERE constellation_id = $1 AND cancelled_at IS NULL AND on_date BETWEEN $2 AND $3) AS "activityMinutes",
            (SELECT count(*)::int FROM constellation_stays WHERE constellation_id = $1 AND cancelled_at IS NULL AND kind = 'sleepover' AND starts_on BETWEEN $2 AND $3) AS sleepovers,
            (SELECT coalesce(sum(nights), 0)::int FROM constellation_stays WHERE constellation_id = $1 AND cancelled_at IS NULL AND starts_on BETWEEN $2 AND $3) AS nights,
            (SELECT coalesce(sum(nights), 0)::int FROM constellation_stays WHERE constellation_id = $1 AND cancelled_at IS NULL AND NOT planned AND starts_on BETWEEN $2 AND $3) AS "emergencyNights",
            (SELECT count(*)::int FROM constellation_stays WHERE constellation_id = $1 AND cancelled_at IS NULL AND kind = 'day_care' AND starts_on BETWEEN $2 AND $3) AS "dayCare",
            (SELECT count(*)::int FROM constellation_contacts WHERE constellation_id = $1 AND made_on BETWEEN $2 AND $3) AS contacts,
            (SELECT count(*)::int FROM constellation_requests WHERE constellation_id = $1 AND asked_on BETWEEN $2 AND $3) AS requests,
            (SELECT coalesce(sum(pence), 0)::int FROM constellation_expenses WHERE constellation_id = $1 AND spent_on BETWEEN $2 AND $3) AS pence,
            (SELECT coalesce(sum(times), 0)::int FROM placement_endings($1, $2, $3) WHERE ending = 'planned') AS "plannedEndings",
            (SELECT coalesce(sum(times), 0)::int FROM placement_endings($1, $2, $3) WHERE ending = 'unplanned') AS "unplannedEndings"`,
    [...about, constellation.authority],
  );
  if (!counted) throw new Error('A count answered nothing');
  const activities = await rows<{ kind: ActivityKind; on: LocalDate }>(tx, `SELECT kind, on_date AS "on" FROM constellation_activities WHERE constellation_id = $1 AND cancelled_at IS NULL AND on_date BETWEEN $2 AND $3`, about);
  const ends = await rows<{ met: RequestEnd | null }>(tx, 'SELECT met FROM constellation_requests WHERE constellation_id = $1 AND asked_on BETWEEN $2 AND $3', about);
  const ofKind = (kind: ActivityKind): number => activities.filter((activity) => activity.kind === kind).length;
  const ended = (met: RequestEnd | null): number => ends.filter((request) => request.met === met).length;
  return {
    ...counted,
    satellites: then.filter(({ role }) => role === 'satellite').length,
    hubHome: then.some(({ role }) => role === 'hub_home'),
    covered: then.filter(({ kind }) => kind === 'foster' || kind === 'kinship').length,
    joined: joined.length,
    left: left.length,
    leftWhy,
    activities: { monthly_meeting: ofKind('monthly_meeting'), social: ofKind('social'), training: ofKind('training'), peer_session: ofKind('peer_session') },
    places: activities.reduce((sum, { on }) => sum + memberships.filter((membership) => holdsOn(membership, on)).length, 0),
    requestEnds: { met: ended('met'), partly: ended('partly'), not_met: ended('not_met'), open: ended(null) },
  };
}

/** The first day on which a month's report can be signed: the month is over. */
export const signableFrom = (month: LocalDate): LocalDate => addDays(monthAfter(month), 0);
