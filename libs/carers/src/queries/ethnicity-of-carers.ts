import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { Ethnicity } from '../rules/ethnicity';

/** How many approved carers of an authority told a group, or none. */
export interface EthnicityCount {
  readonly authority: string;
  readonly ethnicity: Ethnicity | 'not_told';
  readonly people: number;
}

/** The people who were approved mainstream carers on a day, by what they had told by then: counts only, of the authorities in the scope of figures. */
export function ethnicityOfCarers(tx: EntityManager, on: LocalDate): Promise<EthnicityCount[]> {
  return rows<EthnicityCount>(tx, 'SELECT authority, ethnicity, people FROM ethnicity_of_carers($1)', [on]);
}
