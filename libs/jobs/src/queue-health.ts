import { type DynamicModule, Injectable, Module, type OnModuleDestroy } from '@nestjs/common';
import { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { type JobsSettings, QUEUE_SCHEMA } from './backend';
import { depthsInPostgres, depthsInRedis, type QueueDepth } from './queue-depths';
import { within } from './within';

/** Whether work that is planned now can reach a worker. */
export interface QueueState {
  readonly backend: 'postgresql' | 'redis';
  readonly ready: boolean;
}

const CHECK_LIMIT_MS = 2_000;

/** Asks the place where the queues live whether it answers, without joining in as a queue. */
@Injectable()
export class QueueHealth implements OnModuleDestroy {
  private readonly redis: Redis | null;

  constructor(
    settings: JobsSettings,
    private readonly source: DataSource,
  ) {
    this.redis = settings.redisUrl === null ? null : new Redis(settings.redisUrl, { lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: 0, connectTimeout: CHECK_LIMIT_MS });
    // A listener, for without one the client prints each failed attempt; what matters is the answer to the next check.
    this.redis?.on('error', () => undefined);
  }

  /** Answers within two seconds. */
  async check(): Promise<QueueState> {
    const backend = this.redis === null ? 'postgresql' : 'redis';
    try {
      await within(CHECK_LIMIT_MS, 'The check of the queue', this.redis === null ? this.source.query(`SELECT 1 FROM ${QUEUE_SCHEMA}.job LIMIT 1`) : ping(this.redis));
      return { backend, ready: true };
    } catch {
      return { backend, ready: false };
    }
  }

  /** How much work is in the queues. Throws when they do not answer within two seconds. */
  depths(): Promise<QueueDepth[]> {
    return within(CHECK_LIMIT_MS, 'Counting the jobs', this.redis === null ? depthsInPostgres(this.source) : connected(this.redis).then(depthsInRedis));
  }

  onModuleDestroy(): void {
    this.redis?.disconnect();
  }
}

async function ping(redis: Redis): Promise<unknown> {
  return (await connected(redis)).ping();
}

async function connected(redis: Redis): Promise<Redis> {
  if (redis.status === 'wait' || redis.status === 'end') await redis.connect();
  return redis;
}

/** For `/health/ready`: provides `QueueHealth`. */
@Module({})
export class QueueHealthModule {
  static forRoot(settings: JobsSettings): DynamicModule {
    return {
      module: QueueHealthModule,
      providers: [{ provide: QueueHealth, useFactory: (source: DataSource) => new QueueHealth(settings, source), inject: [DataSource] }],
      exports: [QueueHealth],
    };
  }
}
