import { actorName } from '@app/database';
import type { Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { recordTimeline } from '../persistence/history';
import { lockJourney } from '../persistence/journey-record';
import { allowed, type ChangingActor, JourneyChanges, type JourneyRequest, type Refusal } from './journey-changes';

/** Says that two journeys that look alike are of two families, so that they are not suspected of being one any more. They can still be merged. */
@Injectable()
export class TellApart {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: JourneyRequest & { readonly otherId: string }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.merge', 'journey.told_apart', async ({ tx, journey, now }) => {
      const other = await lockJourney(tx, request.otherId);
      if (!other || !allowed(actor, 'journeys.read', other.authority)) return [{ kind: 'not_found' }];
      if (!allowed(actor, 'journeys.merge', other.authority)) return [{ kind: 'not_permitted' }];
      if (other.id === journey.id) return [{ kind: 'merge', why: 'same' }];
      if (other.householdId === journey.householdId) return [{ kind: 'merge', why: 'one_household' }];
      await tx.query(
        'INSERT INTO households_told_apart (household_id, other_id, told_at, told_by) VALUES (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), $3, $4) ON CONFLICT DO NOTHING',
        [journey.householdId, other.householdId, now, actorName(actor)],
      );
      for (const [one, another] of [[journey, other], [other, journey]] as const) await recordTimeline(tx, actor, now, one.id, [{ kind: 'change', at: now, title: `Another family than ${another.reference}` }]);
      return undefined;
    });
  }
}
