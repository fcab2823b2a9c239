import type { CareKind } from '@app/assessments';
import type { Council } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { HomeKind } from '../rules/home-kinds';

export const REGISTER_STANDINGS = ['fostering', 'vacancies', 'on_hold', 'review_due', 'left'] as const;
export type RegisterStanding = (typeof REGISTER_STANDINGS)[number];

export interface RegisterFilters {
  readonly authority: Council | null;
  readonly standing: RegisterStanding;
  /** A part of the name or the reference. */
  readonly text: string;
  /** A kind of care and an age for which the terms in force were given; null: any. */
  readonly care: CareKind | null;
  readonly age: number | null;
}

/** Households of the register, a page of them, and how many there are in all. */
export interface RegisterPage {
  readonly listed: readonly RegisterRow[];
  readonly total: number;
  /** Which page this is, from 1. */
  readonly page: number;
}

/** A household as the register lists it. */
export interface RegisterRow {
  readonly id: string;
  readonly reference: string;
  readonly name: string;
  readonly authority: Council;
  readonly kind: HomeKind;
  readonly approvedOn: LocalDate | null;
  readonly places: number | null;
  readonly placed: number;
  readonly ageFrom: number | null;
  readonly ageTo: number | null;
  readonly care: readonly CareKind[] | null;
  readonly heldOn: LocalDate | null;
  readonly holdUntil: LocalDate | null;
  readonly reviewDueOn: LocalDate | null;
  readonly leftOn: LocalDate | null;
  readonly supervisor: string | null;
  readonly constellation: string | null;
}

/** How many days ahead a review counts as due. */
export const REVIEW_DUE_WITHIN_DAYS = 28;
/** How many households stand on a page of the register. */
export const REGISTER_PAGE = 25;

const CONDITIONS: Readonly<Record<RegisterStanding, string>> = {
  fostering: '(left_on IS NULL OR left_on > $1)',
  vacancies: '(left_on IS NULL OR left_on > $1) AND held_on IS NULL AND places > placed',
  on_hold: '(left_on IS NULL OR left_on > $1) AND held_on IS NOT NULL',
  review_due: `review_due_on <= $1::date + ${String(REVIEW_DUE_WITHIN_DAYS)}`,
  left: 'left_on <= $1',
};

const LISTED = `
  SELECT h.*, t.children AS places, t.age_from, t.age_to, t.care, r.due_on AS review_due_on, s.name AS supervisor,
         (SELECT count(*)::int FROM carer_placements p WHERE p.carer_id = h.id AND p.started_on <= $1 AND (p.ended_on IS NULL OR p.ended_on > $1)) AS placed,
         (SELECT c.name FROM constellation_memberships m JOIN constellations c ON c.id = m.constellation_id WHERE m.carer_id = h.id AND m.voided_why IS NULL AND m.held @> $1::date) AS constellation
    FROM carer_households h
    LEFT JOIN LATERAL (SELECT * FROM carer_terms t WHERE t.carer_id = h.id AND t.holds_from <= $1 ORDER BY t.holds_from DESC LIMIT 1) t ON true
    LEFT JOIN carer_reviews r ON r.carer_id = h.id AND r.held_on IS NULL AND r.stopped_on IS NULL
    LEFT JOIN staff s ON s.id = h.supervisor_id`;

/** A page of the register as it stands on a day, by name; those whose review is due come by its day. Past the last page it is the last. */
export async function register(tx: EntityManager, filters: RegisterFilters, today: LocalDate, asked = 1): Promise<RegisterPage> {
  const about = [today, filters.authority, filters.text, filters.care, filters.age];
  const those = `
       FROM (${LISTED}) listed
      WHERE ${CONDITIONS[filters.standing]} AND ($2::text IS NULL OR authority = $2) AND ($4::text IS NULL OR $4 = ANY (care)) AND ($5::int IS NULL OR $5 BETWEEN age_from AND age_to)
        AND ($3 = '' OR strpos(fold_for_search(name), fold_for_search($3)) > 0 OR strpos(lower(reference), lower($3)) > 0)`;
  const [counted] = await rows<{ total: number }>(tx, `SELECT count(*)::int AS total ${those}`, about);
  const total = counted?.total ?? 0;
  const page = Math.min(asked, Math.max(1, Math.ceil(total / REGISTER_PAGE)));
  const listed = await rows<RegisterRow>(
    tx,
    `SELECT id, reference, name, authority, kind, approved_on AS "approvedOn", places, placed, age_from AS "ageFrom", age_to AS "ageTo", care, held_on AS "heldOn", hold_until AS "holdUntil",
            review_due_on AS "reviewDueOn", left_on AS "leftOn", supervisor, constellation ${those}
      ORDER BY ${filters.standing === 'review_due' ? 'review_due_on, ' : ''}name COLLATE "en-GB-x-icu", id LIMIT ${String(REGISTER_PAGE)} OFFSET $6`,
    [...about, (page - 1) * REGISTER_PAGE],
  );
  return { listed, total, page };
}

export interface RegisterCounts {
  readonly fostering: number;
  readonly vacancies: number;
  readonly on_hold: number;
  readonly review_due: number;
  readonly left: number;
  /** Places that approved households have, and those that are free and not on hold. */
  readonly places: number;
  readonly free: number;
}

/** How many households of the register stand how on a day, and how many places are free. */
export async function registerCounts(tx: EntityManager, authority: Council | null, today: LocalDate): Promise<RegisterCounts> {
  const counted = REGISTER_STANDINGS.map((standing) => `count(*) FILTER (WHERE ${CONDITIONS[standing]})::int AS ${standing}`);
  const [counts] = await rows<RegisterCounts>(
    tx,
    `SELECT ${counted.join(', ')}, coalesce(sum(places) FILTER (WHERE ${CONDITIONS.fostering}), 0)::int AS places,
            coalesce(sum(places - placed) FILTER (WHERE ${CONDITIONS.vacancies}), 0)::int AS free
       FROM (${LISTED}) listed WHERE $2::text IS NULL OR authority = $2`,
    [today, authority],
  );
  if (!counts) throw new Error('A count answered nothing');
  return counts;
}

/** An approved family that is not on the register yet. */
export interface ApprovedFamily {
  readonly reference: string;
  readonly name: string;
  readonly authority: Council;
  readonly approvedOn: LocalDate;
}

/** Approved families that are not on the register, the longest approved first. */
export function approvedNotRegistered(tx: EntityManager, authority: Council | null): Promise<ApprovedFamily[]> {
  return rows<ApprovedFamily>(
    tx,
    `SELECT j.reference, h.name, j.authority, j.approved_on AS "approvedOn" FROM journeys j JOIN households h ON h.id = j.household_id
      WHERE j.status = 'approved' AND j.authority <> 'unrouted' AND ($1::text IS NULL OR j.authority = $1) AND NOT EXISTS (SELECT FROM carer_households c WHERE c.journey_id = j.id)
      ORDER BY j.approved_on LIMIT 100`,
    [authority],
  );
}
