import { type Actor, system, Transactions } from '@app/database';
import { Clock, ok, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { someMovedSince } from '../queries/facts-from-history';
import { historyIsAsSeen, seenHistory } from '../queries/history-changes';
import { type CountedEnding, type CountedStay, endingsOfAPeriod, stageStaysOfAPeriod } from '../queries/losses-of-a-period';
import type { KpiQuestion } from '../rules/kpi-question';
import { comparable, lossDifferences, lossesByGroup, lossesOf, type LossDimension, type LossesOfGroup } from '../rules/losses';
import { type Cut, cutOf, reportRequest, type ReportRefusal, type ReportRequest } from '../rules/report-request';
import { timeInStages, type TimeInStage } from '../rules/time-in-stage';
import { authoritiesInReach } from './compute-kpi-report';
import { GroupsAskedFor, type ToldApartBy } from './remembered-losses';

/** Where the enquirers of a period were lost: all together, group by group, and stage by stage. */
export interface TracedLosses {
  readonly request: ReportRequest;
  readonly dimension: LossDimension;
  readonly all: LossesOfGroup;
  /** Those with most enquiries first. */
  readonly groups: readonly LossesOfGroup[];
  readonly compared: ReturnType<typeof lossDifferences>;
  readonly stages: readonly TimeInStage[];
  readonly computedAt: Date;
}

/**
 * Where the enquirers of a period were lost, by one dimension, in the authorities within the actor's reach. Counts as
 * the system, like the report, so that an authority's figures do not differ with who asks for them. What was counted last
 * is remembered for as long as no journey's history changes.
 */
@Injectable()
export class TraceLosses {
  private readonly endings = new GroupsAskedFor<CountedEnding>();
  private readonly stays = new GroupsAskedFor<CountedStay>();

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, question: KpiQuestion, dimension: LossDimension): Promise<Result<TracedLosses, ReportRefusal>> {
    const now = this.clock.now();
    const inReach = authoritiesInReach(actor);
    const asked = reportRequest(question, now, inReach);
    if (!asked.ok) return asked;
    const request = asked.value;
    const cut = cutOf(request.asAt, request.knownAt ?? now);
    const listed: readonly string[] = request.authority === null ? inReach : [request.authority];
    const counted = await this.transactions.read(system('losses'), async (tx) => ({
      endings: await rememberedOrCounted(tx, this.endings, request, cut, dimension, () => endingsOfAPeriod(tx, request, cut, dimension)),
      stays: await rememberedOrCounted(tx, this.stays, request, cut, 'stage', () => stageStaysOfAPeriod(tx, request, cut)),
    }));
    const endings = counted.endings.filter(({ authority }) => listed.includes(authority));
    const stays = counted.stays.filter(({ authority }) => listed.includes(authority));
    return ok({ request, dimension, all: lossesOf('all', endings), groups: lossesByGroup(endings), compared: lossDifferences(comparable(dimension, endings)), stages: timeInStages(stays), computedAt: now });
  }
}

/** What was counted before, while no journey's history has changed since; or counted now, and remembered. */
async function rememberedOrCounted<Group>(tx: EntityManager, askedFor: GroupsAskedFor<Group>, request: ReportRequest, cut: Cut, by: ToldApartBy, count: () => Promise<readonly Group[]>): Promise<readonly Group[]> {
  const recalled = askedFor.recall(request, by, cut);
  if (recalled !== null && (await historyIsAsSeen(tx, recalled.seen))) return recalled.groups;
  const remembered = { cut, seen: await seenHistory(tx), someMovedSince: await someMovedSince(tx, request, cut), groups: await count() };
  askedFor.remember(request, by, remembered);
  return remembered.groups;
}
