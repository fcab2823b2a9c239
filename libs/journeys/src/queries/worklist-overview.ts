import type { EntityManager } from 'typeorm';
import { MOST_TEXT_MATCHES, openJourneysMatching } from './open-journeys-matching';
import { worklist, type WorklistPage } from './worklist';
import type { WorklistReader } from './worklist-conditions';
import { worklistCounts, type WorklistCounts } from './worklist-counts';
import type { WorklistFilters, WorklistGroup } from './worklist-filters';

/** The groups of the first page, and how many rows each shows of itself there. */
const SHOWN_AT_FIRST = { overdue: 20, today: 20, back: 10, next: 10, waiting: 10 } as const satisfies Partial<Record<WorklistGroup, number>>;

export interface WorklistOverview {
  readonly counts: WorklistCounts;
  /** The groups that have anybody in them, in the order in which they are shown. */
  readonly groups: readonly { readonly group: WorklistGroup; readonly page: WorklistPage }[];
  /** The text fits so many families that only those due first were looked at. */
  readonly textFitsTooMany: boolean;
}

/** The worklist as it opens: the top of every group, and how many there are. One group alone, a longer part of it. */
export async function worklistOverview(tx: EntityManager, reader: WorklistReader, filters: WorklistFilters): Promise<WorklistOverview> {
  const among = await openJourneysMatching(tx, filters.text ?? '');
  const counts = await worklistCounts(tx, reader, filters, among);
  const groups: { group: WorklistGroup; page: WorklistPage }[] = [];
  for (const group of ['overdue', 'today', 'back', 'next', 'waiting'] as const) {
    if (counts.groups[group] > 0) groups.push({ group, page: await worklist(tx, reader, { group, filters, among, atMost: SHOWN_AT_FIRST[group] }) });
  }
  return { counts, groups, textFitsTooMany: among !== null && among.length >= MOST_TEXT_MATCHES };
}
