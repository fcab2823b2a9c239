import type { AuthorityCode } from '@app/authorities';
import { system, Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { faultCounts } from '@app/publications';
import { authoritiesInReach } from '@app/reports';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';

/** How many things in the records of some authorities are impossible or missing: counts alone, as figures are. */
export async function recordsToMend(transactions: Transactions, now: Date, authorities: readonly AuthorityCode[]): Promise<number> {
  const counts = await transactions.read(system('data-quality'), (tx) => faultCounts(tx, now, authorities));
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** Lets a page of figures say at its foot how far the records behind them can be trusted: those of the authority asked for, or of all in reach. */
@Injectable()
export class SaysWhatIsToMend implements NestInterceptor {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<ReturnType<CallHandler['handle']>> {
    const request = context.switchToHttp().getRequest<Request>();
    if (request.method === 'GET' && request.actor.kind === 'staff') {
      const reach = authoritiesInReach(request.actor);
      const one = reach.find((code) => code === (request.query['authority'] ?? request.query['of']));
      request.recordsToMend = await recordsToMend(this.transactions, this.clock.now(), one === undefined ? reach : [one]);
    }
    return next.handle();
  }
}
