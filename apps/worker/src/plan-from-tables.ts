import { system, Transactions } from '@app/database';
import { alertsToSend } from '@app/deadlines';
import { JobPlanner, MESSAGES, QUEUES, TIMETABLE } from '@app/jobs';
import { Clock } from '@app/kernel';
import { DeliverEmail, emailsToDeliver } from '@app/notifications';
import { Injectable } from '@nestjs/common';
import { missedNight, missedReports } from './missed-night';
import { alertJob, emailJob } from './processors/message-jobs';
import { LOOK, TIME_ZONE, TIMETABLE_ENTRIES } from './timetable';

/**
 * Looks through the tables and puts what is due soon into the queue. The tables say what must happen; the queue only says
 * when. So an emptied queue is full again after the next look, and a job that is there already is not added twice.
 */
@Injectable()
export class PlanFromTables {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly planner: JobPlanner,
    private readonly deliverEmail: DeliverEmail,
  ) {}

  async run(): Promise<void> {
    await this.deliverEmail.keepForMailbox();
    const now = this.clock.now();
    const until = new Date(now.getTime() + LOOK.aheadMinutes * 60_000);
    const { messages, night } = await this.transactions.read(system('planner'), async (tx) => ({
      messages: [...(await alertsToSend(tx, until, LOOK.atMost)).map(alertJob), ...(await emailsToDeliver(tx, until, LOOK.atMost)).map(emailJob)],
      night: [...(await missedNight(tx, now)), ...(await missedReports(tx, now))],
    }));
    for (const queue of QUEUES) await this.planner.forgetFailed(queue);
    await this.planner.addPlanned(MESSAGES, messages);
    await this.planner.addPlanned(TIMETABLE, night);
    await this.planner.keepTimetable(TIMETABLE, TIMETABLE_ENTRIES, TIME_ZONE);
  }
}
