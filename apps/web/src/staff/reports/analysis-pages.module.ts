import { ReportsModule } from '@app/reports';
import { Module } from '@nestjs/common';
import { LossesController } from './losses/losses.controller';
import { SeriesController } from './series/series.controller';

/** What the figures tell of what to do: change from chance, and where families are lost. */
@Module({ imports: [ReportsModule], controllers: [SeriesController, LossesController] })
export class AnalysisPagesModule {}
