import { Clock } from '@app/kernel';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Complaints } from './complaints';
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

/** Work at fixed times: `pattern` is cron's, minute first. */
export interface TimetableEntry {
  readonly job: string;
  readonly pattern: string;
}

const ANSWER_LIMIT_MS = 5_000;
const MOST_FORGOTTEN = 1_000;

/** A few attempts, and then out of the queue, done or failed: whoever planned it looks again. */
const JOB_ENDS = { attempts: 3, backoff: { type: 'exponential', delay: 1_000 }, removeOnComplete: true, removeOnFail: true } as const;

/**
 * Puts work into the queues. Whatever is put there can be put there again from tables, so nothing is kept: a job that
 * is done, or has failed for good, leaves the queue, and its id is free.
 */
@Injectable()
export class JobPlanner {
  private readonly unsettled = new Map<QueueName, Promise<unknown>>();

  constructor(
    @InjectQueue(MESSAGES) private readonly messages: Queue,
    @InjectQueue(TIMETABLE) private readonly timetable: Queue,
    private readonly clock: Clock,
  ) {
    for (const queue of [messages, timetable]) {
      const complaints = new Complaints(new Logger(JobPlanner.name), `The queue ${queue.name} cannot be written to`);
      queue.on('error', (error) => { complaints.hear(error); });
    }
  }

  /**
   * Adds jobs that are not in the queue yet. As everything here it throws when the queue does not answer within five seconds:
   * with Redis unreachable a command waits inside the client, and until it is settled no further one is sent after it.
   */
  async addPlanned(queueName: QueueName, jobs: readonly PlannedJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const now = this.clock.now().getTime();
    await this.answered(queueName, () =>
      this.queue(queueName).addBulk(jobs.map(({ name, id, payload, runAt }) => ({ name, data: payload, opts: { ...JOB_ENDS, jobId: id, delay: Math.max(0, runAt.getTime() - now) } }))),
    );
  }

  /** Lets go of jobs that stayed behind as failed, so that they can be planned afresh. */
  async forgetFailed(queueName: QueueName): Promise<void> {
    await this.answered(queueName, () => this.queue(queueName).clean(0, MOST_FORGOTTEN, 'failed'));
  }

  /** Makes the queue's timetable what it should be: adds what is missing or has other hours, takes out what is not in it any more. */
  async keepTimetable(queueName: QueueName, entries: readonly TimetableEntry[], timeZone: string): Promise<void> {
    const queue = this.queue(queueName);
    const kept = await this.answered(queueName, () => queue.getJobSchedulers());
    for (const { job, pattern } of entries) {
      if (kept.some((one) => one.key === job && one.pattern === pattern && one.tz === timeZone)) continue;
      await this.answered(queueName, () => queue.upsertJobScheduler(job, { pattern, tz: timeZone }, { name: job, opts: JOB_ENDS }));
    }
    for (const { key } of kept) {
      if (!entries.some(({ job }) => job === key)) await this.answered(queueName, () => queue.removeJobScheduler(key));
    }
  }

  /** What a queue answers within five seconds; while one question is open, no other is put. */
  private async answered<T>(queueName: QueueName, ask: () => Promise<T>): Promise<T> {
    if (this.unsettled.has(queueName)) throw new Error(`The queue ${queueName} has not answered yet`);
    const answer = ask();
    this.unsettled.set(queueName, answer);
    const settled = (): void => { this.unsettled.delete(queueName); };
    answer.then(settled, settled);
    return within(ANSWER_LIMIT_MS, `The queue ${queueName}`, answer);
  }

  private queue(name: QueueName): Queue {
    return name === MESSAGES ? this.messages : this.timetable;
  }
}
