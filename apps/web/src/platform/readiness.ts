import { rows, Transactions } from '@app/database';
import { Injectable } from '@nestjs/common';

const LIMIT_MS = 2_000;

/** One thing that must work before requests are sent here. */
export type ReadinessState = 'ok' | 'failed';

/** Whether what the process depends on can be reached, asked with a time limit. */
@Injectable()
export class Readiness {
  constructor(private readonly transactions: Transactions) {}

  async checks(): Promise<Readonly<Record<string, ReadinessState>>> {
    return { database: await within(() => this.transactions.read({ kind: 'public' }, (tx) => rows(tx, 'SELECT 1 AS alive'))) };
  }
}

async function within(check: () => Promise<unknown>): Promise<ReadinessState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ReadinessState>((done) => {
    timer = setTimeout(() => done('failed'), LIMIT_MS);
  });
  try {
    return await Promise.race([check().then((): ReadinessState => 'ok', (): ReadinessState => 'failed'), late]);
  } finally {
    clearTimeout(timer);
  }
}
