import { SendAlert } from '@app/deadlines';
import { MESSAGES } from '@app/jobs';
import { DeliverEmail } from '@app/notifications';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Job } from 'bullmq';
import { messageJob } from './message-jobs';

/**
 * Alerts and mail. A worker that is killed is noticed within seconds: its lock on a job runs out, and another takes the job up
 * again, as often as that happens.
 */
@Processor(MESSAGES, { concurrency: 3, lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 100 })
export class MessagesProcessor extends WorkerHost implements OnModuleDestroy {
  private readonly logger = new Logger(MessagesProcessor.name);

  constructor(
    private readonly sendAlert: SendAlert,
    private readonly deliverEmail: DeliverEmail,
  ) {
    super();
  }

  async process(job: Job): Promise<void> {
    const message = messageJob.parse({ ...job.data, name: job.name });
    switch (message.name) {
      case 'send_alert':
        await this.sendAlert.run(message.alertId);
        break;
      case 'deliver_email':
        await this.deliverEmail.run(message.emailId);
        break;
    }
  }

  /** Finishes what it holds before anything that it needs is closed. */
  async onModuleDestroy(): Promise<void> {
    await this.worker.close();
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    this.logger.error(error, `${job?.name ?? 'a job'} ${job?.id ?? ''}`);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn(`The queue of messages complains: ${error.message}`);
  }
}
