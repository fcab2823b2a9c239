import { rows, system, type Transactions } from '@app/database';

const ACTOR = system('saved-reports');
const PAUSE_MS = 100;
/** Ids of 32 bits come round again: the older one has the greater age. */
const UNDER_WAY = 'SELECT 1 AS one FROM pg_stat_activity WHERE datname = current_database() AND age(backend_xid) > age($1::xid8::xid) LIMIT 1';

/**
 * Waits until every change that was under way has been written or undone, so that no more can become known at a moment
 * that lies before the call by more than the time that a change takes to begin. Throws when that lasts too long: the
 * report is then made another time. What goes on in other databases of the server is no concern of ours.
 */
export async function historySettled(transactions: Transactions, atMostMs = 120_000): Promise<void> {
  // An id of its own: that of every change under way is lower. A snapshot's upper end will not do, it leaves out the newest of them.
  const [own] = await transactions.run(ACTOR, (tx) => rows<{ id: string }>(tx, 'SELECT pg_current_xact_id()::text AS id'));
  for (let waited = 0; waited <= atMostMs; waited += PAUSE_MS) {
    const underWay = await transactions.read(ACTOR, (tx) => rows(tx, UNDER_WAY, [own?.id]));
    if (underWay.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error('A change has been under way for too long; the reports are saved another time.');
}
