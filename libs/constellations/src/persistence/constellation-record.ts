import type { Council } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { LeftConstellation, MemberRole } from '../rules/names';

/** A constellation as it stands. Dates are local (Europe/London); its last day is not part of it. */
export interface Constellation {
  readonly id: string;
  readonly authority: Council;
  readonly name: string;
  readonly area: string;
  readonly liaisonId: string | null;
  readonly startedOn: LocalDate;
  readonly endedOn: LocalDate | null;
  readonly endReason: string | null;
  readonly version: number;
  readonly demonstration: boolean;
}

/** The constellation, or null when there is none or the actor may not see it. */
export async function loadConstellation(tx: EntityManager, id: string): Promise<Constellation | null> {
  const [found] = await rows<Constellation>(
    tx,
    `SELECT id, authority, name, area, liaison_id AS "liaisonId", started_on AS "startedOn", ended_on AS "endedOn", end_reason AS "endReason", version, demonstration FROM constellations WHERE id = $1`,
    [id],
  );
  return found ?? null;
}

/** A family's time in a constellation: from the day of joining up to, not including, the day of leaving. */
export interface Membership {
  readonly id: string;
  readonly carerId: string;
  readonly reference: string;
  readonly name: string;
  readonly kind: string;
  readonly role: MemberRole;
  readonly from: LocalDate;
  readonly until: LocalDate | null;
  readonly leftWhy: LeftConstellation | null;
  readonly email: string | null;
}

/** Everybody who belongs or belonged to a constellation, the hub home first, then by name. Memberships that were taken back are left out. */
export function membershipsOf(tx: EntityManager, constellationId: string): Promise<Membership[]> {
  return rows<Membership>(
    tx,
    `SELECT m.id, m.carer_id AS "carerId", h.reference, h.name, h.kind, m.role, lower(m.held) AS "from", upper(m.held) AS until, m.left_why AS "leftWhy",
            (SELECT p.email FROM carer_people p WHERE p.carer_id = h.id AND p.email IS NOT NULL ORDER BY p.position LIMIT 1) AS email
       FROM constellation_memberships m JOIN carer_households h ON h.id = m.carer_id
      WHERE m.constellation_id = $1 AND m.voided_why IS NULL ORDER BY m.role, h.name COLLATE "en-GB-x-icu", lower(m.held)`,
    [constellationId],
  );
}

/** Whether a membership holds on a day. */
export const holdsOn = ({ from, until }: Pick<Membership, 'from' | 'until'>, day: LocalDate): boolean => from <= day && (until === null || until > day);

/** How many satellites a constellation may have and should have on a day, and how many beds its hub home keeps free. */
export async function constellationLimits(tx: EntityManager, authority: string, on: LocalDate): Promise<{ readonly most: number; readonly fewest: number; readonly beds: number }> {
  const [limits] = await rows<{ most: number; fewest: number; beds: number }>(
    tx,
    `SELECT constellation_limit('most_satellites', $1, $2) AS most, constellation_limit('fewest_satellites', $1, $2) AS fewest, constellation_limit('hub_spare_beds', $1, $2) AS beds`,
    [authority, on],
  );
  if (!limits) throw new Error('No limits answered');
  return limits;
}
