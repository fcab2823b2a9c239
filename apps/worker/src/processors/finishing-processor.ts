import { within } from '@app/jobs';
import { WorkerHost } from '@nestjs/bullmq';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Job } from 'bullmq';

/** How long the queue may take to hear that this worker leaves: with Redis out of reach it never does. */
const FAREWELL_LIMIT_MS = 2_000;

/** A worker on a queue that, asked to end, finishes the jobs it holds before anything that they need is closed. */
export abstract class FinishingProcessor extends WorkerHost implements OnModuleDestroy {
  private readonly held = new Set<Promise<void>>();
  private finishing: Promise<void> | null = null;

  protected abstract work(job: Job): Promise<void>;

  async process(job: Job): Promise<void> {
    const working = this.work(job);
    this.held.add(working);
    try {
      await working;
    } finally {
      this.held.delete(working);
    }
  }

  /** Takes no more jobs, and resolves when those it holds are done. */
  finish(): Promise<void> {
    this.finishing ??= this.leave();
    return this.finishing;
  }

  onModuleDestroy(): Promise<void> {
    return this.finish();
  }

  private async leave(): Promise<void> {
    const closed = this.worker.close();
    closed.catch(() => undefined);
    while (this.held.size > 0) await Promise.allSettled(this.held);
    await within(FAREWELL_LIMIT_MS, 'Leaving the queue', closed).catch(() => undefined);
  }
}
