import { rows } from '@app/database';
import type { Period } from '@app/reports';
import type { EntityManager } from 'typeorm';
import { EXTRACT_COLUMNS, type ExtractRow } from '../rules/extract-columns';

/**
 * The journeys whose enquiry lies in a period, of some authorities, one a row and as they stand now. `shuffledBy` is a
 * word of this extract alone: it decides the order, so that a row cannot be found again in another. At most `atMost` rows.
 */
export function extractRows(tx: EntityManager, { from, to }: Period, now: Date, shuffledBy: string, authorities: readonly string[], atMost: number): Promise<ExtractRow[]> {
  return rows<ExtractRow>(
    tx,
    `SELECT ${EXTRACT_COLUMNS.map(({ name, sql }) => `${sql} AS ${name}`).join(',\n            ')}
       FROM journeys j JOIN households h ON h.id = j.household_id
       LEFT JOIN journey_events e ON e.journey_id = j.id AND e.milestone = 'enquiry' AND e.superseded_at IS NULL
      WHERE j.enquiry_on BETWEEN $1 AND $2 AND j.merged_into IS NULL AND j.authority = ANY ($5)
      ORDER BY 1 LIMIT $6`,
    [from, to, now, shuffledBy, authorities, atMost],
  );
}
