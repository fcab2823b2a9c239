import { receiveEnquiry, type ReceivedEnquiry } from '@app/enquiries';
import { anEnquiry } from './hub-world';
import type { TestDatabase } from './test-database';

/** A family that enquired through the real use case. */
export interface ReceivedFamily {
  readonly reference: string;
  readonly journeyId: string;
  readonly householdId: string;
  readonly name: string;
}

/** Lets a family enquire at a moment; of Derby, unless the enquiry says otherwise. */
export async function receiveFamily(database: TestDatabase, at: Date, more: Partial<ReceivedEnquiry> = {}): Promise<ReceivedFamily> {
  const { reference } = await database.transactions.run({ kind: 'public' }, (tx) => receiveEnquiry(tx, { kind: 'public' }, at, anEnquiry(more)));
  const { rows } = await database.owner.query<ReceivedFamily>(`SELECT j.reference, j.id AS "journeyId", h.id AS "householdId", h.name FROM journeys j JOIN households h ON h.id = j.household_id WHERE j.reference = $1`, [reference]);
  const [family] = rows;
  if (!family) throw new Error('The enquiry was held or lost');
  return family;
}

/** One made-up applicant with these names. */
export const named = (firstName: string, lastName: string, more: Partial<ReceivedEnquiry['applicants'][number]> = {}): ReceivedEnquiry['applicants'] => [{ firstName, lastName, email: null, phone: '+441154960199', preferredContact: null, bestTime: null, ...more }];
