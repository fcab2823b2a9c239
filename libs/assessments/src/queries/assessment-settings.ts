import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { CheckType } from '../rules/checklist';

export const ASSESSMENT_RULES = ['panel_needed', 'usual_fostering_limit', 'dbs_from_age', 'overseas_under_years', 'previous_service_within_months', 'personal_referees'] as const;
export type AssessmentRule = (typeof ASSESSMENT_RULES)[number];

/** One dated row of a rule. */
export interface DatedRule {
  readonly rule: AssessmentRule;
  readonly authority: string | null;
  readonly holdsFrom: LocalDate;
  readonly amount: number;
  readonly source: string;
}

/** Every row of the rules, by rule, the newest first. */
export function ruleHistory(tx: EntityManager): Promise<DatedRule[]> {
  return rows<DatedRule>(tx, `SELECT rule, authority, holds_from AS "holdsFrom", amount, source FROM assessment_rules ORDER BY array_position($1::text[], rule), authority NULLS FIRST, holds_from DESC`, [[...ASSESSMENT_RULES]]);
}

/** Every row of the types of checks, in the order of the list, the newest of each first. */
export function checkTypeHistory(tx: EntityManager): Promise<CheckType[]> {
  return rows<CheckType>(
    tx,
    `SELECT code, name, about, condition, times, chase_after_working_days AS "chaseAfterWorkingDays", valid_months AS "validMonths", about_third_party AS "aboutThirdParty",
            destroy_details AS "destroyDetails", in_law AS "inLaw", source, holds_from AS "holdsFrom", holds_until AS "holdsUntil"
       FROM check_types ORDER BY display_order, code, holds_from DESC`,
  );
}
