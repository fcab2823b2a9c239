import { rows, system, Transactions } from '@app/database';
import { Clock, type LocalDate, ok, refused, type Result } from '@app/kernel';
import { queueEmail } from '@app/notifications';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import { alertEmail } from '../emails/alert.email';
import { staffToAlert } from '../queries/staff-to-alert';
import type { Rung } from '../rules/alert-ladder';
import type { TimeLimitRule } from '../rules/time-limit';

interface ClaimedAlert {
  readonly rung: Rung;
  readonly rule: TimeLimitRule;
  readonly dueAt: Date;
  readonly dueOn: LocalDate;
  readonly journeyId: string;
  readonly reference: string;
  readonly authority: string;
  readonly officerId: string | null;
  readonly socialWorkerId: string | null;
  readonly demonstration: boolean;
}

/**
 * One statement decides who sends an alert, whether it is due, and whether there is still a reason to: two workers at once
 * cannot both see it change from planned to sent. A clock that was met, paused or stopped holds its alerts back, and so does
 * a journey that is on hold or closed.
 */
const CLAIM = `
  WITH claimed AS (
    UPDATE alerts a SET state = 'sent', settled_at = $2
      FROM clocks c, journeys j
     WHERE a.id = $1 AND c.id = a.clock_id AND j.id = a.journey_id
       AND a.state = 'planned' AND a.due_at <= $2 AND c.state = 'running' AND (j.status = 'open' OR c.rule IN ('told_orally', 'told_in_writing'))
    RETURNING a.rung, c.rule, c.due_at AS "dueAt", c.due_on AS "dueOn", j.id AS "journeyId", j.reference, j.authority, j.officer_id AS "officerId", j.social_worker_id AS "socialWorkerId", j.demonstration)
  SELECT * FROM claimed`;

/** Sends an alert if it is due: the claim and the mail of everybody who is told are one transaction, so each alert goes out once. */
@Injectable()
export class SendAlert {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  /** Answers how many people are told. Refuses an alert that is not due, was sent, or has lost its reason. */
  run(alertId: string): Promise<Result<{ readonly told: number }, 'not_due'>> {
    return this.transactions.run(system('alerts'), async (tx) => {
      const now = this.clock.now();
      const [alert] = await rows<ClaimedAlert>(tx, CLAIM, [alertId, now]);
      if (!alert) return refused('not_due');
      const recipients = await staffToAlert(tx, alert);
      const { subject, body } = alertEmail({ ...alert, link: `${this.settings.publicUrl}/staff/families/${alert.reference}` });
      for (const recipient of recipients) {
        await queueEmail(tx, {
          kind: `alert_${alert.rung}`,
          to: recipient.email,
          subject,
          body,
          staffId: recipient.staffId,
          journeyId: alert.journeyId,
          onceKey: `alert:${alertId}:${recipient.staffId}`,
          demonstration: alert.demonstration || recipient.demonstration,
          now,
        });
      }
      return ok({ told: recipients.length });
    });
  }
}
