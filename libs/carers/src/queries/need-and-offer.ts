import type { Council } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';

/** Children in care and fostering households of an authority, as stated from a day on. */
export interface NeedStated {
  readonly authority: Council;
  readonly holdsFrom: LocalDate;
  readonly children: number;
  readonly households: number;
  readonly source: string;
}

/** Everything that was stated, by authority, the newest first; of the same day what was stated last comes first, and counts. */
export function careNeed(tx: EntityManager): Promise<NeedStated[]> {
  return rows<NeedStated>(tx, `SELECT n.authority, n.holds_from AS "holdsFrom", n.children_in_care AS children, n.fostering_households AS households, n.source FROM care_need n JOIN authorities a ON a.code = n.authority ORDER BY a.display_order, n.holds_from DESC, n.recorded_at DESC, n.id DESC`);
}

/**
 * What is offered: by authority, standing, kind of care and age band of the child; an empty kind is the whole of the
 * authority. Families in assessment count by their interests and spare rooms, up to three places; their ages are known
 * where they are interested in teenagers, else the band is `unknown`. Who is approved and not on the register yet counts
 * with them, by the terms of the decision.
 */
export interface PlacesOffered {
  readonly authority: Council;
  readonly standing: 'approved' | 'in_assessment';
  readonly care: string;
  readonly band: string;
  readonly households: number;
  readonly places: number;
}

/** The numbers that count for an authority on a day, among everything that was stated in its order; null when none hold yet. */
export const needOn = (stated: readonly NeedStated[], authority: Council, day: LocalDate): NeedStated | null => stated.find((each) => each.authority === authority && each.holdsFrom <= day) ?? null;

/** The places on offer on a day, for the authorities of which the actor may see figures. */
export function placesOffered(tx: EntityManager, day: LocalDate): Promise<PlacesOffered[]> {
  return rows<PlacesOffered>(tx, 'SELECT authority, standing, care, age_band AS band, households, places FROM places_offered($1)', [day]);
}
