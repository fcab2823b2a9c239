import { system, Transactions } from '@app/database';
import { addDays, addMonthsClamped, Clock, localDateOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { countMonth, firstMonthToCount, renewCountedMonths } from '../queries/counted-months';
import { monthsOf } from '../rules/report-request';

const COUNTING = system('counted-months');
/** A key of our own: two that count at once take turns. */
const COUNTING_LOCK = 7_201_531;

/**
 * Counts every calendar month from the first enquiry to this month that was not counted yet or has changed since, so
 * that reports have little left to count. Each in a transaction of its own. Returns how many it counted.
 */
@Injectable()
export class KeepCountedMonths {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<{ readonly counted: number }> {
    const first = await this.transactions.read(COUNTING, firstMonthToCount);
    const today = localDateOf(this.clock.now());
    if (first === null || first > today) return { counted: 0 };
    const holding = new Set(await this.inTurn(renewCountedMonths));
    const missing = monthsOf({ from: first, to: today }).filter(({ from }) => !holding.has(from));
    for (const { from } of missing) await this.inTurn((tx) => countMonth(tx, from, addDays(addMonthsClamped(from, 1), -1)));
    return { counted: missing.length };
  }

  private inTurn<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.transactions.run(COUNTING, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [COUNTING_LOCK]);
      return work(tx);
    });
  }
}
