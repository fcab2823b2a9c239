import { may, type StaffActor, staffWhoMay } from '@app/access';
import { recordAudit } from '@app/audit';
import type { Council } from '@app/authorities';
import { actorName, affected, rows, Transactions } from '@app/database';
import { Clock, newId, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';

export type RecipientRefusal = 'not_allowed' | 'may_not_read_it';

/** Who keeps the lists: whoever signs reports off or comments on them puts anybody on; everybody takes themselves off. */
export const mayKeepList = (actor: StaffActor, authority: Council | null): boolean => may(actor, 'reports.sign', authority) || may(actor, 'reports.comment', authority);

/** Puts members of staff on the list of a report, and takes them off it. */
@Injectable()
export class KeepRecipients {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Refuses somebody who may not read the report. Who is on the list already stays. */
  add(actor: StaffActor, { authority, staffId }: { readonly authority: Council | null; readonly staffId: string }): Promise<Result<undefined, RecipientRefusal>> {
    return this.transactions.run(actor, async (tx) => {
      if (!mayKeepList(actor, authority)) return refused('not_allowed');
      if (!(await staffWhoMay(tx, 'reports.read', authority)).some((one) => one.staffId === staffId)) return refused('may_not_read_it');
      const now = this.clock.now();
      const added = await rows(tx, `INSERT INTO report_recipients (id, authority, staff_id, added_at, added_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING id`, [newId(), authority, staffId, now, actorName(actor)]);
      if (added.length > 0) await recordAudit(tx, actor, now, { action: 'report.recipient.add', subjectKind: 'report', subjectId: authority ?? 'hub', authority, detail: { staffId } });
      return ok();
    });
  }

  remove(actor: StaffActor, { authority, staffId }: { readonly authority: Council | null; readonly staffId: string }): Promise<Result<undefined, RecipientRefusal>> {
    return this.transactions.run(actor, async (tx) => {
      if (!mayKeepList(actor, authority) && staffId !== actor.staffId) return refused('not_allowed');
      const now = this.clock.now();
      await affected(tx, `UPDATE report_recipients SET removed_at = $3, removed_by = $4 WHERE authority IS NOT DISTINCT FROM $1 AND staff_id = $2 AND removed_at IS NULL`, [authority, staffId, now, actorName(actor)]);
      await recordAudit(tx, actor, now, { action: 'report.recipient.remove', subjectKind: 'report', subjectId: authority ?? 'hub', authority, detail: { staffId } });
      return ok();
    });
  }
}
