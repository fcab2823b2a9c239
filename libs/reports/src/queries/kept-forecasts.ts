import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { YearForecast } from '../rules/forecast/year-forecast';

/** A forecast as it was kept. */
export interface KeptForecast {
  readonly asAt: LocalDate;
  readonly madeAt: Date;
  readonly definitions: string;
  readonly forecast: YearForecast;
}

/** The newest forecast of the hub (null) or one authority, of any year; null before the first night. */
export async function newestForecast(tx: EntityManager, authority: string | null): Promise<KeptForecast | null> {
  const [newest] = await rows<KeptForecast>(tx, `SELECT as_at AS "asAt", made_at AS "madeAt", definitions, forecast FROM kept_forecasts WHERE authority IS NOT DISTINCT FROM $1 ORDER BY as_at DESC LIMIT 1`, [authority]);
  return newest ?? null;
}

/** The first forecast of each month that was kept since a day, the newest first. */
export function monthlyForecasts(tx: EntityManager, authority: string | null, since: LocalDate): Promise<KeptForecast[]> {
  return rows<KeptForecast>(
    tx,
    `SELECT * FROM (
       SELECT DISTINCT ON (year_from, to_char(as_at, 'YYYY-MM')) as_at AS "asAt", made_at AS "madeAt", definitions, forecast
         FROM kept_forecasts WHERE authority IS NOT DISTINCT FROM $1 AND as_at >= $2 ORDER BY year_from, to_char(as_at, 'YYYY-MM'), as_at) monthly
      ORDER BY "asAt" DESC`,
    [authority, since],
  );
}
