export { aalenJohansen, logLogInterval, type EstimatedProbability, type IncidenceAt, type TimeCount } from './rules/aalen-johansen';
export { binomialLimits, binomialTails } from './rules/binomial-limits';
export {
  factsOfAuthorities,
  factsOfMonth,
  JOURNEY_ENDINGS,
  type ApprovalCount,
  type ContactCount,
  type CountedFacts,
  type EnquiryCount,
  type ExcludedCount,
  type JourneyEnding,
  type ResponseCount,
  type TimeToEndingCount,
} from './rules/counted-facts';
export { daysOnHold, type DaysOnHold } from './rules/days-on-hold';
export { DEFINITIONS, DEFINITIONS_VERSION, type Definition, meanTheSame } from './rules/definitions';
export { AS_IT_IS, type ApprovalForecast, expectedApprovals, forecastApprovals, type ForecastFacts, leverToReach, type WhatIf } from './rules/forecast/approval-forecast';
export { type CensoredQuantile, censoredQuantiles } from './rules/censored-quantiles';
export { approvalsThatCame, backTest, type BackTest, backTestOf, knownAtTheTime, type SimulatedHub, simulatedHub, testedForecasts } from './rules/forecast/back-test';
export { DRAWS_OF_THE_FIRST, LAST_BACK_TEST } from './rules/forecast/last-back-test';
export { type Levers, type YearForecast } from './rules/forecast/year-forecast';
export { type BasedValue, enoughToTell, type FigureNature, markedByChance } from './rules/enough-to-tell';
export { grayTest, type GrayTest, type GroupedTimeCount } from './rules/gray-test';
export { ESTIMATED_AT_DAYS, kpiBlock, type EstimatedConversion, type KpiBlock } from './rules/kpi-block';
export { kpiCsv } from './rules/kpi-csv';
export { EARLIEST, readKnownAt, readKpiQuestion, type KpiQuestion, type UnreadablePart, type WrittenKpiQuestion } from './rules/kpi-question';
export { kpiReport, type KpiMonth, type KpiReport } from './rules/kpi-report';
export { LEAVING_CAUSES, type LeavingAt, type LeavingCause, type Retention, retention, RETENTION_DAYS } from './rules/retention';
export { comparedAfterDays, curveUpTo, type GroupedEnding, isTold, LATEST_DAY, LOSS_DIMENSIONS, type LossDifference, lossDifferences, type LossDimension, lossesByGroup, type LossesAfter, lossesOf, type LossesOfGroup, MOST_COMPARED, type ResponseGroup, SMALL_GROUP, type ToldAfterDays } from './rules/losses';
export { mean, quantiles, type ValueCount } from './rules/quantile';
export {
  cutOf,
  monthsOf,
  REPORT_REFUSALS,
  reportRequest,
  type Cut,
  type Period,
  type ReportRefusal,
  type ReportRequest,
} from './rules/report-request';
export { countedUntil, impliedTargets, progress, shareOfYearPassed, type ImpliedTarget, type Progress, type StatedTargets } from './rules/targets';
export { type StageBeforeApproval, type TimeInStage, timeInStages } from './rules/time-in-stage';
export { wilsonInterval } from './rules/wilson';
export { type Bounds, type Signal, SIGNALS, xmrChart, type XmrChart, type XmrPoint } from './rules/xmr-chart';
export { forecastFacts } from './queries/forecast-facts';
export { type KeptForecast, monthlyForecasts, newestForecast } from './queries/kept-forecasts';
export { factsFromHistory } from './queries/facts-from-history';
export { eachMonthOfAPeriod, factsOfWeeks, type FactsHold } from './queries/facts-of-a-period';
export { keptReports, type KeptReport } from './queries/kept-reports';
export { counts } from './queries/standing-at-the-cut';
export { newestKeptNight } from './queries/newest-kept-night';
export { statedTargets, TARGET_MEASURES, targetHistory, type TargetsOfAYear, type TargetStatementOnRecord } from './queries/stated-targets';
export { ReportsModule } from './reports.module';
export { authoritiesInReach, type ComputedKpi, ComputeKpiReport } from './use-cases/compute-kpi-report';
export { KeepCountedMonths } from './use-cases/keep-counted-months';
export { ComputeQuarterlyFigures } from './use-cases/compute-quarterly-figures';
export { ComputeWeeklyFigures } from './use-cases/compute-weekly-figures';
export { FindFirstEnquiry } from './use-cases/find-first-enquiry';
export { type ForecastRefusal, ForecastYear } from './use-cases/forecast-year';
export { KeepForecasts } from './use-cases/keep-forecasts';
export { KeepNightlyReport } from './use-cases/keep-nightly-report';
export { TraceLosses, type TracedLosses } from './use-cases/trace-losses';
export { StateTarget, type TargetRefusal, type TargetStatement } from './use-cases/state-target';
