import type { Council } from '@app/authorities';
import { newId } from '@app/kernel';
import type { TestDatabase } from './test-database';

let made = 0;

/** A household on the register, by the owner's hand: approved on 1 March 2024 with four beds, unless told. */
export async function makeCarer(database: TestDatabase, authority: Council, more: Readonly<Record<string, unknown>> = {}): Promise<{ readonly id: string; readonly reference: string; readonly name: string }> {
  made += 1;
  const id = newId();
  const row = { id, reference: `CARER-${String(made)}-${id.slice(-4)}`, authority, kind: 'foster', name: `Robin and Sam Carer${String(made)}`, approved_on: '2024-03-01', beds: 4, registered_at: '2024-03-01', registered_by: 'system:tests', ...more };
  const columns = Object.keys(row);
  await database.owner.query(`INSERT INTO carer_households (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${String(index + 1)}`).join(', ')})`, Object.values(row));
  await database.owner.query(`INSERT INTO carer_people (id, carer_id, position, name, email, phone) VALUES ($1, $2, 1, $3, $4, '+441154960123')`, [newId(), id, `Robin Carer${String(made)}`, `robin.carer${String(made)}@example.org`]);
  await database.owner.query(`INSERT INTO carer_terms (carer_id, holds_from, children, age_from, age_to, care, reason, recorded_at, recorded_by) VALUES ($1, coalesce($2::date, '2024-03-01'), 2, 5, 12, '{short_term,long_term}', 'Approval', '2024-03-01', 'system:tests')`, [id, row.approved_on]);
  return { id, reference: row.reference, name: row.name };
}
