import { Complaints } from '@app/jobs';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PlanFromTables } from './plan-from-tables';
import { LOOK } from './timetable';
import { WorkListener } from './work-listener';

/** Many messages in a row, as when the demonstration is loaded, make one look. */
const GATHER_MS = 50;
/** A look that failed on a connection that was cut finds the next one whole. */
const AFTER_FAILURE_MS = 1_000;

/**
 * Looks for work when the process starts, when PostgreSQL says that there is some, and every quarter of a minute; soon again after a
 * look that failed. One look at a time; what comes in during one makes another.
 */
@Injectable()
export class Looking implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly complaints = new Complaints(new Logger(Looking.name), 'Looking for work failed, and is tried again');
  private current: Promise<void> | null = null;
  private again = false;
  private gathering: NodeJS.Timeout | null = null;
  private every: NodeJS.Timeout | null = null;
  private afterFailure: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    private readonly plan: PlanFromTables,
    private readonly listener: WorkListener,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.every = setInterval(() => { this.look(); }, LOOK.everySeconds * 1_000);
    await this.listener.start(() => { this.lookSoon(); });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    if (this.every) clearInterval(this.every);
    if (this.gathering) clearTimeout(this.gathering);
    if (this.afterFailure) clearTimeout(this.afterFailure);
    await this.listener.stop();
    await this.current;
  }

  private lookSoon(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = null;
      this.look();
    }, GATHER_MS);
  }

  private look(): void {
    if (this.stopped) return;
    if (this.current) {
      this.again = true;
      return;
    }
    this.current = this.plan
      .run()
      .catch((error: unknown) => {
        this.complaints.hear(error instanceof Error ? error : new Error(String(error)));
        if (!this.stopped) this.afterFailure ??= setTimeout(() => {
          this.afterFailure = null;
          this.look();
        }, AFTER_FAILURE_MS);
      })
      .finally(() => {
        this.current = null;
        if (this.again) {
          this.again = false;
          this.lookSoon();
        }
      });
  }
}
