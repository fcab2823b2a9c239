import type { Calendars } from '@app/authorities';
import { dueOn, limitInForce, timeLimits } from '@app/deadlines';
import { insertRows } from '@app/database';
import { type LocalDate, newId } from '@app/kernel';
import type { EntityManager } from 'typeorm';

/**
 * Starts the clock of a household's next review: the first within the limit after approval, each later one after the
 * review before. It keeps the limit that is in force on its first day.
 */
export async function planReview(tx: EntityManager, calendars: Calendars, review: { readonly carerId: string; readonly authority: string; readonly number: number; readonly startOn: LocalDate }): Promise<LocalDate> {
  const rule = review.number === 1 ? 'first_review' : 'yearly_review';
  const limit = limitInForce(await timeLimits(tx), rule, review.startOn, review.authority);
  if (!limit) throw new Error(`No time limit ${rule} holds on ${review.startOn}`);
  const due = dueOn(limit, review.startOn, calendars.working);
  await insertRows(tx, 'carer_reviews', [{ id: newId(), carer_id: review.carerId, number: review.number, limit_id: limit.id, due_on: due }]);
  return due;
}
