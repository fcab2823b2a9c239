import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * One address may belong to a whole mobile network or to the wireless of an event. So many enquiries from one address
 * are first only looked at by an officer; only a flood is stopped, and what was typed waits in its draft.
 */
const LIMITS = {
  looked_at: { points: 10, duration: 10 * MINUTE },
  stopped: { points: 120, duration: HOUR },
  started: { points: 600, duration: HOUR },
  mailed: { points: 3, duration: 24 * HOUR },
} as const;

/** What the counts say about one enquiry that is about to be sent. */
export type Flow = { readonly kind: 'ordinary' } | { readonly kind: 'suspicious' } | { readonly kind: 'stopped'; readonly waitSeconds: number };

/** Counts enquiries by address, in the database, so that every web process counts the same. Addresses are kept as hashes. */
@Injectable()
export class EnquiryLimits {
  private readonly limiters: Readonly<Record<keyof typeof LIMITS, RateLimiterPostgres>>;

  constructor(source: DataSource) {
    const limiter = (name: keyof typeof LIMITS): RateLimiterPostgres =>
      new RateLimiterPostgres({ storeClient: source, storeType: 'typeorm', tableName: 'rate_limits', tableCreated: true, clearExpiredByTimeout: true, keyPrefix: `enquiry-${name}`, ...LIMITS[name] });
    this.limiters = { looked_at: limiter('looked_at'), stopped: limiter('stopped'), started: limiter('started'), mailed: limiter('mailed') };
  }

  /** Counts a draft that is begun. Answers null when it may go on, else the seconds to wait. */
  countStart(address: string): Promise<number | null> {
    return this.waitFor('started', networkOf(address));
  }

  /** Counts an enquiry that is sent, by the address it comes from and by the mailbox that it names. */
  async countSending(address: string, email: string | null): Promise<Flow> {
    const network = networkOf(address);
    const waitSeconds = await this.waitFor('stopped', network);
    if (waitSeconds !== null) return { kind: 'stopped', waitSeconds };
    const isMany = (await this.waitFor('looked_at', network)) !== null;
    return { kind: (await this.isMailedOften(email)) || isMany ? 'suspicious' : 'ordinary' };
  }

  /** Counts an enquiry that names a mailbox; answers whether that mailbox has been named too often. */
  async isMailedOften(email: string | null): Promise<boolean> {
    return email !== null && (await this.waitFor('mailed', email)) !== null;
  }

  private async waitFor(name: keyof typeof LIMITS, key: string): Promise<number | null> {
    try {
      await this.limiters[name].consume(createHash('sha256').update(key.toLowerCase()).digest('base64url').slice(0, 32));
      return null;
    } catch (rejection) {
      if (rejection instanceof RateLimiterRes) return Math.max(1, Math.ceil(rejection.msBeforeNext / 1000));
      throw rejection;
    }
  }
}

/** What counts as one address: an IPv4 address, or the network of an IPv6 address (its first 64 bits, one household's). */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!isIPv6(address)) return address;
  const [front = '', back = ''] = address.split('::');
  const head = front === '' ? [] : front.split(':');
  const tail = back === '' ? [] : back.split(':');
  const groups = address.includes('::') ? [...head, ...new Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail] : head;
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}
