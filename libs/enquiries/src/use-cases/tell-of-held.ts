import { staffWhoMay } from '@app/access';
import { loadCalendars } from '@app/authorities';
import { rows, system, Transactions } from '@app/database';
import { Clock, localDateOf, subtractWorkingMinutes } from '@app/kernel';
import { queueEmail } from '@app/notifications';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import { heldAlertEmail } from '../emails/held-alert.email';

const ACTOR = system('held-enquiries');
/** As long before the due time as the warning of a first response. */
const AHEAD_WORKING_MINUTES = 240;

/**
 * Tells the hub's officers of enquiries that were kept aside and fall due: a family that was suspected wrongly must not wait
 * unseen. Once a day at most for each officer, however much spam there is. It can be done late, and twice without harm.
 */
@Injectable()
export class TellOfHeld {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  async run(): Promise<number> {
    return this.transactions.run(ACTOR, async (tx) => {
      const now = this.clock.now();
      const held = await rows<{ dueAt: Date }>(
        tx,
        `SELECT first_response_due_at AS "dueAt" FROM contacts WHERE screening = 'held' AND first_response_due_at IS NOT NULL ORDER BY first_response_due_at`,
      );
      const [first] = held;
      if (!first || subtractWorkingMinutes((await loadCalendars(tx)).opening, first.dueAt, AHEAD_WORKING_MINUTES) > now) return 0;
      const officers = (await staffWhoMay(tx, 'enquiries.screen', null)).filter(({ roles }) => roles.some(({ role }) => role === 'recruitment_officer'));
      const addresses = await rows<{ staffId: string; email: string; demonstration: boolean }>(tx, 'SELECT id AS "staffId", email, demonstration FROM staff WHERE id = ANY ($1)', [officers.map(({ staffId }) => staffId)]);
      const mail = heldAlertEmail({ waiting: held.length, firstDueAt: first.dueAt, now, link: `${this.settings.publicUrl}/staff/held` });
      for (const { staffId, email, demonstration } of addresses) {
        await queueEmail(tx, { kind: 'held_enquiries', to: email, staffId, ...mail, onceKey: `held:${localDateOf(now)}:${staffId}`, demonstration, now });
      }
      return addresses.length;
    });
  }
}
