import { may } from '@app/access';
import { loadCalendars } from '@app/authorities';
import { rows, Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { type ChangingActor, loadJourney } from '@app/journeys';
import { Injectable } from '@nestjs/common';
import { ensureAssessment } from '../persistence/assessment-record';
import { syncChecklist } from '../persistence/checklist-record';

/** Opens files, so that their clocks run from the first day and their checklists follow who lives in the household. */
@Injectable()
export class OpenFile {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Called before a file is shown. Says whether the actor may open it and there is one. */
  run(actor: ChangingActor, journeyId: string): Promise<boolean> {
    return this.transactions.run(actor, async (tx) => {
      const journey = await loadJourney(tx, journeyId);
      if (!journey || (actor.kind === 'staff' && !may(actor, 'assessments.read', journey.authority))) return false;
      const now = this.clock.now();
      const file = await ensureAssessment(tx, actor, now, journey, await loadCalendars(tx));
      if (file && journey.status === 'open' && file.stage1Outcome === null) await syncChecklist(tx, actor, now, journey);
      return file !== null;
    });
  }

  /** Opens the file of every open journey whose application is in and that nobody has opened yet; answers how many. Unasked, by the timetable. */
  async openWaiting(): Promise<number> {
    const actor = { kind: 'system', process: 'open assessments' } as const;
    const waiting = await this.transactions.run(actor, (tx) =>
      rows<{ id: string }>(tx, `SELECT j.id FROM journeys j WHERE j.status = 'open' AND j.application_on IS NOT NULL AND NOT EXISTS (SELECT FROM assessments a WHERE a.journey_id = j.id) LIMIT 500`),
    );
    for (const { id } of waiting) await this.run(actor, id);
    return waiting.length;
  }
}
