import { covers, endMembership, grants, type LeaveRefusal, type StaffActor, staffMember } from '@app/access';
import { recordAudit } from '@app/audit';
import type { AuthorityCode } from '@app/authorities';
import { rows, system, Transactions } from '@app/database';
import { Clock, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordEvents, recordTimeline } from '../persistence/history';
import { updateJourney } from '../persistence/journey-record';

/** Why somebody did not leave. */
export type LeaveStaffRefusal = LeaveRefusal | 'not_permitted' | 'no_such_colleague';

/** What became of the families: with the colleague, or with nobody, for the queue. */
export interface HandedOver {
  readonly toColleague: number;
  readonly toQueue: number;
}

interface HeldJourney {
  readonly id: string;
  readonly authority: AuthorityCode;
  readonly officerId: string | null;
  readonly socialWorkerId: string | null;
}

class NotLeaving extends Error {
  constructor(readonly refusal: LeaveStaffRefusal) {
    super(refusal);
  }
}

/**
 * Somebody leaves: their open families go to a colleague who may work with them, else to nobody (the queue), and their
 * roles, sessions and sign-in end, all in one transaction. An administrator does this and sees no family by it: the
 * hand-over runs as the system, in the administrator's name.
 */
@Injectable()
export class LeaveStaff {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** How many open families somebody has. */
  async familiesOf(staffId: string): Promise<number> {
    return this.transactions.read(system('handover'), async (tx) => (await heldJourneys(tx, staffId)).length);
  }

  async run(actor: StaffActor, asked: { readonly staffId: string; readonly to: string | null }): Promise<Result<HandedOver, LeaveStaffRefusal>> {
    if (!actor.roles.some((held) => grants(held, 'staff.manage'))) return refused('not_permitted');
    try {
      return ok(await this.transactions.run(system('handover'), (tx) => this.leave(tx, actor, asked)));
    } catch (error) {
      if (error instanceof NotLeaving) return refused(error.refusal);
      throw error;
    }
  }

  private async leave(tx: EntityManager, actor: StaffActor, { staffId, to }: { readonly staffId: string; readonly to: string | null }): Promise<HandedOver> {
    const now = this.clock.now();
    const leaver = await staffMember(tx, staffId);
    if (!leaver) throw new NotLeaving('no_such_person');
    const colleague = to === null ? null : await staffMember(tx, to);
    if (to !== null && (colleague?.state !== 'active' || to === staffId)) throw new NotLeaving('no_such_colleague');
    const refusal = await endMembership(tx, actor, now, staffId);
    if (refusal) throw new NotLeaving(refusal);
    let toColleague = 0;
    const journeys = await heldJourneys(tx, staffId, 'FOR UPDATE');
    for (const journey of journeys) {
      const takes = colleague?.roles.some((held) => grants(held, 'journeys.work') && covers(held, journey.authority)) === true;
      const successor = takes ? to : null;
      const officerId = journey.officerId === staffId ? successor : journey.officerId;
      const socialWorkerId = journey.socialWorkerId === staffId ? successor : journey.socialWorkerId;
      await updateJourney(tx, journey.id, { officer_id: officerId, social_worker_id: socialWorkerId });
      await recordEvents(tx, actor, now, journey.id, [{ kind: 'assigned', at: now, detail: { officerId, socialWorkerId } }]);
      const title = takes ? `Handed over from ${leaver.name} to ${colleague.name}` : `${leaver.name} left: to be assigned`;
      await recordTimeline(tx, actor, now, journey.id, [{ kind: 'handover', at: now, title }]);
      await recordAudit(tx, actor, now, { action: 'journey.hand_over', subjectKind: 'journey', subjectId: journey.id, authority: journey.authority, detail: { from: staffId, to: successor } });
      if (takes) toColleague += 1;
    }
    return { toColleague, toQueue: journeys.length - toColleague };
  }
}

function heldJourneys(tx: EntityManager, staffId: string, lock: '' | 'FOR UPDATE' = ''): Promise<HeldJourney[]> {
  return rows<HeldJourney>(
    tx,
    `SELECT id, authority, officer_id AS "officerId", social_worker_id AS "socialWorkerId" FROM journeys
      WHERE status IN ('open', 'on_hold') AND (officer_id = $1 OR social_worker_id = $1) ORDER BY id ${lock}`,
    [staffId],
  );
}
