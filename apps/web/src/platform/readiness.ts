import { rows, Transactions } from '@app/database';
import { QueueHealth } from '@app/jobs';
import { Injectable } from '@nestjs/common';

const LIMIT_MS = 2_000;

/** One thing that must work before requests are sent here. */
export type ReadinessState = 'ok' | 'failed';

/** Whether what the hub depends on can be reached, asked with a time limit. */
@Injectable()
export class Readiness {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: QueueHealth,
  ) {}

  async checks(): Promise<{ readonly database: ReadinessState; readonly queue: ReadinessState }> {
    const [database, queue] = await Promise.all([this.database(), this.queue.check()]);
    return { database, queue: queue.ready ? 'ok' : 'failed' };
  }

  private async database(): Promise<ReadinessState> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<ReadinessState>((done) => {
      timer = setTimeout(() => { done('failed'); }, LIMIT_MS);
    });
    const asked = this.transactions.read({ kind: 'public' }, (tx) => rows(tx, 'SELECT 1 AS alive'));
    try {
      return await Promise.race([asked.then((): ReadinessState => 'ok', (): ReadinessState => 'failed'), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
