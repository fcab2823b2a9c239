import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';

const MINUTES = 60;

/** How often something may be tried before it has to wait. A whole council may share one address. */
const LIMITS = {
  account: { points: 10, duration: 15 * MINUTES },
  address: { points: 100, duration: 15 * MINUTES },
  reset: { points: 5, duration: 60 * MINUTES },
} as const;

/**
 * Counts attempts to sign in, by account and by address, in the database: every web process counts the same. Addresses
 * and accounts are kept as hashes. An attempt counts before the password is looked at, and is given back when it was right.
 */
@Injectable()
export class SignInLimits {
  private readonly account: RateLimiterPostgres;
  private readonly address: RateLimiterPostgres;
  private readonly reset: RateLimiterPostgres;

  constructor(source: DataSource) {
    const shared = { storeClient: source, storeType: 'typeorm', tableName: 'rate_limits', tableCreated: true, clearExpiredByTimeout: true } as const;
    this.account = new RateLimiterPostgres({ ...shared, ...LIMITS.account, keyPrefix: 'sign-in-account' });
    this.address = new RateLimiterPostgres({ ...shared, ...LIMITS.address, keyPrefix: 'sign-in-address' });
    this.reset = new RateLimiterPostgres({ ...shared, ...LIMITS.reset, keyPrefix: 'password-reset' });
  }

  /** Counts one attempt. Answers null when it may go on, else the seconds to wait. */
  async count(email: string, address: string): Promise<number | null> {
    return (await waitFor(this.address, address)) ?? (await waitFor(this.account, email));
  }

  /** Counts one request for a new password. Answers null when it may go on, else the seconds to wait. */
  async countReset(email: string, address: string): Promise<number | null> {
    return (await waitFor(this.address, address)) ?? (await waitFor(this.reset, email));
  }

  /** Gives back what was counted for somebody who had the right password. */
  async forgive(email: string, address: string): Promise<void> {
    await this.forgiveAccount(email);
    await this.address.reward(keyOf(address));
  }

  /** Lets somebody try again who has just chosen a new password. */
  async forgiveAccount(email: string): Promise<void> {
    await this.account.delete(keyOf(email));
  }
}

async function waitFor(limiter: RateLimiterPostgres, key: string): Promise<number | null> {
  try {
    await limiter.consume(keyOf(key));
    return null;
  } catch (rejection) {
    if (rejection instanceof RateLimiterRes) return Math.max(1, Math.ceil(rejection.msBeforeNext / 1000));
    throw rejection;
  }
}

const keyOf = (text: string): string => createHash('sha256').update(text.toLowerCase()).digest('base64url').slice(0, 32);
