import { Module } from '@nestjs/common';
import { ComputeKpiReport } from './use-cases/compute-kpi-report';
import { KeepCountedMonths } from './use-cases/keep-counted-months';
import { ComputeQuarterlyFigures } from './use-cases/compute-quarterly-figures';
import { ComputeWeeklyFigures } from './use-cases/compute-weekly-figures';
import { FindFirstEnquiry } from './use-cases/find-first-enquiry';
import { ForecastYear } from './use-cases/forecast-year';
import { KeepForecasts } from './use-cases/keep-forecasts';
import { KeepNightlyReport } from './use-cases/keep-nightly-report';
import { StateTarget } from './use-cases/state-target';
import { TraceLosses } from './use-cases/trace-losses';

const useCases = [ComputeKpiReport, ComputeQuarterlyFigures, ComputeWeeklyFigures, FindFirstEnquiry, KeepCountedMonths, ForecastYear, KeepForecasts, KeepNightlyReport, StateTarget, TraceLosses];

/** What the hub reaches, told from its history: KPIs, estimates, targets. */
@Module({ providers: useCases, exports: useCases })
export class ReportsModule {}
