import { REPORTED_AUTHORITIES, type AuthorityCode } from '@app/authorities';
import { type Actor, system, Transactions } from '@app/database';
import { Clock, ok, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { eachMonthOfAPeriod } from '../queries/facts-of-a-period';
import { historyIsAsSeen, seenHistory } from '../queries/history-changes';
import { factsOfAuthorities } from '../rules/counted-facts';
import type { CountedFacts } from '../rules/counted-facts';
import type { KpiQuestion } from '../rules/kpi-question';
import { FactsWithoutMonths } from '../rules/facts-without-months';
import { kpiBlock } from '../rules/kpi-block';
import { inUtc, kpiReport } from '../rules/kpi-report';
import type { KpiMonth, KpiReport } from '../rules/kpi-report';
import { cutOf, reportRequest } from '../rules/report-request';
import type { ReportRefusal, ReportRequest } from '../rules/report-request';
import { RememberedReports } from './remembered-reports';

const COUNTING = system('kpi-report');

/** A report, the same figures month by month, and the groups behind them for who draws them. */
export interface ComputedKpi {
  readonly report: KpiReport;
  readonly months: readonly KpiMonth[];
  /** Of the authorities in the report only, whatever month they are of. */
  readonly facts: CountedFacts;
}

/** The authorities whose figures an actor may see, in the order of the reports. */
export function authoritiesInReach(actor: Actor): readonly AuthorityCode[] {
  if (actor.kind === 'system') return REPORTED_AUTHORITIES;
  if (actor.kind !== 'staff') return [];
  const { figures } = actor;
  return figures === 'hub' ? REPORTED_AUTHORITIES : REPORTED_AUTHORITIES.filter((code) => figures.includes(code));
}

/**
 * The KPI report of a period, as the actor may see it. An authority that is out of reach is refused like one that
 * there is not.
 *
 * Counting reads the whole history as the system, and only groups leave this use case, cut down to the
 * authorities in reach: the row-level policies go by the authority that a journey has now, and a report goes by
 * the one it had at the cut, so that a council's figures would otherwise differ with who asks for them.
 *
 * What was counted last is remembered, and asked again whether it is still so: by the transactions that have changed a
 * journey's history since, and by the due times that have passed.
 */
@Injectable()
export class ComputeKpiReport {
  private readonly remembered = new RememberedReports<ComputedKpi>();

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, question: KpiQuestion): Promise<Result<ComputedKpi, ReportRefusal>> {
    const now = this.clock.now();
    const inReach = authoritiesInReach(actor);
    const asked = reportRequest(question, now, inReach);
    if (!asked.ok) return asked;
    const request = asked.value;
    const listed = request.authority === null ? inReach : [request.authority];
    const computed = await this.computed(request, listed, now);
    return ok({ ...computed, report: { ...computed.report, generatedAt: inUtc(now) } });
  }

  /** Computes what was asked, or recalls it while no journey's history has changed since. */
  private computed(request: ReportRequest, listed: readonly string[], now: Date): Promise<ComputedKpi> {
    const cut = cutOf(request.asAt, request.knownAt ?? now);
    return this.transactions.read(COUNTING, async (tx) => {
      const recalled = this.remembered.recall(request, listed, cut);
      if (recalled !== null && (await historyIsAsSeen(tx, recalled.seen))) return recalled.computed;
      const months: KpiMonth[] = [];
      const sum = new FactsWithoutMonths();
      const holds = await eachMonthOfAPeriod(tx, request, cut, (period, counted) => {
        const ofListed = listed.length === REPORTED_AUTHORITIES.length ? counted : factsOfAuthorities(counted, listed);
        months.push({ period, block: kpiBlock(ofListed) });
        sum.add(ofListed);
      });
      const facts = sum.facts();
      const computed = { report: kpiReport(request, facts, listed, now), months, facts };
      this.remembered.remember(request, listed, { ...holds, cut, seen: await seenHistory(tx), computed });
      return computed;
    });
  }
}
