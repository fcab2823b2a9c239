import { type Actor, system, Transactions } from '@app/database';
import { Clock, localDateOf, ok, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { eachMonthOfAPeriod } from '../queries/facts-of-a-period';
import { factsOfAuthorities } from '../rules/counted-facts';
import { FactsWithoutMonths } from '../rules/facts-without-months';
import { kpiBlock } from '../rules/kpi-block';
import type { KpiMonth } from '../rules/kpi-report';
import { cutOf, quartersBefore, reportRequest } from '../rules/report-request';
import type { ReportRefusal } from '../rules/report-request';
import { authoritiesInReach } from './compute-kpi-report';

/**
 * The figures of the last whole quarters, each as the report of that quarter gives them now, in the authorities within the
 * actor's reach: its months added up. Counts as the system, like the report.
 */
@Injectable()
export class ComputeQuarterlyFigures {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, { quarters, authority }: { readonly quarters: number; readonly authority: string | null }): Promise<Result<readonly KpiMonth[], ReportRefusal>> {
    const now = this.clock.now();
    const inReach = authoritiesInReach(actor);
    const sums = quartersBefore(localDateOf(now), quarters).map((period) => ({ period, facts: new FactsWithoutMonths() }));
    const [first, last] = [sums[0], sums.at(-1)];
    if (first === undefined || last === undefined) return ok([]);
    const asked = reportRequest({ from: first.period.from, to: last.period.to, authority }, now, inReach);
    if (!asked.ok) return asked;
    const listed = authority === null ? inReach : [authority];
    await this.transactions.read(system('quarterly-figures'), (tx) => eachMonthOfAPeriod(tx, asked.value, cutOf(asked.value.asAt, now), (month, facts) => {
      sums.find(({ period }) => month.to <= period.to)?.facts.add(factsOfAuthorities(facts, listed));
    }));
    return ok(sums.map(({ period, facts }) => ({ period, block: kpiBlock(facts.facts()) })));
  }
}
