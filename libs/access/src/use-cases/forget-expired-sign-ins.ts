import { affected, system, Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';

const UPKEEP = system('upkeep');

/** Deletes sessions and counted attempts whose time has run out. They are not believed after that time anyway; this only keeps the tables small. */
@Injectable()
export class ForgetExpiredSignIns {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Answers how many rows went. */
  run(): Promise<number> {
    return this.transactions.run(UPKEEP, async (tx) => {
      const now = this.clock.now();
      const sessions = await affected(tx, 'DELETE FROM sessions WHERE expire < $1::timestamptz', [now]);
      const attempts = await affected(tx, 'DELETE FROM rate_limits WHERE expire IS NOT NULL AND expire < $1', [now.getTime()]);
      return sessions + attempts;
    });
  }
}
