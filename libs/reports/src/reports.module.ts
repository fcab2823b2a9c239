import { Module } from '@nestjs/common';
import { ComputeKpiReport } from './use-cases/compute-kpi-report';
import { KeepNightlyReport } from './use-cases/keep-nightly-report';
import { StateTarget } from './use-cases/state-target';

const useCases = [ComputeKpiReport, KeepNightlyReport, StateTarget];

/** What the hub reaches, told from its history: KPIs, estimates, targets. */
@Module({ providers: useCases, exports: useCases })
export class ReportsModule {}
