import { actorName, insertRows, rows } from '@app/database';
import { addDays, type LocalDate, newId, type Result } from '@app/kernel';
import type { ChangingActor, JourneyRequest } from '@app/journeys';
import { Injectable } from '@nestjs/common';
import { AssessmentChanges, type AssessmentRefusal } from './assessment-changes';

export type Track = 'stage_1' | 'stage_2';

/**
 * Puts one track on hold and ends the hold. Neither moves a clock: the law gives the ten working days, the eight months
 * and the days after a decision without a stop. The days on hold are shown beside them.
 */
@Injectable()
export class HoldTrack {
  constructor(private readonly changes: AssessmentChanges) {}

  begin(actor: ChangingActor, request: JourneyRequest & { readonly track: Track; readonly from: LocalDate; readonly reason: string }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.hold', async ({ tx, journey, assessment, now, today }) => {
      const startedOn = request.track === 'stage_1' ? assessment.stage1StartedOn : assessment.stage2StartedOn;
      if (startedOn === null) return [{ kind: 'stage_2_not_started' }];
      if (request.from > today) return [{ kind: 'future', on: request.from }];
      if (request.track === 'stage_1' && assessment.stage1DecidedOn !== null) return [{ kind: 'stage_1_decided', on: assessment.stage1DecidedOn }];
      if (request.track === 'stage_2' && assessment.stage2EndedOn !== null) return [{ kind: 'stage_2_ended', on: assessment.stage2EndedOn }];
      if (request.from < startedOn) return [{ kind: 'earlier_than', what: 'the start of the track', on: startedOn }];
      const [other] = await rows<{ from: LocalDate }>(tx, `SELECT lower(held) AS "from" FROM track_holds WHERE journey_id = $1 AND track = $2 AND held && daterange($3, NULL)`, [journey.id, request.track, request.from]);
      if (other) return [{ kind: 'hold_overlaps', from: other.from }];
      await insertRows(tx, 'track_holds', [{ id: newId(), journey_id: journey.id, track: request.track, held: `[${request.from},)`, reason: request.reason, recorded_at: now, recorded_by: actorName(actor) }]);
      return undefined;
    });
  }

  /** `on` is the first day on which work goes on. A hold that ends on the day on which it began leaves no day on hold, and is taken out. */
  end(actor: ChangingActor, request: JourneyRequest & { readonly track: Track; readonly on: LocalDate }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.resume', async ({ tx, journey, today }) => {
      const [hold] = await rows<{ id: string; from: LocalDate }>(tx, `SELECT id, lower(held) AS "from" FROM track_holds WHERE journey_id = $1 AND track = $2 AND upper_inf(held)`, [journey.id, request.track]);
      if (!hold) return [{ kind: 'not_on_hold' }];
      if (request.on > addDays(today, 1)) return [{ kind: 'future', on: request.on }];
      if (request.on < hold.from) return [{ kind: 'earlier_than', what: 'the start of the hold', on: hold.from }];
      if (request.on === hold.from) await tx.query('DELETE FROM track_holds WHERE id = $1', [hold.id]);
      else await tx.query('UPDATE track_holds SET held = daterange($2, $3) WHERE id = $1', [hold.id, hold.from, request.on]);
      return undefined;
    }, 'any');
  }
}
