import { may } from '@app/access';
import { recordAudit } from '@app/audit';
import { AUTHORITY_NAMES } from '@app/authorities';
import { actorName, insertRows, rows, Transactions } from '@app/database';
import type { ChangingActor } from '@app/journeys';
import { Clock, type LocalDate, localDateOf, newId, ok, refused, type Result } from '@app/kernel';
import { queueEmail } from '@app/notifications';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { panelMovedEmail } from '../emails/panel-moved.email';
import type { AnyBlocker } from './assessment-changes';
import { loadPanel, type Panel, papersDueOn } from './run-panel';

/** Where and when a panel meets from now on. */
interface NewMeeting {
  readonly meetsAt: Date;
  readonly place: string;
}

/**
 * Moves a panel that is arranged to another time or place. The papers' day is counted back anew: papers that are out stay with the
 * members, as long as they went out in time for the new day. The members read it on the panel's page, and are told by mail.
 */
@Injectable()
export class MovePanel {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  run(actor: ChangingActor, panelId: string, meeting: NewMeeting): Promise<Result<undefined, { readonly blockers: readonly AnyBlocker[] }>> {
    return this.transactions.run(actor, async (tx) => {
      const now = this.clock.now();
      const panel = await loadPanel(tx, panelId, true);
      if (!panel) return refused({ blockers: [{ kind: 'not_found' }] });
      if (actor.kind === 'staff' && !may(actor, 'panels.manage', panel.authority)) return refused({ blockers: [{ kind: 'not_permitted' }] });
      const meetsOn = localDateOf(meeting.meetsAt);
      const dueOn = await papersDueOn(tx, panel.authority, meetsOn);
      const blockers = await moveBlockers(tx, panel, meeting, meetsOn, dueOn, localDateOf(now));
      if (blockers.length > 0) return refused({ blockers });
      await insertRows(tx, 'panel_moves', [{ id: newId(), panel_id: panelId, was_at: panel.meetsAt, was_place: panel.place, moved_at: now, moved_by: actorName(actor) }]);
      await tx.query('UPDATE panels SET meets_at = $2, meets_on = $3, place = $4, papers_due_on = $5, version = version + 1 WHERE id = $1', [panelId, meeting.meetsAt, meetsOn, meeting.place, dueOn]);
      // Who was there is recorded on the day itself.
      await tx.query('UPDATE panel_members SET attended = NULL WHERE panel_id = $1', [panelId]);
      await tellMembers(tx, panel, meeting, dueOn, now);
      await recordAudit(tx, actor, now, { action: 'panel.move', subjectKind: 'settings', subjectId: panelId, authority: panel.authority });
      return ok();
    });
  }
}

async function moveBlockers(tx: EntityManager, panel: Panel, { meetsAt, place }: NewMeeting, meetsOn: LocalDate, dueOn: LocalDate, today: LocalDate): Promise<readonly AnyBlocker[]> {
  if (panel.cancelledAt !== null) return [{ kind: 'panel_cancelled' }];
  if (panel.minutesAgreedOn !== null) return [{ kind: 'panel_over' }];
  if (meetsAt.getTime() === panel.meetsAt.getTime() && place === panel.place) return [{ kind: 'panel_not_moved' }];
  const cases = await rows<{ sentOn: LocalDate | null; recommended: boolean }>(
    tx,
    `SELECT c.papers_sent_on AS "sentOn", c.recommendation IS NOT NULL AS recommended FROM panel_cases c JOIN journeys j ON j.id = c.journey_id
      WHERE c.panel_id = $1 AND c.withdrawn_at IS NULL AND j.status IN ('open', 'on_hold') ORDER BY c.papers_sent_on NULLS LAST`,
    [panel.id],
  );
  if (cases.some(({ recommended }) => recommended)) return [{ kind: 'panel_has_recommended' }];
  if (meetsOn === panel.meetsOn) return [];
  if (meetsOn < today) return [{ kind: 'panel_in_past', on: meetsOn }];
  const tooLate = cases.find(({ sentOn }) => (sentOn ?? today) > dueOn);
  return tooLate ? [{ kind: 'papers_too_late', meetsOn, dueOn, sentOn: tooLate.sentOn }] : [];
}

async function tellMembers(tx: EntityManager, panel: Panel, meeting: NewMeeting, dueOn: LocalDate, now: Date): Promise<void> {
  const members = await rows<{ staffId: string; email: string; demonstration: boolean }>(tx, `SELECT s.id AS "staffId", s.email, s.demonstration FROM panel_members m JOIN staff s ON s.id = m.staff_id WHERE m.panel_id = $1 AND s.state = 'active'`, [panel.id]);
  const [{ sent } = { sent: false }] = await rows<{ sent: boolean }>(tx, 'SELECT EXISTS (SELECT FROM panel_cases WHERE panel_id = $1 AND withdrawn_at IS NULL AND papers_sent_on IS NOT NULL) AS sent', [panel.id]);
  const email = panelMovedEmail({ council: AUTHORITY_NAMES[panel.authority], wasAt: panel.meetsAt, ...meeting, papersDueOn: dueOn, withPapers: sent });
  for (const { staffId, email: to, demonstration } of members) await queueEmail(tx, { kind: 'panel_moved', to, staffId, ...email, demonstration, now });
}
