import { PublicationsModule } from '@app/publications';
import { Module } from '@nestjs/common';
import { ExportController } from './export/export.controller';
import { OwnFaultsController } from './quality/own-faults.controller';
import { QualityController } from './quality/quality.controller';
import { SavedReportsController } from './saved/saved-reports.controller';
import { YearController } from './year/year.controller';

/** What becomes of the figures: saved reports, the year, files, and what is wrong with the records. */
@Module({ imports: [PublicationsModule], controllers: [SavedReportsController, YearController, ExportController, QualityController, OwnFaultsController] })
export class PublicationPagesModule {}
