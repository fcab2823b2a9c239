import type { ApprovalTerms } from '@app/assessments';
import { actorName, affected, insertRows, rows } from '@app/database';
import { type LocalDate, newId, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { loadCarer, termsColumns, termsOf } from '../persistence/carer-record';
import { planReview } from '../persistence/review-record';
import type { CarerBlocker } from '../rules/blockers';
import type { Ethnicity } from '../rules/ethnicity';
import { isApprovedKind } from '../rules/home-kinds';
import { LEAVE_REASON_NAMES, LEFT_BY_NAMES, type LeftBy, reasonFits } from '../rules/leaving';
import { TRAINING_PATHWAY } from '../rules/training-pathway';
import { CarerChanges, type CarerContext, type CarerRefusal, type CarerRequest, recordCarerEvent, type RegisterActor } from './carer-changes';
import { isSocialWorkerOf, termsBlockers } from './register-carer';

type Refused = Promise<Result<undefined, CarerRefusal>>;
type OnDay = CarerRequest & { readonly on: LocalDate };

/** A day on which something happened: not in the future, not before the approval. */
function dayBlockers({ today, carer }: CarerContext, on: LocalDate): readonly CarerBlocker[] {
  if (on > today) return [{ kind: 'future', on }];
  if (carer.approvedOn !== null && on < carer.approvedOn) return [{ kind: 'earlier_than', what: 'the approval', on: carer.approvedOn }];
  return [];
}

const stillFosters = ({ carer }: CarerContext): readonly CarerBlocker[] => (carer.leftOn === null ? [] : [{ kind: 'left_already', on: carer.leftOn }]);

/** What happens to a household while it is on the register. */
@Injectable()
export class KeepCarer {
  constructor(private readonly changes: CarerChanges) {}

  /** New terms of approval from a day on; what held before stays in the history. */
  changeTerms(actor: RegisterActor, request: OnDay & { readonly terms: ApprovalTerms; readonly reason: string }): Refused {
    return this.changes.change(actor, request, 'carer.terms', async (context) => {
      const { tx, carer, now } = context;
      if (!isApprovedKind(carer.kind)) return [{ kind: 'not_approved' }];
      const blockers = [...stillFosters(context), ...dayBlockers(context, request.on), ...(await termsBlockers(context, carer.authority, request.terms, request.on))];
      if (blockers.length > 0) return blockers;
      if ((await termsOf(tx, carer.id)).some(({ holdsFrom }) => holdsFrom === request.on)) return [{ kind: 'terms_that_day', on: request.on }];
      await insertRows(tx, 'carer_terms', [{ carer_id: carer.id, holds_from: request.on, ...termsColumns(request.terms), reason: request.reason, recorded_at: now, recorded_by: actorName(actor) }]);
      await recordCarerEvent(context, carer.id, { what: 'terms', words: `Terms changed: ${request.reason}`, on: request.on });
      return undefined;
    });
  }

  /** The review that was to come was held; the next one is due within a year of it. */
  holdReview(actor: RegisterActor, request: OnDay & { readonly outcome: 'continue' | 'change_terms' | 'end'; readonly note: string | null }): Refused {
    return this.changes.change(actor, request, 'carer.review', async (context) => {
      const { tx, carer, calendars } = context;
      const blockers = [...stillFosters(context), ...dayBlockers(context, request.on)];
      if (blockers.length > 0) return blockers;
      const [open] = await rows<{ id: string; number: number; previousOn: LocalDate | null }>(
        tx,
        `SELECT id, number, (SELECT max(held_on) FROM carer_reviews p WHERE p.carer_id = r.carer_id) AS "previousOn" FROM carer_reviews r WHERE carer_id = $1 AND held_on IS NULL AND stopped_on IS NULL`,
        [carer.id],
      );
      if (!open) return [{ kind: 'no_review_to_come' }];
      if (open.previousOn !== null && request.on <= open.previousOn) return [{ kind: 'earlier_than', what: 'the day after the review before', on: open.previousOn }];
      await tx.query('UPDATE carer_reviews SET held_on = $2, outcome = $3, note = $4, recorded_by = $5 WHERE id = $1', [open.id, request.on, request.outcome, request.note, actorName(actor)]);
      await planReview(tx, calendars, { carerId: carer.id, authority: carer.authority, number: open.number + 1, startOn: request.on });
      await recordCarerEvent(context, carer.id, { what: 'review', words: `Review ${String(open.number)} held`, on: request.on });
      return undefined;
    });
  }

  /** The household takes no children for a while. Its reviews go on. */
  rest(actor: RegisterActor, request: OnDay & { readonly until: LocalDate | null; readonly reason: string }): Refused {
    return this.changes.change(actor, request, 'carer.hold', async (context) => {
      const { tx, carer } = context;
      const blockers = [...stillFosters(context), ...dayBlockers(context, request.on)];
      if (blockers.length > 0) return blockers;
      if (carer.heldOn !== null) return [{ kind: 'on_hold_already', on: carer.heldOn }];
      if (request.until !== null && request.until < request.on) return [{ kind: 'earlier_than', what: 'the first day of the hold', on: request.on }];
      await tx.query('UPDATE carer_households SET held_on = $2, hold_until = $3, hold_reason = $4 WHERE id = $1', [carer.id, request.on, request.until, request.reason]);
      await recordCarerEvent(context, carer.id, { what: 'hold', words: `On hold: ${request.reason}`, on: request.on });
      return undefined;
    });
  }

  /** Children can come again. */
  resume(actor: RegisterActor, request: OnDay): Refused {
    return this.changes.change(actor, request, 'carer.resume', async (context) => {
      const { tx, carer } = context;
      if (carer.heldOn === null) return [{ kind: 'not_on_hold' }];
      if (request.on < carer.heldOn) return [{ kind: 'earlier_than', what: 'the first day of the hold', on: carer.heldOn }];
      const blockers = dayBlockers(context, request.on);
      if (blockers.length > 0) return blockers;
      await tx.query('UPDATE carer_households SET held_on = NULL, hold_until = NULL, hold_reason = NULL WHERE id = $1', [carer.id]);
      await recordCarerEvent(context, carer.id, { what: 'resume', words: 'Back from hold', on: request.on });
      return undefined;
    });
  }

  /** The household leaves fostering from a day on. It belongs to no constellation from then on, and no review is to come. */
  leave(actor: RegisterActor, request: OnDay & { readonly by: LeftBy; readonly reason: string }): Refused {
    return this.changes.change(actor, request, 'carer.leave', async (context) => {
      const { tx, carer } = context;
      const blockers = [...stillFosters(context), ...dayBlockers(context, request.on)];
      if (blockers.length > 0) return blockers;
      if (!reasonFits(request.by, request.reason)) return [{ kind: 'not_a_reason' }];
      await endMemberships(context, request.on);
      await tx.query('UPDATE carer_households SET left_on = $2, left_by = $3, left_reason = $4, held_on = NULL, hold_until = NULL, hold_reason = NULL WHERE id = $1', [carer.id, request.on, request.by, request.reason]);
      await tx.query('UPDATE carer_reviews SET stopped_on = $2 WHERE carer_id = $1 AND held_on IS NULL AND stopped_on IS NULL', [carer.id, request.on]);
      await recordCarerEvent(context, carer.id, { what: 'left', words: `${LEFT_BY_NAMES[request.by]}: ${LEAVE_REASON_NAMES[request.reason].toLowerCase()}`, on: request.on });
      return undefined;
    });
  }

  /** What the household said on leaving. */
  exitInterview(actor: RegisterActor, request: OnDay & { readonly feedback: string }): Refused {
    return this.changes.change(actor, request, 'carer.exit_interview', async (context) => {
      const { tx, carer, today } = context;
      if (carer.leftOn === null) return [{ kind: 'not_left' }];
      if (request.on > today) return [{ kind: 'future', on: request.on }];
      await tx.query('UPDATE carer_households SET exit_interview_on = $2, exit_feedback = $3 WHERE id = $1', [carer.id, request.on, request.feedback]);
      await recordCarerEvent(context, carer.id, { what: 'exit_interview', words: 'Exit interview', on: request.on });
      return undefined;
    });
  }

  /** A step of the training pathway is done; saying it again corrects the day. */
  train(actor: RegisterActor, request: OnDay & { readonly step: string }): Refused {
    return this.changes.change(actor, request, 'carer.training', async (context) => {
      const { tx, carer, now } = context;
      if (request.on > context.today) return [{ kind: 'future', on: request.on }];
      const step = TRAINING_PATHWAY.find(({ code }) => code === request.step);
      if (!step) return [{ kind: 'not_found' }];
      await tx.query(
        `INSERT INTO carer_training (carer_id, step, done_on, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (carer_id, step) DO UPDATE SET done_on = excluded.done_on, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by`,
        [carer.id, step.code, request.on, now, actorName(actor)],
      );
      await recordCarerEvent(context, carer.id, { what: 'training', words: `Training: ${step.name}`, on: request.on });
      return undefined;
    });
  }

  /** What a carer tells voluntarily of their ethnicity, or takes back (null). It is counted and never shown, so that no line says which. */
  tellEthnicity(actor: RegisterActor, request: CarerRequest & { readonly personId: string; readonly ethnicity: Ethnicity | null }): Refused {
    return this.changes.change(actor, request, 'carer.ethnicity', async ({ tx, carer, today }) => {
      const [person] = await rows<{ id: string }>(tx, 'SELECT id FROM carer_people WHERE id = $1 AND carer_id = $2', [request.personId, carer.id]);
      if (!person) return [{ kind: 'not_found' }];
      await tx.query('DELETE FROM carer_ethnicity WHERE person_id = $1', [person.id]);
      if (request.ethnicity !== null) await insertRows(tx, 'carer_ethnicity', [{ person_id: person.id, ethnicity: request.ethnicity, told_on: today }]);
      return undefined;
    });
  }

  /** A child, by reference only, comes to live with the household. */
  place(actor: RegisterActor, request: OnDay & { readonly childReference: string }): Refused {
    return this.changes.change(actor, request, 'carer.place', async (context) => {
      const { tx, carer, now } = context;
      const blockers = [...stillFosters(context), ...dayBlockers(context, request.on)];
      if (blockers.length > 0) return blockers;
      await insertRows(tx, 'carer_placements', [{ id: newId(), carer_id: carer.id, child_reference: request.childReference, started_on: request.on, recorded_at: now, recorded_by: actorName(actor) }]);
      return undefined;
    });
  }

  /** A placement ends, as planned or not. */
  endPlacement(actor: RegisterActor, request: OnDay & { readonly placementId: string; readonly ending: 'planned' | 'unplanned' }): Refused {
    return this.changes.change(actor, request, 'carer.placement_end', async (context) => {
      const { tx, carer } = context;
      if (request.on > context.today) return [{ kind: 'future', on: request.on }];
      const [placement] = await rows<{ startedOn: LocalDate }>(tx, 'SELECT started_on AS "startedOn" FROM carer_placements WHERE id = $1 AND carer_id = $2 AND ended_on IS NULL', [request.placementId, carer.id]);
      if (!placement) return [{ kind: 'not_found' }];
      if (request.on < placement.startedOn) return [{ kind: 'earlier_than', what: 'the first day of the placement', on: placement.startedOn }];
      await tx.query('UPDATE carer_placements SET ended_on = $2, ending = $3 WHERE id = $1', [request.placementId, request.on, request.ending]);
      return undefined;
    });
  }

  /** What may change without a decision: beds, town, who supervises, the day of the agreement. */
  edit(actor: RegisterActor, request: CarerRequest & { readonly beds: number; readonly town: string | null; readonly supervisorId: string | null; readonly agreementSignedOn: LocalDate | null }): Refused {
    return this.changes.change(actor, request, 'carer.edit', async (context) => {
      const { tx, carer, today } = context;
      if (request.supervisorId !== null && request.supervisorId !== carer.supervisorId && !(await isSocialWorkerOf(tx, request.supervisorId, carer.authority))) return [{ kind: 'supervisor', why: 'not_there' }];
      if (request.agreementSignedOn !== null && request.agreementSignedOn > today) return [{ kind: 'future', on: request.agreementSignedOn }];
      await tx.query('UPDATE carer_households SET beds = $2, town = $3, supervisor_id = $4, agreement_signed_on = $5 WHERE id = $1', [carer.id, request.beds, request.town, request.supervisorId, request.agreementSignedOn]);
      if (request.beds !== carer.beds) await recordCarerEvent(context, carer.id, { what: 'edit', words: `Beds: ${String(request.beds)} instead of ${String(carer.beds)}`, on: today });
      return undefined;
    });
  }
}

/** Whoever leaves fostering leaves the constellation the same day; a membership that had not begun by then is taken back. */
export async function endMemberships({ tx, actor, now, carer }: CarerContext, on: LocalDate): Promise<void> {
  const by = actorName(actor);
  const locked = await loadCarer(tx, carer.id, true);
  if (!locked) return;
  await affected(tx, `UPDATE constellation_memberships SET voided_why = 'Left fostering before joining', recorded_at = $3, recorded_by = $4 WHERE carer_id = $1 AND voided_why IS NULL AND lower(held) >= $2`, [carer.id, on, now, by]);
  await affected(
    tx,
    `UPDATE constellation_memberships SET held = daterange(lower(held), $2), left_why = 'left_fostering', recorded_at = $3, recorded_by = $4
      WHERE carer_id = $1 AND voided_why IS NULL AND (upper(held) IS NULL OR upper(held) > $2)`,
    [carer.id, on, now, by],
  );
}
