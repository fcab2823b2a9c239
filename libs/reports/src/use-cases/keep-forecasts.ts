import { AUTHORITY_CODES } from '@app/authorities';
import { rows, system, Transactions } from '@app/database';
import { addDays, Clock, localDateOf, newId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DEFINITIONS_VERSION } from '../rules/definitions';
import { ForecastYear } from './forecast-year';

const NIGHTLY = system('forecast');

/**
 * Forecasts the financial year as at the day that has just ended, of the hub and each council, and keeps what was said, so
 * that it can be held against what then happens. One a day is kept of each; nothing where there is too little to go by.
 */
@Injectable()
export class KeepForecasts {
  constructor(
    private readonly transactions: Transactions,
    private readonly forecastYear: ForecastYear,
    private readonly clock: Clock,
  ) {}

  async run(of: readonly (string | null)[] = [null, ...AUTHORITY_CODES]): Promise<{ readonly kept: number }> {
    const asAt = addDays(localDateOf(this.clock.now()), -1);
    const there = await this.transactions.read(NIGHTLY, (tx) => rows<{ authority: string | null }>(tx, 'SELECT authority FROM kept_forecasts WHERE as_at = $1', [asAt]));
    let kept = 0;
    for (const authority of of) {
      if (there.some((one) => one.authority === authority)) continue;
      const forecast = await this.forecastYear.run(NIGHTLY, { authority, asAt });
      if (!forecast.ok) continue;
      const { year } = forecast.value;
      const added = await this.transactions.run(NIGHTLY, (tx) =>
        rows(
          tx,
          `INSERT INTO kept_forecasts (id, authority, year_from, year_to, as_at, definitions, forecast, made_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`,
          [newId(), authority, year.from, year.to, asAt, DEFINITIONS_VERSION, JSON.stringify(forecast.value), this.clock.now()],
        ),
      );
      kept += added.length;
    }
    return { kept };
  }
}
