import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { AuthorityCode, Council } from '../rules/authorities';

export interface AuthorityDetails {
  readonly authority: Council;
  readonly name: string;
  readonly team: string;
  readonly phone: string;
  readonly email: string;
  readonly website: string;
  readonly address: string;
  readonly holdsFrom: LocalDate;
}

/** How to reach each council on a date, in the order in which pages list them. */
export function authorityDetails(tx: EntityManager, on: LocalDate): Promise<AuthorityDetails[]> {
  return rows<AuthorityDetails>(
    tx,
    `SELECT DISTINCT ON (a.display_order) d.authority, d.name, d.team, d.phone, d.email, d.website, d.address, d.holds_from AS "holdsFrom"
       FROM authority_details d JOIN authorities a ON a.code = d.authority
      WHERE d.holds_from <= $1 ORDER BY a.display_order, d.holds_from DESC`,
    [on],
  );
}

/** Every row of details that holds, held or will hold, newest first: for administration. */
export function authorityDetailsHistory(tx: EntityManager, authority: AuthorityCode): Promise<AuthorityDetails[]> {
  return rows<AuthorityDetails>(
    tx,
    `SELECT authority, name, team, phone, email, website, address, holds_from AS "holdsFrom" FROM authority_details WHERE authority = $1 ORDER BY holds_from DESC`,
    [authority],
  );
}
