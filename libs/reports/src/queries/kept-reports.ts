import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { KpiReport } from '../rules/kpi-report';
import type { Period } from '../rules/report-request';

/** A report that a night kept. */
export interface KeptReport {
  readonly asAt: LocalDate;
  readonly computedAt: Date;
  readonly report: KpiReport;
}

/** The reports of a period that nights have kept, the oldest first, as at `since` or later. */
export function keptReports(tx: EntityManager, period: Period, since: LocalDate): Promise<KeptReport[]> {
  return rows<KeptReport>(
    tx,
    `SELECT as_at AS "asAt", computed_at AS "computedAt", report FROM kept_reports
      WHERE kind = 'kpi_year_to_date' AND period_from = $1 AND period_to = $2 AND as_at >= $3 ORDER BY as_at`,
    [period.from, period.to, since],
  );
}
