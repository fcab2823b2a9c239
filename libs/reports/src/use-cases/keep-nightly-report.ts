import { rows, system, Transactions } from '@app/database';
import { addDays, Clock, financialYearOf, localDateOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { ComputeKpiReport } from './compute-kpi-report';

const NIGHTLY = system('nightly-report');

/**
 * Computes the report of the financial year as at the day that has just ended, and keeps it, so that the analyst
 * sees how the figures moved. One report a day is kept, however often the night is worked through; what is kept
 * never changes. Returns whether this call kept one.
 */
@Injectable()
export class KeepNightlyReport {
  constructor(
    private readonly transactions: Transactions,
    private readonly computeKpiReport: ComputeKpiReport,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<{ readonly kept: boolean }> {
    const started = this.clock.now();
    const asAt = addDays(localDateOf(started), -1);
    const { from, to } = financialYearOf(asAt);
    const computed = await this.computeKpiReport.run(NIGHTLY, { from, to, asAt });
    if (!computed.ok) throw new Error(`The nightly report was refused: ${computed.refusal}`);
    const { report } = computed.value;
    const finished = this.clock.now();
    const added = await this.transactions.run(NIGHTLY, (tx) =>
      rows(
        tx,
        `INSERT INTO kept_reports (kind, period_from, period_to, as_at, definitions, report, computed_at, milliseconds)
         VALUES ('kpi_year_to_date', $1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind, period_from, period_to, as_at) DO NOTHING RETURNING id`,
        [from, to, asAt, report.definitions, JSON.stringify(report), finished, finished.getTime() - started.getTime()],
      ),
    );
    return { kept: added.length > 0 };
  }
}
