import type { SeenHistory } from '../queries/history-changes';
import type { LossDimension } from '../rules/losses';
import type { Cut, ReportRequest } from '../rules/report-request';
import { LastAsked } from './last-asked';

/** What was counted of a period in every authority, and what makes it untrue. */
export interface RememberedGroups<Group> {
  readonly cut: Cut;
  readonly seen: SeenHistory;
  /** Whether some journeys had moved since the cut: at a later cut they may have stood otherwise. */
  readonly someMovedSince: boolean;
  readonly groups: readonly Group[];
}

/** By what groups are told apart; stays in stages are the same whatever enquiries are told apart by. */
export type ToldApartBy = LossDimension | 'stage';

const MOST_QUESTIONS = 16;
/** Of about a hundred bytes each. */
const MOST_GROUPS = 75_000;

/** What was asked for last, as it was counted: the curves that come of it are large and quickly made. */
export class GroupsAskedFor<Group> {
  private readonly counted = new LastAsked<RememberedGroups<Group>>({ mostAnswers: MOST_QUESTIONS, mostWeight: MOST_GROUPS, weigh: ({ groups }) => groups.length });

  /** What was counted for this question, if time alone has not changed it. Whether the history has, is for the caller to ask. */
  recall(request: ReportRequest, by: ToldApartBy, cut: Cut): RememberedGroups<Group> | null {
    const remembered = this.counted.recall(keyOf(request, by));
    return remembered !== undefined && holdsAt(remembered, by, cut) ? remembered : null;
  }

  remember(request: ReportRequest, by: ToldApartBy, groups: RememberedGroups<Group>): void {
    this.counted.remember(keyOf(request, by), groups);
  }
}

const keyOf = ({ period: { from, to }, asAt, knownAt }: ReportRequest, by: ToldApartBy): string => [from, to, asAt, knownAt?.toISOString() ?? '', by].join(' ');

/** Whether an answer is late goes by due times, which pass without anything happening; all else waits for the history. */
function holdsAt({ cut: before, someMovedSince }: RememberedGroups<unknown>, by: ToldApartBy, cut: Cut): boolean {
  if (cut.eventsBefore.getTime() === before.eventsBefore.getTime() && cut.dueBefore.getTime() === before.dueBefore.getTime()) return true;
  return by !== 'response' && cut.eventsBefore > before.eventsBefore && !someMovedSince;
}
