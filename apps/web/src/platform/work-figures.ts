import { system, Transactions } from '@app/database';
import { countAlertsToSend } from '@app/deadlines';
import { QueueHealth } from '@app/jobs';
import { Clock } from '@app/kernel';
import { outboxStanding } from '@app/notifications';
import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from './metrics';

/** An alert is late when it should have been sent this long ago. */
const LATE_AFTER_MS = 60_000;

/** What waits to be done, for a Prometheus server: asked of the tables and the queue when they are read. */
@Injectable()
export class WorkFigures {
  private readonly reachable: Gauge<'what'>;
  private readonly emails: Gauge<'state'>;
  private readonly oldestEmail: Gauge;
  private readonly lateAlerts: Gauge;
  private readonly jobs: Gauge<'queue' | 'state'>;

  constructor(
    metrics: Metrics,
    private readonly transactions: Transactions,
    private readonly queue: QueueHealth,
    private readonly clock: Clock,
  ) {
    const registers = [metrics.registry];
    this.reachable = new Gauge({ name: 'hub_reachable', help: 'Whether this process reaches what it needs: 1 or 0.', labelNames: ['what'], registers });
    this.emails = new Gauge({ name: 'hub_emails', help: 'Mail that waits to be delivered, or that no attempt could deliver.', labelNames: ['state'], registers });
    this.oldestEmail = new Gauge({ name: 'hub_oldest_waiting_email_seconds', help: 'How long the longest waiting mail has waited.', registers });
    this.lateAlerts = new Gauge({ name: 'hub_alerts_late', help: 'Alerts that should have been sent more than a minute ago.', registers });
    this.jobs = new Gauge({ name: 'hub_queue_jobs', help: 'Jobs in the queues.', labelNames: ['queue', 'state'], registers });
  }

  /** Brings the figures up to date. What cannot be asked is left out, and told as not reachable. */
  async refresh(): Promise<void> {
    const failed = (): boolean => false;
    const [database, queue] = await Promise.all([this.askDatabase().catch(failed), this.askQueue().catch(failed)]);
    this.reachable.set({ what: 'database' }, database ? 1 : 0);
    this.reachable.set({ what: 'queue' }, queue ? 1 : 0);
    if (!queue) this.jobs.reset();
    if (database) return;
    this.emails.reset();
    this.oldestEmail.remove();
    this.lateAlerts.remove();
  }

  private async askDatabase(): Promise<boolean> {
    const now = this.clock.now();
    const { outbox, late } = await this.transactions.read(system('metrics'), async (tx) => ({
      outbox: await outboxStanding(tx),
      late: await countAlertsToSend(tx, new Date(now.getTime() - LATE_AFTER_MS)),
    }));
    this.emails.set({ state: 'waiting' }, outbox.waiting);
    this.emails.set({ state: 'failed' }, outbox.failed);
    this.oldestEmail.set(outbox.oldestWaitingAt === null ? 0 : Math.max(0, (now.getTime() - outbox.oldestWaitingAt.getTime()) / 1000));
    this.lateAlerts.set(late);
    return true;
  }

  private async askQueue(): Promise<boolean> {
    for (const { queue, state, jobs } of await this.queue.depths()) this.jobs.set({ queue, state }, jobs);
    return true;
  }
}
