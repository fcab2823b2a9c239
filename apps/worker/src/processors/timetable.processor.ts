import { ForgetExpiredSignIns } from '@app/access';
import { OpenFile } from '@app/assessments';
import { TellOfReviews } from '@app/carers';
import { ScanDocuments, SweepFiles } from '@app/documents';
import { EnquiryDrafts, TellOfHeld } from '@app/enquiries';
import { Complaints, TIMETABLE } from '@app/jobs';
import { LookThroughRecords } from '@app/journeys';
import { SaveReports } from '@app/publications';
import { KeepCountedMonths, KeepForecasts, KeepNightlyReport } from '@app/reports';
import { OnWorkerEvent, Processor } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { z } from 'zod';
import { FinishingProcessor } from './finishing-processor';
import { TIMETABLE_ENTRIES, type TimetableJob } from '../timetable';

const timetableJob = z.enum(TIMETABLE_ENTRIES.map(({ job }) => job));

/** What the timetable asks for, one at a time. */
@Processor(TIMETABLE, { concurrency: 1, lockDuration: 60_000, stalledInterval: 15_000, maxStalledCount: 5 })
export class TimetableProcessor extends FinishingProcessor {
  private readonly logger = new Logger(TimetableProcessor.name);
  private readonly complaints = new Complaints(this.logger, 'The timetable cannot be read');
  private readonly useCases: Readonly<Record<TimetableJob, () => Promise<unknown>>>;

  constructor(keepNightlyReport: KeepNightlyReport, keepCountedMonths: KeepCountedMonths, saveReports: SaveReports, keepForecasts: KeepForecasts, drafts: EnquiryDrafts, tellOfHeld: TellOfHeld, forgetExpiredSignIns: ForgetExpiredSignIns, tellOfReviews: TellOfReviews, scanDocuments: ScanDocuments, sweepFiles: SweepFiles, openFile: OpenFile, lookThroughRecords: LookThroughRecords) {
    super();
    this.useCases = {
      keep_nightly_report: () => keepNightlyReport.run(),
      keep_counted_months: () => keepCountedMonths.run(),
      save_reports: () => saveReports.run(),
      keep_forecasts: () => keepForecasts.run(),
      delete_expired_drafts: () => drafts.deleteExpired(),
      tell_of_held: () => tellOfHeld.run(),
      forget_expired_sign_ins: () => forgetExpiredSignIns.run(),
      look_through_records: () => lookThroughRecords.run(),
      open_assessments: () => openFile.openWaiting(),
      tell_of_reviews: () => tellOfReviews.run(),
      scan_waiting_documents: () => scanDocuments.waiting(),
      sweep_files: () => sweepFiles.run(),
    };
  }

  protected async work(job: Job): Promise<void> {
    await this.useCases[timetableJob.parse(job.name)]();
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    this.logger.error(error, job?.name ?? 'a job');
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.complaints.hear(error);
  }
}
