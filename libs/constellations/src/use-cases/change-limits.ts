import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { brokenRule } from '@app/carers';
import { actorName, insertRows, rows, Transactions } from '@app/database';
import { Clock, localDateOf, newId, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { DatedLimit } from '../queries/limit-history';

/** Why a limit was not taken; the last two say that constellations stand against it on that day or later. */
export type LimitRefusal = 'not_permitted' | 'not_before_today' | 'already_set_from_that_date' | 'constellations_have_more' | 'hub_homes_have_fewer';
const HELD_BY_POSTGRESQL = ['constellations_have_more', 'hub_homes_have_fewer'] as const;

/** Sets a limit of constellations from a day on, today or later. What held before is never changed. */
@Injectable()
export class ChangeConstellationLimits {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: StaffActor, { rule, authority, holdsFrom, amount, source }: DatedLimit): Promise<Result<undefined, LimitRefusal>> {
    const now = this.clock.now();
    if (!may(actor, 'settings.manage')) return refused('not_permitted');
    if (holdsFrom < localDateOf(now)) return refused('not_before_today');
    try {
      return await this.transactions.run(actor, async (tx): Promise<Result<undefined, LimitRefusal>> => {
        // Whoever sets the same limit for the same day at the same moment waits, and is refused.
        await tx.query(`SELECT pg_advisory_xact_lock(hashtext('constellation_limits'))`);
        const same = await rows(tx, 'SELECT 1 FROM constellation_limits WHERE rule = $1 AND authority IS NOT DISTINCT FROM $2 AND holds_from = $3', [rule, authority, holdsFrom]);
        if (same.length > 0) return refused('already_set_from_that_date');
        const id = newId();
        await insertRows(tx, 'constellation_limits', [{ id, rule, authority, holds_from: holdsFrom, amount, source, recorded_at: now, recorded_by: actorName(actor) }]);
        await recordAudit(tx, actor, now, { action: 'constellation_limit.add', subjectKind: 'settings', subjectId: id, detail: { rule, authority, holdsFrom, amount } });
        return ok();
      });
    } catch (error) {
      const broken = HELD_BY_POSTGRESQL.find((each) => each === brokenRule(error));
      if (broken) return refused(broken);
      throw error;
    }
  }
}
