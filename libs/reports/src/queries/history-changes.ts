import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';

/** What a transaction sees of the history: of which database, and of which other transactions. */
export interface SeenHistory {
  readonly identity: string;
  readonly transactions: string;
}

/** What this transaction sees. */
export async function seenHistory(tx: EntityManager): Promise<SeenHistory> {
  const [seen] = await rows<SeenHistory>(tx, `SELECT standings_identity() AS identity, pg_current_snapshot()::text AS transactions`);
  if (seen === undefined) throw new Error('PostgreSQL told nothing of what it sees.');
  return seen;
}

/** Whether the history of no journey has changed since it was seen so. */
export async function historyIsAsSeen(tx: EntityManager, { identity, transactions }: SeenHistory): Promise<boolean> {
  const [answer] = await rows<{ same: boolean }>(
    tx,
    `SELECT standings_identity() = $1 AND NOT EXISTS (
       SELECT FROM journey_standings WHERE changed_by >= pg_snapshot_xmin($2::pg_snapshot) AND changed_by < pg_snapshot_xmax(pg_current_snapshot())
          AND NOT pg_visible_in_snapshot(changed_by, $2::pg_snapshot)) AS same`,
    [identity, transactions],
  );
  return answer?.same ?? false;
}
