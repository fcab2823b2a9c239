import { loadCalendars } from '@app/authorities';
import { system } from '@app/database';
import { startClock } from '@app/deadlines';
import { localDateOf, newId, newReference } from '@app/kernel';
import type { TestDatabase } from './test-database';

/** A family that enquired, with the clock of its first response running. */
export interface WaitingFamily {
  readonly journeyId: string;
  readonly reference: string;
  readonly name: string;
  readonly dueAt: Date;
}

/** Makes a family by the owner's hand and starts its clock. */
export async function makeWaitingFamily(
  database: TestDatabase,
  family: { readonly receivedAt: Date; readonly authority?: string; readonly officerId?: string | null; readonly demonstration?: boolean; readonly noAlertsBefore?: Date },
): Promise<WaitingFamily> {
  const { receivedAt, authority = 'derby', officerId = null, demonstration = false } = family;
  const [householdId, journeyId, reference] = [newId(), newId(), newReference()];
  const name = `Family ${householdId.slice(-12)}`;
  await database.owner.query('INSERT INTO households (id, authority, name, created_at, demonstration) VALUES ($1, $2, $3, $4, $5)', [householdId, authority, name, receivedAt, demonstration]);
  await database.owner.query(
    `INSERT INTO journeys (id, reference, household_id, authority, channel, enquiry_received_at, enquiry_on, stage, stage_since, status, officer_id, last_activity_at, demonstration)
     VALUES ($1, $2, $3, $4, 'web', $5, $6, 'enquiry', $6, 'open', $7, $5, $8)`,
    [journeyId, reference, householdId, authority, receivedAt, localDateOf(receivedAt), officerId, demonstration],
  );
  const { dueAt } = await database.transactions.run(system('test'), async (tx) =>
    startClock(tx, { journeyId, rule: 'first_response', startedAt: receivedAt, authority, calendars: await loadCalendars(tx), ...(family.noAlertsBefore ? { noAlertsBefore: family.noAlertsBefore } : {}) }),
  );
  return { journeyId, reference, name, dueAt };
}
