import { REPORTED_AUTHORITIES, type AuthorityCode } from '@app/authorities';
import { type Actor, system, Transactions } from '@app/database';
import { Clock, ok, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { factsOfAPeriod } from '../queries/facts-of-a-period';
import { historyIsAsSeen, seenHistory } from '../queries/history-changes';
import { factsOfAuthorities } from '../rules/counted-facts';
import type { CountedFacts } from '../rules/counted-facts';
import type { KpiQuestion } from '../rules/kpi-question';
import { inUtc, kpiByMonth, kpiReport } from '../rules/kpi-report';
import type { KpiMonth, KpiReport } from '../rules/kpi-report';
import { cutOf, reportRequest } from '../rules/report-request';
import type { Cut, ReportRefusal, ReportRequest } from '../rules/report-request';
import { RememberedReports } from './remembered-reports';
import type { RememberedReport } from './remembered-reports';

const COUNTING = system('kpi-report');

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
 *
 * What was counted last is remembered, and asked again whether it is still so: by the transactions that have changed a
 * journey's history since, and by the due times that have passed.
 */
@Injectable()
export class ComputeKpiReport {
  private readonly remembered = new RememberedReports();

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
    const remembered = await this.counted(request, cutOf(request.asAt, request.knownAt ?? now));
    const listed = request.authority === null ? inReach : [request.authority];
    const figures = remembered.figures.get(listed.join()) ?? figuresOf(request, remembered.facts, listed, now);
    remembered.figures.set(listed.join(), figures);
    return ok({ ...figures, report: { ...figures.report, generatedAt: inUtc(now) } });
  }

  /** The facts of all authorities: those that were counted before, while no journey's history has changed since. */
  private counted(request: ReportRequest, cut: Cut): Promise<RememberedReport> {
    return this.transactions.read(COUNTING, async (tx) => {
      const recalled = this.remembered.recall(request, cut);
      if (recalled !== null && (await historyIsAsSeen(tx, recalled.seen))) return recalled;
      const seen = await seenHistory(tx);
      const report = { ...(await factsOfAPeriod(tx, request, cut)), cut, seen, figures: new Map() };
      this.remembered.remember(request, report);
      return report;
    });
  }
}

function figuresOf(request: ReportRequest, counted: CountedFacts, listed: readonly string[], now: Date): ComputedKpi {
  const facts = factsOfAuthorities(counted, listed);
  return { report: kpiReport(request, facts, listed, now), months: kpiByMonth(request.period, facts), facts };
}
