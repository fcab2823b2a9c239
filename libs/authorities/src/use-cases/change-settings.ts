import { recordAudit } from '@app/audit';
import { type Actor, actorName, insertRows, rows, Transactions } from '@app/database';
import { Clock, type LocalDate, localDateOf, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuthorityDetails } from '../queries/authority-details';

/** Why a setting was not taken. */
export type SettingRefusal = 'not_before_today' | 'already_set_from_that_date' | 'not_a_closure_day' | 'in_the_past' | 'first_response_in_working_days';

/**
 * Changes to settings that hold from a date. What held is never changed: a new row goes beside it, from today or
 * later, so that deadlines and reports of the past stay as they were.
 */
@Injectable()
export class ChangeSettings {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** A time limit from a date on, for the whole hub or one council. */
  addTimeLimit(actor: Actor, limit: { readonly rule: string; readonly authority: string | null; readonly holdsFrom: LocalDate; readonly amount: number; readonly unit: string; readonly source: string }): Promise<Result<undefined, SettingRefusal>> {
    return this.change(actor, 'time_limit.add', limit.rule, async (tx, by) => {
      if (limit.holdsFrom < this.today()) return 'not_before_today';
      if (limit.rule === 'first_response' && limit.unit !== 'working_days') return 'first_response_in_working_days';
      const same = await rows(tx, 'SELECT 1 FROM time_limits WHERE rule = $1 AND authority IS NOT DISTINCT FROM $2 AND holds_from = $3', [limit.rule, limit.authority, limit.holdsFrom]);
      if (same.length > 0) return 'already_set_from_that_date';
      await insertRows(tx, 'time_limits', [{ rule: limit.rule, authority: limit.authority, holds_from: limit.holdsFrom, amount: limit.amount, unit: limit.unit, source: limit.source, recorded_by: by }]);
      return null;
    });
  }

  /** A week of opening hours from a date on; a weekday that is left out is closed. Times are 'HH:MM', local. */
  addOpeningHours(actor: Actor, holdsFrom: LocalDate, days: readonly { readonly weekday: number; readonly opensAt: string; readonly closesAt: string }[]): Promise<Result<undefined, SettingRefusal>> {
    return this.change(actor, 'opening_hours.add', holdsFrom, async (tx, by) => {
      if (holdsFrom < this.today()) return 'not_before_today';
      const same = await rows(tx, 'SELECT 1 FROM opening_hours WHERE holds_from = $1', [holdsFrom]);
      if (same.length > 0) return 'already_set_from_that_date';
      await insertRows(tx, 'opening_hours', days.map((day) => ({ holds_from: holdsFrom, weekday: day.weekday, opens_at: day.opensAt, closes_at: day.closesAt, recorded_by: by })));
      return null;
    });
  }

  /** A day on which the hub stays closed besides weekends and bank holidays. Clocks that run already keep their due time. */
  addClosureDay(actor: Actor, on: LocalDate, reason: string): Promise<Result<undefined, SettingRefusal>> {
    return this.change(actor, 'closure_day.add', on, async (tx, by) => {
      if (on < this.today()) return 'in_the_past';
      const same = await rows(tx, 'SELECT 1 FROM closure_days WHERE closed_on = $1', [on]);
      if (same.length > 0) return 'already_set_from_that_date';
      await insertRows(tx, 'closure_days', [{ closed_on: on, reason, recorded_by: by }]);
      return null;
    });
  }

  /** Opens a day again that was to be a closure day and is still to come. */
  removeClosureDay(actor: Actor, on: LocalDate): Promise<Result<undefined, SettingRefusal>> {
    return this.change(actor, 'closure_day.remove', on, async (tx) => {
      if (on < this.today()) return 'in_the_past';
      const same = await rows(tx, 'SELECT 1 FROM closure_days WHERE closed_on = $1', [on]);
      if (same.length === 0) return 'not_a_closure_day';
      await tx.query('DELETE FROM closure_days WHERE closed_on = $1', [on]);
      return null;
    });
  }

  /** How a council is reached from a date on. */
  addAuthorityDetails(actor: Actor, details: AuthorityDetails): Promise<Result<undefined, SettingRefusal>> {
    return this.change(actor, 'authority_details.add', details.authority, async (tx, by) => {
      if (details.holdsFrom < this.today()) return 'not_before_today';
      const same = await rows(tx, 'SELECT 1 FROM authority_details WHERE authority = $1 AND holds_from = $2', [details.authority, details.holdsFrom]);
      if (same.length > 0) return 'already_set_from_that_date';
      const { holdsFrom, ...rest } = details;
      await insertRows(tx, 'authority_details', [{ ...rest, holds_from: holdsFrom, recorded_by: by }]);
      return null;
    });
  }

  private today(): LocalDate {
    return localDateOf(this.clock.now());
  }

  private change(actor: Actor, action: string, subjectId: string, work: (tx: EntityManager, by: string) => Promise<SettingRefusal | null>): Promise<Result<undefined, SettingRefusal>> {
    return this.transactions.run(actor, async (tx) => {
      const refusal = await work(tx, actorName(actor));
      if (refusal !== null) return refused(refusal);
      await recordAudit(tx, actor, this.clock.now(), { action, subjectKind: 'settings', subjectId });
      return ok();
    });
  }
}
