import { recordAudit } from '@app/audit';
import { type Actor, actorName, insertRows, Transactions } from '@app/database';
import { Clock, type LocalDate, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { TARGET_MEASURES } from '../queries/stated-targets';
import type { StatedTargets } from '../rules/targets';

/** A target as somebody states it. Rates are fractions. */
export interface TargetStatement {
  /** The first day of a financial year. */
  readonly yearFrom: LocalDate;
  /** Null for the whole hub. */
  readonly authority: string | null;
  readonly target: keyof StatedTargets;
  readonly value: number;
  /** Who set it, and where that is written. */
  readonly source: string;
}

/** Why a target was not taken. */
export type TargetRefusal = 'not_the_start_of_a_financial_year' | 'not_a_positive_number' | 'no_source';

/** Keeps a target as it is stated. An earlier statement of the same target stays beside it; the newer one holds. */
@Injectable()
export class StateTarget {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, { yearFrom, authority, target, value, source }: TargetStatement): Promise<Result<undefined, TargetRefusal>> {
    if (!yearFrom.endsWith('-04-01')) return refused('not_the_start_of_a_financial_year');
    if (!Number.isFinite(value) || value <= 0) return refused('not_a_positive_number');
    if (source.trim() === '') return refused('no_source');
    const now = this.clock.now();
    const measure = TARGET_MEASURES[target];
    await this.transactions.run(actor, async (tx) => {
      await insertRows(tx, 'targets', [
        { year_from: yearFrom, authority, measure, value, source: source.trim(), recorded_at: now, recorded_by: actorName(actor) },
      ]);
      const subjectId = `${yearFrom} ${authority ?? 'hub'} ${measure}`;
      await recordAudit(tx, actor, now, { action: 'target.state', subjectKind: 'settings', subjectId, detail: { value } });
    });
    return ok();
  }
}
