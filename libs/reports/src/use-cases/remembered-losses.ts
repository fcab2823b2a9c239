import type { CountedEnding, CountedStay } from '../queries/losses-of-a-period';
import type { SeenHistory } from '../queries/history-changes';
import type { LossDimension } from '../rules/losses';
import type { Cut, ReportRequest } from '../rules/report-request';
import { LastAsked } from './last-asked';

/** What was counted of the losses of a period in every authority, and what makes it untrue. */
export interface RememberedLosses {
  readonly cut: Cut;
  readonly seen: SeenHistory;
  /** Whether some journeys had moved since the cut: at a later cut they may have stood otherwise. */
  readonly someMovedSince: boolean;
  readonly endings: readonly CountedEnding[];
  readonly stays: readonly CountedStay[];
}

const MOST_QUESTIONS = 16;
/** Groups: about a hundred bytes each. */
const MOST_GROUPS = 150_000;

/** The losses that were asked for last, as they were counted: the curves that come of them are large and quickly made. */
export class LossesAskedFor {
  private readonly counted = new LastAsked<RememberedLosses>({ mostAnswers: MOST_QUESTIONS, mostWeight: MOST_GROUPS, weigh: ({ endings, stays }) => endings.length + stays.length });

  /** What was counted for this question, if time alone has not changed it. Whether the history has, is for the caller to ask. */
  recall(request: ReportRequest, dimension: LossDimension, cut: Cut): RememberedLosses | null {
    const remembered = this.counted.recall(keyOf(request, dimension));
    return remembered !== undefined && holdsAt(remembered, dimension, cut) ? remembered : null;
  }

  remember(request: ReportRequest, dimension: LossDimension, losses: RememberedLosses): void {
    this.counted.remember(keyOf(request, dimension), losses);
  }
}

const keyOf = ({ period: { from, to }, asAt, knownAt }: ReportRequest, dimension: LossDimension): string => [from, to, asAt, knownAt?.toISOString() ?? '', dimension].join(' ');

/** Whether an answer is late goes by due times, which pass without anything happening; all else waits for the history. */
function holdsAt({ cut: before, someMovedSince }: RememberedLosses, dimension: LossDimension, cut: Cut): boolean {
  if (cut.eventsBefore.getTime() === before.eventsBefore.getTime() && cut.dueBefore.getTime() === before.dueBefore.getTime()) return true;
  return dimension !== 'response' && cut.eventsBefore > before.eventsBefore && !someMovedSince;
}
