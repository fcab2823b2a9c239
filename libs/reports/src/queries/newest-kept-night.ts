import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';

/** The newest day as at which a nightly report was kept, or null before the first night. */
export async function newestKeptNight(tx: EntityManager): Promise<LocalDate | null> {
  const [newest] = await rows<{ asAt: LocalDate | null }>(tx, `SELECT max(as_at) AS "asAt" FROM kept_reports WHERE kind = 'kpi_year_to_date'`);
  return newest?.asAt ?? null;
}
