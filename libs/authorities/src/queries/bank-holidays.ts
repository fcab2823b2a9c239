import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';

/** Every published bank holiday of England, in order. */
export async function publishedBankHolidays(tx: EntityManager): Promise<LocalDate[]> {
  const found = await rows<{ on: LocalDate }>(tx, 'SELECT holiday_on AS on FROM bank_holidays ORDER BY 1');
  return found.map(({ on }) => on);
}
