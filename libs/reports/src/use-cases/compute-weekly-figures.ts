import { type Actor, system, Transactions } from '@app/database';
import { Clock, localDateOf, ok, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { factsOfWeeks } from '../queries/facts-of-a-period';
import { factsOfAuthorities, NO_FACTS } from '../rules/counted-facts';
import { kpiBlock } from '../rules/kpi-block';
import type { KpiMonth } from '../rules/kpi-report';
import { cutOf, reportRequest, weeksBefore } from '../rules/report-request';
import type { ReportRefusal } from '../rules/report-request';
import { authoritiesInReach } from './compute-kpi-report';

/**
 * The figures of the last whole weeks, each as the report of that week gives them now, in the authorities within the actor's
 * reach. Counts as the system, like the report.
 */
@Injectable()
export class ComputeWeeklyFigures {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, { weeks, authority }: { readonly weeks: number; readonly authority: string | null }): Promise<Result<readonly KpiMonth[], ReportRefusal>> {
    const now = this.clock.now();
    const inReach = authoritiesInReach(actor);
    const periods = weeksBefore(localDateOf(now), weeks);
    const [first, last] = [periods[0], periods.at(-1)];
    if (first === undefined || last === undefined) return ok([]);
    const asked = reportRequest({ from: first.from, to: last.to, authority }, now, inReach);
    if (!asked.ok) return asked;
    const counted = await this.transactions.read(system('weekly-figures'), (tx) => factsOfWeeks(tx, periods, asked.value, cutOf(asked.value.asAt, now)));
    const listed = authority === null ? inReach : [authority];
    return ok(periods.map((period) => ({ period, block: kpiBlock(factsOfAuthorities(counted.get(period.from) ?? NO_FACTS, listed)) })));
  }
}
