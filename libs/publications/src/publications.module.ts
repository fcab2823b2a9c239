import { ReportsModule } from '@app/reports';
import { Module } from '@nestjs/common';
import { SignReportOff, WriteCommentary } from './use-cases/comment-and-sign';
import { CountOfstedYear } from './use-cases/count-ofsted-year';
import { ExportFigures } from './use-cases/export-figures';
import { KeepRecipients } from './use-cases/keep-recipients';
import { PrepareExport } from './use-cases/prepare-export';
import { SaveReports } from './use-cases/save-reports';

const useCases = [SaveReports, WriteCommentary, SignReportOff, KeepRecipients, CountOfstedYear, PrepareExport, ExportFigures];

/** What becomes of the figures: reports that are saved and signed, files that leave the hub, the year as others count it. */
@Module({ imports: [ReportsModule], providers: useCases, exports: useCases })
export class PublicationsModule {}
