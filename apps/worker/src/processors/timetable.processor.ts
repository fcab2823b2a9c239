import { ForgetExpiredSignIns } from '@app/access';
import { EnquiryDrafts } from '@app/enquiries';
import { TIMETABLE } from '@app/jobs';
import { KeepNightlyReport } from '@app/reports';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Job } from 'bullmq';
import { z } from 'zod';
import { TIMETABLE_ENTRIES, type TimetableJob } from '../timetable';

const timetableJob = z.enum(TIMETABLE_ENTRIES.map(({ job }) => job));

/** What the timetable asks for, one at a time. */
@Processor(TIMETABLE, { concurrency: 1, lockDuration: 60_000, stalledInterval: 15_000, maxStalledCount: 5 })
export class TimetableProcessor extends WorkerHost implements OnModuleDestroy {
  private readonly logger = new Logger(TimetableProcessor.name);
  private readonly work: Readonly<Record<TimetableJob, () => Promise<unknown>>>;

  constructor(keepNightlyReport: KeepNightlyReport, drafts: EnquiryDrafts, forgetExpiredSignIns: ForgetExpiredSignIns) {
    super();
    this.work = {
      keep_nightly_report: () => keepNightlyReport.run(),
      delete_expired_drafts: () => drafts.deleteExpired(),
      forget_expired_sign_ins: () => forgetExpiredSignIns.run(),
    };
  }

  async process(job: Job): Promise<void> {
    await this.work[timetableJob.parse(job.name)]();
  }

  /** Finishes what it holds before anything that it needs is closed. */
  async onModuleDestroy(): Promise<void> {
    await this.worker.close();
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    this.logger.error(error, job?.name ?? 'a job');
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn(`The timetable complains: ${error.message}`);
  }
}
