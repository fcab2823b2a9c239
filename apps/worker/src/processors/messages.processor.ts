import { SendAlert } from '@app/deadlines';
import { Complaints, MESSAGES } from '@app/jobs';
import { DeliverEmail } from '@app/notifications';
import { OnWorkerEvent, Processor } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { FinishingProcessor } from './finishing-processor';
import { messageJob } from './message-jobs';

/**
 * Alerts and mail. A worker that is killed is noticed within seconds: its lock on a job runs out, and another takes the job up
 * again, as often as that happens.
 */
@Processor(MESSAGES, { concurrency: 3, lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 100 })
export class MessagesProcessor extends FinishingProcessor {
  private readonly logger = new Logger(MessagesProcessor.name);
  private readonly complaints = new Complaints(this.logger, 'The queue of messages cannot be read');

  constructor(
    private readonly sendAlert: SendAlert,
    private readonly deliverEmail: DeliverEmail,
  ) {
    super();
  }

  protected async work(job: Job): Promise<void> {
    const message = messageJob.parse({ ...job.data, name: job.name });
    switch (message.name) {
      case 'send_alert':
        await this.alert(message.alertId);
        break;
      case 'deliver_email':
        await this.deliverEmail.run(message.emailId);
        break;
    }
  }

  private async alert(alertId: string): Promise<void> {
    const sent = await this.sendAlert.run(alertId);
    if (sent.ok && sent.value.told === 0) this.logger.warn('An alert was due, and there is nobody to be told: no officer and no hub manager.');
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    this.logger.error(error, `${job?.name ?? 'a job'} ${job?.id ?? ''}`);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.complaints.hear(error);
  }
}
