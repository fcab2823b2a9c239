import { affected, rows } from '@app/database';
import { type LocalDate, type Result, shortDateInWords } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { planReview } from '../persistence/review-record';
import { LEAVE_REASON_NAMES, LEFT_BY_NAMES, type LeftBy, reasonFits } from '../rules/leaving';
import { CarerChanges, type CarerContext, type CarerRefusal, type CarerRequest, recordCarerEvent, type RegisterActor } from './carer-changes';
import { endMemberships } from './keep-carer';

/** A leaving that was recorded wrongly is put right; what was recorded before stays in what happened to the household. */
@Injectable()
export class CorrectLeaving {
  constructor(private readonly changes: CarerChanges) {}

  /** Another day, another who or why. An earlier day ends its constellation then; a later one leaves what ended as it is. */
  correct(actor: RegisterActor, request: CarerRequest & { readonly on: LocalDate; readonly by: LeftBy; readonly reason: string }): Promise<Result<undefined, CarerRefusal>> {
    return this.changes.change(actor, request, 'carer.leaving_correct', async (context) => {
      const { tx, carer, today } = context;
      if (carer.leftOn === null) return [{ kind: 'not_left' }];
      if (request.on > today) return [{ kind: 'future', on: request.on }];
      if (carer.approvedOn !== null && request.on < carer.approvedOn) return [{ kind: 'earlier_than', what: 'the approval', on: carer.approvedOn }];
      if (!reasonFits(request.by, request.reason)) return [{ kind: 'not_a_reason' }];
      await endMemberships(context, request.on);
      await tx.query('UPDATE carer_households SET left_on = $2, left_by = $3, left_reason = $4 WHERE id = $1', [carer.id, request.on, request.by, request.reason]);
      await tx.query('UPDATE carer_reviews SET stopped_on = $2 WHERE carer_id = $1 AND held_on IS NULL AND stopped_on = $3', [carer.id, request.on, carer.leftOn]);
      await recordCarerEvent(context, carer.id, { what: 'leaving_corrected', words: `Leaving corrected, recorded before as ${shortDateInWords(carer.leftOn)}. ${LEFT_BY_NAMES[request.by]}: ${LEAVE_REASON_NAMES[request.reason].toLowerCase()}`, on: request.on });
      return undefined;
    });
  }

  /** They never left: the clock of the review runs on. A constellation that ended with the leaving is joined again there. */
  takeBack(actor: RegisterActor, request: CarerRequest & { readonly reason: string }): Promise<Result<undefined, CarerRefusal>> {
    return this.changes.change(actor, request, 'carer.leaving_take_back', async (context) => {
      const { tx, carer, today } = context;
      if (carer.leftOn === null) return [{ kind: 'not_left' }];
      const said = carer.exitFeedback === null ? '' : ` The exit interview had said: ${carer.exitFeedback}`;
      await tx.query('UPDATE carer_households SET left_on = NULL, left_by = NULL, left_reason = NULL, exit_interview_on = NULL, exit_feedback = NULL WHERE id = $1', [carer.id]);
      await resumeReview(context, carer.leftOn);
      await recordCarerEvent(context, carer.id, { what: 'leaving_taken_back', words: `Leaving on ${shortDateInWords(carer.leftOn)} taken back: ${request.reason}.${said}`, on: today });
      return undefined;
    });
  }
}

/** The review that stopped with the leaving is to come again; where none had been planned, as after an import, it is now. */
async function resumeReview({ tx, carer, calendars }: CarerContext, leftOn: LocalDate): Promise<void> {
  const resumed = await affected(tx, 'UPDATE carer_reviews SET stopped_on = NULL WHERE carer_id = $1 AND held_on IS NULL AND stopped_on = $2', [carer.id, leftOn]);
  if (resumed > 0 || carer.approvedOn === null) return;
  const [last] = await rows<{ number: number; heldOn: LocalDate | null }>(tx, 'SELECT number, held_on AS "heldOn" FROM carer_reviews WHERE carer_id = $1 ORDER BY number DESC LIMIT 1', [carer.id]);
  await planReview(tx, calendars, { carerId: carer.id, authority: carer.authority, number: (last?.number ?? 0) + 1, startOn: last?.heldOn ?? carer.approvedOn });
}
