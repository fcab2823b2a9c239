import type { SeenHistory } from '../queries/history-changes';
import type { FactsOfAPeriod } from '../queries/facts-of-a-period';
import type { KpiMonth, KpiReport } from '../rules/kpi-report';
import type { Cut, ReportRequest } from '../rules/report-request';
import type { CountedFacts } from '../rules/counted-facts';

/** What was computed of one question: its facts, and the figures by the authorities that were listed. */
export interface RememberedReport extends FactsOfAPeriod {
  readonly cut: Cut;
  readonly seen: SeenHistory;
  readonly figures: Map<string, { readonly report: KpiReport; readonly months: readonly KpiMonth[]; readonly facts: CountedFacts }>;
}

const MOST_REPORTS = 8;
/** Groups of facts: about a hundred bytes each. */
const MOST_GROUPS = 700_000;

/** The reports that were asked for last, while nothing makes them untrue. Of all authorities: whoever asks is shown theirs. */
export class RememberedReports {
  private readonly reports = new Map<string, RememberedReport>();

  /** What was computed for this question, if time alone has not changed the answer. Whether the history has, is for the caller to ask. */
  recall(request: ReportRequest, cut: Cut): RememberedReport | null {
    const remembered = this.reports.get(keyOf(request));
    return remembered !== undefined && holdsAt(remembered, cut) ? remembered : null;
  }

  remember(request: ReportRequest, report: RememberedReport): void {
    this.forget(request);
    this.reports.set(keyOf(request), report);
    for (const [key] of this.reports) {
      const groups = [...this.reports.values()].reduce((sum, { facts }) => sum + groupsIn(facts), 0);
      if (this.reports.size <= MOST_REPORTS && groups <= MOST_GROUPS) break;
      this.reports.delete(key);
    }
  }

  forget(request: ReportRequest): void {
    this.reports.delete(keyOf(request));
  }
}

/** The facts are of all authorities, so that which one is asked for makes no difference. */
const keyOf = ({ period: { from, to }, asAt, knownAt }: ReportRequest): string => [from, to, asAt, knownAt?.toISOString() ?? ''].join(' ');

function holdsAt({ cut: before, nextDueAt, someMovedSince }: RememberedReport, cut: Cut): boolean {
  if (cut.eventsBefore.getTime() === before.eventsBefore.getTime() && cut.dueBefore.getTime() === before.dueBefore.getTime()) return true;
  return cut.eventsBefore > before.eventsBefore && cut.dueBefore >= before.dueBefore && !someMovedSince && (nextDueAt === null || cut.dueBefore <= nextDueAt);
}

const groupsIn = (facts: CountedFacts): number => Object.values(facts).map((groups: readonly unknown[]) => groups.length).reduce((sum, groups) => sum + groups, 0);
