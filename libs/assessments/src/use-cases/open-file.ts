import { may } from '@app/access';
import { loadCalendars } from '@app/authorities';
import { rows, Transactions } from '@app/database';
import { Clock, localDateOf } from '@app/kernel';
import { type ChangingActor, loadJourney } from '@app/journeys';
import { Injectable } from '@nestjs/common';
import { ensureAssessment } from '../persistence/assessment-record';
import { syncChecklist } from '../persistence/checklist-record';
import { noteInformationComplete } from './decide-stage-1';

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
      const calendars = await loadCalendars(tx);
      const assessment = await ensureAssessment(tx, actor, now, journey, calendars);
      if (!assessment) return false;
      const follows = journey.status === 'open' && assessment.stage1Outcome === null;
      // Somebody turned 18 or a type of check began to hold: what counted as complete may not be any more.
      if (follows && (await syncChecklist(tx, actor, now, journey))) await noteInformationComplete({ tx, actor, journey, now, today: localDateOf(now), calendars, assessment });
      return true;
    });
  }

  /**
   * Opens the file of every open journey whose application is in and that nobody has opened yet, and lets the checklists
   * of stage 1 follow who lives in each household today; answers how many it looked at. Unasked, by the timetable.
   */
  async openWaiting(): Promise<number> {
    const actor = { kind: 'system', process: 'open assessments' } as const;
    const waiting = await this.transactions.run(actor, (tx) =>
      rows<{ id: string }>(tx, `SELECT j.id FROM journeys j LEFT JOIN assessments a ON a.journey_id = j.id WHERE j.status = 'open' AND j.application_on IS NOT NULL AND (a.journey_id IS NULL OR a.stage_1_outcome IS NULL)`),
    );
    for (const { id } of waiting) await this.run(actor, id);
    return waiting.length;
  }
}
