import type { Action } from '@app/access';
import { type ChangeContext, type ChangingActor, JourneyChanges, type JourneyRequest, type Refusal, statusBlockers } from '@app/journeys';
import type { Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { type Assessment, ensureAssessment } from '../persistence/assessment-record';
import type { AnyBlocker } from '../rules/blockers';

export type { AnyBlocker };

export type AssessmentRefusal = Refusal<AnyBlocker>;

/** What the work of a change in a file is given: the journey's context, and the file. */
export interface FileContext extends ChangeContext {
  readonly assessment: Assessment;
}

/** Which journeys a change may be made to: those that are open, or also those that rest or have ended, as when a family is told. */
export type WhichJourneys = 'open' | 'any';

/** The way every change to an assessment goes: through the journey's, with the file opened first. Work goes on in an open journey only. */
@Injectable()
export class AssessmentChanges {
  constructor(private readonly changes: JourneyChanges) {}

  change(actor: ChangingActor, request: JourneyRequest, action: Action, auditAs: string, work: (context: FileContext) => Promise<readonly AnyBlocker[] | undefined>, which: WhichJourneys = 'open'): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change<AnyBlocker>(actor, request, action, auditAs, async (context) => {
      const assessment = await ensureAssessment(context.tx, context.actor, context.now, context.journey, context.calendars);
      if (!assessment) return [{ kind: 'no_application' }];
      const resting = which === 'open' ? statusBlockers('move', context.journey) : [];
      const blockers = resting.length > 0 ? resting : await work({ ...context, assessment });
      // What is done in the file is something that happens to the family: a case that is worked on is not stuck.
      if (!blockers || blockers.length === 0) await context.tx.query('UPDATE journeys SET last_activity_at = greatest(last_activity_at, $2) WHERE id = $1', [context.journey.id, context.now]);
      return blockers;
    });
  }
}
