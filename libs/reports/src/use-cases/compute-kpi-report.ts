import { REPORTED_AUTHORITIES, type AuthorityCode } from '@app/authorities';
import { type Actor, system, Transactions } from '@app/database';
import { Clock, ok, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { factsOfAPeriod } from '../queries/facts-of-a-period';
import { factsOfAuthorities } from '../rules/counted-facts';
import type { CountedFacts } from '../rules/counted-facts';
import type { KpiQuestion } from '../rules/kpi-question';
import { kpiByMonth, kpiReport } from '../rules/kpi-report';
import type { KpiMonth, KpiReport } from '../rules/kpi-report';
import { cutOf, reportRequest } from '../rules/report-request';
import type { ReportRefusal } from '../rules/report-request';

/** A report, the same figures month by month, and the groups behind them for who draws them. */
export interface ComputedKpi {
  readonly report: KpiReport;
  readonly months: readonly KpiMonth[];
  /** Of the authorities in the report only. */
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
 */
@Injectable()
export class ComputeKpiReport {
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
    const cut = cutOf(request.asAt, request.knownAt ?? now);
    const counted = await this.transactions.read(system('kpi-report'), (tx) => factsOfAPeriod(tx, request, cut));
    const listed = request.authority === null ? inReach : [request.authority];
    const facts = factsOfAuthorities(counted, listed);
    return ok({ report: kpiReport(request, facts, listed, now), months: kpiByMonth(request.period, facts), facts });
  }
}
