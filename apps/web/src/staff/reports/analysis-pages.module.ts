import { ReportsModule } from '@app/reports';
import { Module } from '@nestjs/common';
import { AuthoritiesController } from './authorities/authorities.controller';
import { ForecastController } from './forecast/forecast.controller';
import { LossesController } from './losses/losses.controller';
import { SeriesController } from './series/series.controller';

/** What the figures tell of what to do: change from chance, where families are lost, and what the year will come to. */
@Module({ imports: [ReportsModule], controllers: [SeriesController, AuthoritiesController, LossesController, ForecastController] })
export class AnalysisPagesModule {}
