import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';

const MOST_SOURCES = 40;

/** Where the open families say that they heard of fostering, the most frequent first. */
export function worklistSources(tx: EntityManager): Promise<{ readonly source: string; readonly journeys: number }[]> {
  return rows(
    tx,
    `SELECT source, count(*)::int AS journeys FROM journeys
      WHERE status IN ('open', 'on_hold') AND source <> '' AND authority = ANY ((SELECT scope_of('people'))::text[])
      GROUP BY source ORDER BY 2 DESC, 1 LIMIT ${String(MOST_SOURCES)}`,
  );
}
