import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { TooManyTries } from '../platform/failure';

/** How often one token may be used, whichever web process it reaches. */
export const API_LIMITS = {
  enquiries: { points: 60, duration: 60 },
  reports: { points: 30, duration: 60 },
} as const;

/** Counts the requests of each website, in the database. */
@Injectable()
export class ApiLimits {
  private readonly limiters: Readonly<Record<keyof typeof API_LIMITS, RateLimiterPostgres>>;

  constructor(source: DataSource) {
    const limiter = (name: keyof typeof API_LIMITS): RateLimiterPostgres =>
      new RateLimiterPostgres({ storeClient: source, storeType: 'typeorm', tableName: 'rate_limits', tableCreated: true, clearExpiredByTimeout: true, keyPrefix: `api-${name}`, ...API_LIMITS[name] });
    this.limiters = { enquiries: limiter('enquiries'), reports: limiter('reports') };
  }

  /** Counts one request; throws TooManyTries when it is one too many. */
  async count(name: keyof typeof API_LIMITS, websiteId: string): Promise<void> {
    try {
      await this.limiters[name].consume(websiteId);
    } catch (rejection) {
      if (rejection instanceof RateLimiterRes) throw new TooManyTries(Math.max(1, Math.ceil(rejection.msBeforeNext / 1000)));
      throw rejection;
    }
  }
}
