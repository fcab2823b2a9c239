import { rows, system, type Transactions } from '@app/database';

const PAUSE_MS = 100;

/**
 * Waits until every change that was under way has been written or undone, so that no more can become known at a moment
 * that lies before the call by more than the time that a change takes to begin. Throws when that lasts too long: the
 * report is then made another time.
 */
export async function historySettled(transactions: Transactions, atMostMs = 120_000): Promise<void> {
  const asked = (sql: string, parameters: readonly unknown[] = []) => transactions.read(system('saved-reports'), (tx) => rows<{ answer: string }>(tx, sql, parameters));
  const [begun] = await asked('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS answer');
  for (let waited = 0; waited <= atMostMs; waited += PAUSE_MS) {
    const [settled] = await asked(`SELECT (pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8)::text AS answer`, [begun?.answer]);
    if (settled?.answer === 'true') return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error('A change has been under way for too long; the reports are saved another time.');
}
