import { Clock } from '@app/kernel';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { MESSAGES, type QueueName, TIMETABLE } from './queues';
import { within } from './within';

/** One piece of work at its time. Two with one id are one job for as long as it is in the queue. */
export interface PlannedJob {
  readonly name: string;
  /** Derived from the row that asks for the work. No colon, and not a number. */
  readonly id: string;
  readonly payload: Readonly<Record<string, string>>;
  readonly runAt: Date;
}

const ADD_LIMIT_MS = 5_000;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 1_000;

/**
 * Puts work into the queues. Whatever is put there can be put there again from tables, so nothing is kept: a job that
 * is done, or has failed for good, leaves the queue, and its id is free.
 */
@Injectable()
export class JobPlanner implements OnModuleInit {
  private readonly logger = new Logger(JobPlanner.name);
  private readonly unsettled = new Map<QueueName, Promise<unknown>>();

  constructor(
    @InjectQueue(MESSAGES) private readonly messages: Queue,
    @InjectQueue(TIMETABLE) private readonly timetable: Queue,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const queue of [this.messages, this.timetable]) queue.on('error', (error) => { this.logger.warn(`The queue ${queue.name} complains: ${error.message}`); });
  }

  /**
   * Adds jobs that are not in the queue yet. Throws when the queue does not answer within five seconds: with Redis
   * unreachable the command waits inside the client, and until it is settled no further one is sent after it.
   */
  async addPlanned(queueName: QueueName, jobs: readonly PlannedJob[]): Promise<void> {
    if (jobs.length === 0) return;
    if (this.unsettled.has(queueName)) throw new Error(`The queue ${queueName} has not answered yet`);
    const now = this.clock.now().getTime();
    const adding = this.queue(queueName).addBulk(
      jobs.map(({ name, id, payload, runAt }) => ({
        name,
        data: payload,
        opts: { jobId: id, delay: Math.max(0, runAt.getTime() - now), removeOnComplete: true, removeOnFail: true, attempts: ATTEMPTS, backoff: { type: 'exponential', delay: FIRST_PAUSE_MS } },
      })),
    );
    const settled = adding.catch(() => undefined).finally(() => this.unsettled.delete(queueName));
    this.unsettled.set(queueName, settled);
    await within(ADD_LIMIT_MS, `Adding to the queue ${queueName}`, adding);
  }

  /**
   * Takes out jobs that hang about although their work should have been done long ago, so that they can be added
   * afresh. One that a worker holds at this moment stays.
   */
  async removeStuck(queueName: QueueName, ids: readonly string[]): Promise<void> {
    for (const id of ids) await within(ADD_LIMIT_MS, `Removing from the queue ${queueName}`, this.queue(queueName).remove(id).catch(() => 0));
  }

  private queue(name: QueueName): Queue {
    return name === MESSAGES ? this.messages : this.timetable;
  }
}
