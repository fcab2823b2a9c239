import type { Council } from '@app/authorities';
import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { FosteringHome } from '../rules/fostering-times';

/** Every approved household that the actor may see, with the day on which it first joined a constellation. */
export function fosteringHomes(tx: EntityManager): Promise<(FosteringHome & { readonly authority: Council })[]> {
  return rows(
    tx,
    `SELECT h.authority, h.approved_on AS "approvedOn", h.left_on AS "leftOn", h.left_by AS "leftBy",
            (SELECT min(lower(m.held)) FROM constellation_memberships m WHERE m.carer_id = h.id AND m.voided_why IS NULL) AS "joinedOn"
       FROM carer_households h WHERE h.kind IN ('foster', 'kinship') AND h.approved_on IS NOT NULL ORDER BY h.authority, h.approved_on, h.id`,
  );
}
