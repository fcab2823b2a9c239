import { type Actor, setActor, Transactions } from '@app/database';
import type { EntityManager } from 'typeorm';

/**
 * Transactions that are all part of one that is open already: what use cases do through it is kept or undone as a whole.
 * A refusal undoes nothing by itself here, so whoever gets one has to leave the outer transaction.
 */
export class TransactionsInOne extends Transactions {
  constructor(private readonly tx: EntityManager) {
    super(tx.dataSource);
  }

  override async run<T>(actor: Actor, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    await setActor(this.tx, actor);
    return work(this.tx);
  }

  override read<T>(actor: Actor, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.run(actor, work);
  }
}
