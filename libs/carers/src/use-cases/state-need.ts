import type { StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { actorName, insertRows, Transactions } from '@app/database';
import { Clock, newId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { NeedStated } from '../queries/need-and-offer';

/** Keeps newer or corrected numbers of children in care and fostering households; older ones stay. */
@Injectable()
export class StateNeed {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** States numbers from a day on; stated for a day that has some, they replace them from then on. */
  run(actor: StaffActor, stated: NeedStated): Promise<void> {
    return this.transactions.run(actor, async (tx) => {
      const now = this.clock.now();
      const id = newId();
      await insertRows(tx, 'care_need', [{ id, authority: stated.authority, holds_from: stated.holdsFrom, children_in_care: stated.children, fostering_households: stated.households, source: stated.source, recorded_at: now, recorded_by: actorName(actor) }]);
      await recordAudit(tx, actor, now, { action: 'need.state', subjectKind: 'settings', subjectId: id, authority: stated.authority });
    });
  }
}
