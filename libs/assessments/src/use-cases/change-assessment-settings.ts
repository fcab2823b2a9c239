import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import type { Council } from '@app/authorities';
import { actorName, insertRows, rows, Transactions } from '@app/database';
import { addDays, Clock, type LocalDate, localDateOf, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { AssessmentRule } from '../queries/assessment-settings';
import type { CheckType } from '../rules/checklist';

/** Why a setting of assessments was not taken. */
export type AssessmentSettingRefusal = 'not_permitted' | 'not_before_today' | 'already_set_from_that_date' | 'only_yes_or_no' | 'no_such_check';

/** A type of check as it is to be from a date on. `code` names one that is there; null makes a new one. */
export interface CheckTypeChange extends Omit<CheckType, 'code' | 'holdsUntil'> {
  readonly code: string | null;
}

/** Changes to what an assessment asks for. What held is never changed: a new row goes beside it, from today or later. */
@Injectable()
export class ChangeAssessmentSettings {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** A rule from a date on, for all councils (null) or one. */
  addRule(actor: StaffActor, rule: { readonly rule: AssessmentRule; readonly authority: Council | null; readonly holdsFrom: LocalDate; readonly amount: number; readonly source: string }): Promise<Result<undefined, AssessmentSettingRefusal>> {
    return this.change(actor, rule.holdsFrom, 'assessment_rule.add', rule.rule, async (tx) => {
      if (rule.rule === 'panel_needed' && rule.amount > 1) return 'only_yes_or_no';
      const same = await rows(tx, 'SELECT 1 FROM assessment_rules WHERE rule = $1 AND authority IS NOT DISTINCT FROM $2 AND holds_from = $3', [rule.rule, rule.authority, rule.holdsFrom]);
      if (same.length > 0) return 'already_set_from_that_date';
      await insertRows(tx, 'assessment_rules', [{ rule: rule.rule, authority: rule.authority, holds_from: rule.holdsFrom, amount: rule.amount, source: rule.source, recorded_at: this.clock.now(), recorded_by: actorName(actor) }]);
      return null;
    });
  }

  /** A type of check as it is from a date on: the one that held ends the day before. */
  addCheckType(actor: StaffActor, type: CheckTypeChange): Promise<Result<undefined, AssessmentSettingRefusal>> {
    const code = type.code ?? (type.name.toLowerCase().replace(/[^a-z]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 40) || 'check');
    return this.change(actor, type.holdsFrom, 'check_type.add', code, async (tx) => {
      const known = await rows<{ holdsFrom: LocalDate; order: number }>(tx, `SELECT holds_from AS "holdsFrom", display_order AS "order" FROM check_types WHERE code = $1 ORDER BY holds_from DESC`, [code]);
      if (type.code !== null && known.length === 0) return 'no_such_check';
      if (known.some(({ holdsFrom }) => holdsFrom >= type.holdsFrom)) return 'already_set_from_that_date';
      await tx.query('UPDATE check_types SET holds_until = $2 WHERE code = $1 AND (holds_until IS NULL OR holds_until >= $3)', [code, addDays(type.holdsFrom, -1), type.holdsFrom]);
      const [last] = await rows<{ order: number }>(tx, `SELECT coalesce(max(display_order), 0)::int + 10 AS "order" FROM check_types`);
      await insertRows(tx, 'check_types', [
        {
          code, holds_from: type.holdsFrom, name: type.name, about: type.about, condition: type.condition, times: type.times, chase_after_working_days: type.chaseAfterWorkingDays, valid_months: type.validMonths,
          about_third_party: type.aboutThirdParty, destroy_details: type.destroyDetails, in_law: type.inLaw, source: type.source, display_order: known[0]?.order ?? last?.order ?? 10,
        },
      ]);
      return null;
    });
  }

  /** A type of check is not asked for any more from a date on. Checks that are there stay in their files, marked as no longer needed. */
  endCheckType(actor: StaffActor, code: string, from: LocalDate): Promise<Result<undefined, AssessmentSettingRefusal>> {
    return this.change(actor, from, 'check_type.end', code, async (tx) => {
      const ended = await rows(tx, 'UPDATE check_types SET holds_until = $2 WHERE code = $1 AND holds_from < $3 AND (holds_until IS NULL OR holds_until >= $3) RETURNING code', [code, addDays(from, -1), from]);
      return ended.length === 0 ? 'no_such_check' : null;
    });
  }

  private change(actor: StaffActor, from: LocalDate, action: string, subjectId: string, work: (tx: Parameters<Parameters<Transactions['run']>[1]>[0]) => Promise<AssessmentSettingRefusal | null>): Promise<Result<undefined, AssessmentSettingRefusal>> {
    return this.transactions.run(actor, async (tx): Promise<Result<undefined, AssessmentSettingRefusal>> => {
      const now = this.clock.now();
      if (!may(actor, 'settings.manage', null)) return refused('not_permitted');
      if (from < localDateOf(now)) return refused('not_before_today');
      const refusal = await work(tx);
      if (refusal) return refused(refusal);
      await recordAudit(tx, actor, now, { action, subjectKind: 'settings', subjectId, detail: { from } });
      return ok();
    });
  }
}
