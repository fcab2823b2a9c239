import type { StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { actorName, rows, Transactions } from '@app/database';
import { Clock, newId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { NeedStated } from '../queries/need-and-offer';

/** Keeps newer numbers of children in care and fostering households; older ones stay. */
@Injectable()
export class StateNeed {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** False when numbers of this authority hold from that day already. */
  run(actor: StaffActor, stated: NeedStated): Promise<boolean> {
    return this.transactions.run(actor, async (tx) => {
      const now = this.clock.now();
      const id = newId();
      const kept = await rows(
        tx,
        `INSERT INTO care_need (id, authority, holds_from, children_in_care, fostering_households, source, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (authority, holds_from) DO NOTHING RETURNING id`,
        [id, stated.authority, stated.holdsFrom, stated.children, stated.households, stated.source, now, actorName(actor)],
      );
      if (kept.length === 0) return false;
      await recordAudit(tx, actor, now, { action: 'need.state', subjectKind: 'settings', subjectId: id, authority: stated.authority });
      return true;
    });
  }
}
