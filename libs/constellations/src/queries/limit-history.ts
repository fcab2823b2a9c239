import type { Council } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';

/** The limits of constellations: how many satellite families at most and at least, and how many beds a hub home keeps free. */
export const CONSTELLATION_LIMITS = ['most_satellites', 'fewest_satellites', 'hub_spare_beds'] as const;
export type ConstellationLimit = (typeof CONSTELLATION_LIMITS)[number];

/** One dated row of a limit; without an authority it holds for all that have none of their own. */
export interface DatedLimit {
  readonly rule: ConstellationLimit;
  readonly authority: Council | null;
  readonly holdsFrom: LocalDate;
  readonly amount: number;
  readonly source: string;
}

/** Every row of the limits, by limit, the newest first. */
export function limitHistory(tx: EntityManager): Promise<DatedLimit[]> {
  return rows<DatedLimit>(tx, `SELECT rule, authority, holds_from AS "holdsFrom", amount, source FROM constellation_limits ORDER BY array_position($1::text[], rule), authority NULLS FIRST, holds_from DESC`, [[...CONSTELLATION_LIMITS]]);
}
