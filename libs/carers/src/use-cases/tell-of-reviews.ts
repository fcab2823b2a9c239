import { rows, system, Transactions } from '@app/database';
import { Clock, type LocalDate, localDateOf } from '@app/kernel';
import { queueEmail } from '@app/notifications';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import { reviewAlertEmail } from '../emails/review-alert.email';
import { REVIEW_DUE_WITHIN_DAYS } from '../queries/register';

const ACTOR = system('carer-reviews');
/** What was long overdue before anybody looked, as after an import, is listed on the register and alerts nobody. */
const LATE_AT_MOST_DAYS = 7;

/**
 * Tells of reviews: four weeks ahead the supervising social worker, and when the day has passed the team managers too; where nobody
 * supervises any more, the team managers from the start. It can
 * be done late and twice without harm: each mail has a key of its own.
 */
@Injectable()
export class TellOfReviews {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  async run(): Promise<number> {
    return this.transactions.run(ACTOR, async (tx) => {
      const now = this.clock.now();
      const today = localDateOf(now);
      const due = await rows<{ reviewId: string; reference: string; dueOn: LocalDate; email: string; staffId: string; demonstration: boolean }>(
        tx,
        `SELECT r.id AS "reviewId", h.reference, r.due_on AS "dueOn", s.email, s.id AS "staffId", h.demonstration OR s.demonstration AS demonstration
           FROM carer_reviews r JOIN carer_households h ON h.id = r.carer_id
           JOIN staff s ON s.state = 'active' AND (s.id = h.supervisor_id
                OR (r.due_on < $1 OR NOT EXISTS (SELECT FROM staff w WHERE w.id = h.supervisor_id AND w.state = 'active')) AND EXISTS (SELECT FROM staff_roles g WHERE g.staff_id = s.id AND g.role = 'team_manager' AND g.authority = h.authority AND g.revoked_at IS NULL))
          WHERE r.held_on IS NULL AND r.stopped_on IS NULL AND r.due_on BETWEEN $1::date - ${String(LATE_AT_MOST_DAYS)} AND $1::date + ${String(REVIEW_DUE_WITHIN_DAYS)}`,
        [today],
      );
      for (const { reviewId, reference, dueOn, email, staffId, demonstration } of due) {
        const late = dueOn < today;
        const mail = reviewAlertEmail({ late, reference, dueOn, link: `${this.settings.publicUrl}/staff/carers/${encodeURIComponent(reference)}` });
        await queueEmail(tx, { kind: late ? 'review_overdue' : 'review_due', to: email, staffId, ...mail, onceKey: `review:${reviewId}:${late ? 'overdue' : 'due'}:${staffId}`, demonstration, now });
      }
      return due.length;
    });
  }
}
