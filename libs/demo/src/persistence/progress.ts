import { affected, rows, system, type Transactions } from '@app/database';

/** How a load stands. `startedAt` is the moment up to which its stories are lived, also when it goes on after a break. */
export interface LoadProgress {
  readonly done: number;
  readonly total: number;
  readonly words: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

const NAME = 'demonstration';
const ACTOR = system('demonstration');

/** The load that was begun here, if any. */
export async function loadBegun(transactions: Transactions): Promise<LoadProgress | null> {
  const [begun] = await transactions.run(ACTOR, (tx) =>
    rows<LoadProgress>(tx, 'SELECT done, total, words, started_at AS "startedAt", ended_at AS "endedAt" FROM progress WHERE name = $1', [NAME]),
  );
  return begun ?? null;
}

/** Writes down that a load begins, so that pages show it and the next start goes on with it. */
export async function beginLoad(transactions: Transactions, words: string, startedAt: Date): Promise<void> {
  await transactions.run(ACTOR, (tx) => affected(tx, 'INSERT INTO progress (name, done, total, words, started_at) VALUES ($1, 0, 1, $2, $3)', [NAME, words, startedAt]));
}

/** So many stories of so many are lived; with an end, the load is complete. */
export async function noteProgress(transactions: Transactions, done: number, total: number, endedAt: Date | null = null): Promise<void> {
  await transactions.run(ACTOR, (tx) => affected(tx, 'UPDATE progress SET done = $2, total = $3, ended_at = $4 WHERE name = $1', [NAME, done, total, endedAt]));
}
