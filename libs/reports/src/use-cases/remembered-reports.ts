import type { FactsHold } from '../queries/facts-of-a-period';
import type { SeenHistory } from '../queries/history-changes';
import type { CountedFacts } from '../rules/counted-facts';
import type { Cut, ReportRequest } from '../rules/report-request';
import { LastAsked } from './last-asked';

/** What was computed of one question for the authorities that were listed, and what makes it untrue. */
export interface RememberedReport<Computed> extends FactsHold {
  readonly cut: Cut;
  readonly seen: SeenHistory;
  readonly computed: Computed;
}

const MOST_REPORTS = 32;
/** Groups of facts: about a hundred bytes each. */
const MOST_GROUPS = 300_000;

/** The reports that were asked for last, each for the authorities that were listed, and no others. */
export class RememberedReports<Computed extends { readonly facts: CountedFacts }> {
  private readonly reports = new LastAsked<RememberedReport<Computed>>({ mostAnswers: MOST_REPORTS, mostWeight: MOST_GROUPS, weigh: ({ computed }) => groupsIn(computed.facts) });

  /** What was computed for this question, if time alone has not changed the answer. Whether the history has, is for the caller to ask. */
  recall(request: ReportRequest, listed: readonly string[], cut: Cut): RememberedReport<Computed> | null {
    const remembered = this.reports.recall(keyOf(request, listed));
    return remembered !== undefined && holdsAt(remembered, cut) ? remembered : null;
  }

  remember(request: ReportRequest, listed: readonly string[], report: RememberedReport<Computed>): void {
    this.reports.remember(keyOf(request, listed), report);
  }
}

const keyOf = ({ period: { from, to }, asAt, knownAt }: ReportRequest, listed: readonly string[]): string => [from, to, asAt, knownAt?.toISOString() ?? '', ...listed].join(' ');

function holdsAt({ cut: before, nextDueAt, someMovedSince }: RememberedReport<unknown>, cut: Cut): boolean {
  if (cut.eventsBefore.getTime() === before.eventsBefore.getTime() && cut.dueBefore.getTime() === before.dueBefore.getTime()) return true;
  return cut.eventsBefore > before.eventsBefore && cut.dueBefore >= before.dueBefore && !someMovedSince && (nextDueAt === null || cut.dueBefore <= nextDueAt);
}

const groupsIn = (facts: CountedFacts): number => Object.values(facts).map((groups: readonly unknown[]) => groups.length).reduce((sum, groups) => sum + groups, 0);
