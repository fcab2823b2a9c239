import type { Council } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { type Constellation, constellationLimits, loadConstellation, type Membership, membershipsOf } from '../persistence/constellation-record';
import type { ActivityKind, ContactMaker, ContactWay, ExpenseKind, Reply, RequestEnd, RequestSubject, StayKind } from '../rules/names';

export interface ListedActivity { readonly id: string; readonly kind: ActivityKind; readonly title: string; readonly startsAt: Date; readonly on: LocalDate; readonly minutes: number; readonly place: string; readonly cancelled: boolean; readonly attended: number | null; readonly invited: number; readonly yes: number }
export interface ListedStay { readonly id: string; readonly carerId: string; readonly family: string; readonly kind: StayKind; readonly planned: boolean; readonly child: string; readonly on: LocalDate; readonly nights: number; readonly cancelled: boolean }
export interface ListedContact { readonly family: string; readonly on: LocalDate; readonly way: ContactWay; readonly by: ContactMaker }
export interface ListedRequest { readonly id: string; readonly family: string; readonly on: LocalDate; readonly about: RequestSubject; readonly words: string; readonly met: RequestEnd | null; readonly how: string | null }
export interface ListedExpense { readonly on: LocalDate; readonly what: ExpenseKind; readonly pence: number; readonly note: string | null }
export interface Attendance { readonly carerId: string; readonly invited: boolean; readonly reply: Reply | null; readonly replyNote: string | null; readonly attended: boolean | null }

/** A constellation with its families and its life, the newest first. */
export interface ConstellationPage {
  readonly constellation: Constellation;
  readonly liaison: string | null;
  readonly memberships: readonly Membership[];
  readonly limits: { readonly most: number; readonly fewest: number; readonly beds: number };
  readonly activities: readonly ListedActivity[];
  readonly stays: readonly ListedStay[];
  readonly contacts: readonly ListedContact[];
  readonly requests: readonly ListedRequest[];
  readonly expenses: readonly ListedExpense[];
}

const AT_MOST = 12;

/** The page of a constellation, or null when there is none or the actor may not see it. */
export async function constellationPage(tx: EntityManager, id: string, today: LocalDate): Promise<ConstellationPage | null> {
  const constellation = await loadConstellation(tx, id);
  if (!constellation) return null;
  const latest = [id, AT_MOST];
  const [liaison] = await rows<{ name: string }>(tx, 'SELECT name FROM staff WHERE id = $1', [constellation.liaisonId]);
  return {
    constellation,
    liaison: liaison?.name ?? null,
    memberships: await membershipsOf(tx, id),
    limits: await constellationLimits(tx, constellation.authority, today),
    activities: await activitiesOf(tx, id, AT_MOST),
    stays: await rows<ListedStay>(tx, `SELECT s.id, s.carer_id AS "carerId", h.name AS family, s.kind, s.planned, s.child_reference AS child, s.starts_on AS "on", s.nights, s.cancelled_at IS NOT NULL AS cancelled FROM constellation_stays s JOIN carer_households h ON h.id = s.carer_id WHERE s.constellation_id = $1 ORDER BY s.starts_on DESC, s.id DESC LIMIT $2`, latest),
    contacts: await rows<ListedContact>(tx, `SELECT h.name AS family, c.made_on AS "on", c.way, c.made_by AS by FROM constellation_contacts c JOIN carer_households h ON h.id = c.carer_id WHERE c.constellation_id = $1 ORDER BY c.made_on DESC, c.id DESC LIMIT $2`, latest),
    requests: await rows<ListedRequest>(tx, `SELECT r.id, h.name AS family, r.asked_on AS "on", r.about, r.words, r.met, r.how FROM constellation_requests r JOIN carer_households h ON h.id = r.carer_id WHERE r.constellation_id = $1 ORDER BY r.met IS NOT NULL, r.asked_on DESC, r.id DESC LIMIT $2`, latest),
    expenses: await rows<ListedExpense>(tx, 'SELECT spent_on AS "on", what, pence, note FROM constellation_expenses WHERE constellation_id = $1 ORDER BY spent_on DESC, id DESC LIMIT $2', latest),
  };
}

function activitiesOf(tx: EntityManager, constellationId: string, atMost: number, activityId: string | null = null): Promise<ListedActivity[]> {
  return rows<ListedActivity>(
    tx,
    `SELECT a.id, a.kind, a.title, a.starts_at AS "startsAt", a.on_date AS "on", a.minutes, a.place, a.cancelled_at IS NOT NULL AS cancelled,
            (SELECT count(*) FILTER (WHERE t.attended)::int FROM constellation_attendance t WHERE t.activity_id = a.id HAVING count(t.attended) > 0) AS attended,
            (SELECT count(t.invited_at)::int FROM constellation_attendance t WHERE t.activity_id = a.id) AS invited,
            (SELECT count(*)::int FROM constellation_attendance t WHERE t.activity_id = a.id AND t.reply = 'yes') AS yes
       FROM constellation_activities a WHERE a.constellation_id = $1 AND ($3::uuid IS NULL OR a.id = $3) ORDER BY a.starts_at DESC, a.id LIMIT $2`,
    [constellationId, atMost, activityId],
  );
}

/** One activity with who was invited, answered and came; null when there is none. */
export async function activityPage(tx: EntityManager, constellationId: string, activityId: string): Promise<{ readonly activity: ListedActivity; readonly attendance: readonly Attendance[] } | null> {
  const [activity] = await activitiesOf(tx, constellationId, 1, activityId);
  if (!activity) return null;
  return { activity, attendance: await rows<Attendance>(tx, 'SELECT carer_id AS "carerId", invited_at IS NOT NULL AS invited, reply, reply_note AS "replyNote", attended FROM constellation_attendance WHERE activity_id = $1', [activityId]) };
}

/** A constellation in the list. */
export interface ListedConstellation { readonly id: string; readonly name: string; readonly authority: Council; readonly area: string; readonly startedOn: LocalDate; readonly endedOn: LocalDate | null; readonly hubHome: string | null; readonly satellites: number; readonly fewest: number; readonly liaison: string | null }

/** Every constellation that the actor may see, those that run first. */
export function constellationList(tx: EntityManager, today: LocalDate): Promise<ListedConstellation[]> {
  return rows<ListedConstellation>(
    tx,
    `SELECT c.id, c.name, c.authority, c.area, c.started_on AS "startedOn", c.ended_on AS "endedOn", s.name AS liaison, constellation_limit('fewest_satellites', c.authority, $1) AS fewest,
            (SELECT h.name FROM constellation_memberships m JOIN carer_households h ON h.id = m.carer_id WHERE m.constellation_id = c.id AND m.voided_why IS NULL AND m.role = 'hub_home' AND m.held @> $1::date) AS "hubHome",
            (SELECT count(*)::int FROM constellation_memberships m WHERE m.constellation_id = c.id AND m.voided_why IS NULL AND m.role = 'satellite' AND m.held @> $1::date) AS satellites
       FROM constellations c LEFT JOIN staff s ON s.id = c.liaison_id JOIN authorities a ON a.code = c.authority ORDER BY c.ended_on IS NOT NULL, a.display_order, c.name`,
    [today],
  );
}

/** Families that could join on a day: names for a choice. */
export function candidates(tx: EntityManager, authority: Council, day: LocalDate): Promise<{ readonly id: string; readonly name: string; readonly reference: string; readonly kind: string; readonly beds: number }[]> {
  return rows(tx, 'SELECT id, name, reference, kind, beds FROM constellation_candidates($1, $2) ORDER BY name COLLATE "en-GB-x-icu"', [authority, day]);
}

/** How long households fostered, with and without the constellation, and how that ended: counts, no family. */
export function retentionFacts(tx: EntityManager, constellationId: string, asAt: LocalDate): Promise<{ readonly side: 'member' | 'non_member'; readonly days: number; readonly ending: 'resignation' | 'termination' | 'censored'; readonly households: number }[]> {
  return rows(tx, 'SELECT side, days, ending, households FROM retention_facts($1, $2)', [constellationId, asAt]);
}
