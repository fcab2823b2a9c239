import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { CheckType } from '../rules/checklist';

/** What an assessment asks for at a council on a date. */
export interface AssessmentRules {
  readonly panelNeeded: boolean;
  readonly usualFosteringLimit: number;
  readonly dbsFromAge: number;
  readonly overseasUnderYears: number;
  readonly previousServiceWithinMonths: number;
  readonly personalReferees: number;
}

/** The rules in force: the council's own latest row goes before the hub's. */
export async function rulesInForce(tx: EntityManager, authority: string, on: LocalDate): Promise<AssessmentRules> {
  const found = await rows<{ rule: string; amount: number }>(
    tx,
    `SELECT DISTINCT ON (rule) rule, amount FROM assessment_rules WHERE holds_from <= $2 AND (authority IS NULL OR authority = $1) ORDER BY rule, authority NULLS LAST, holds_from DESC`,
    [authority, on],
  );
  const amountOf = (rule: string): number => {
    const row = found.find((candidate) => candidate.rule === rule);
    if (!row) throw new Error(`No ${rule} holds on ${on}`);
    return row.amount;
  };
  return {
    panelNeeded: amountOf('panel_needed') === 1,
    usualFosteringLimit: amountOf('usual_fostering_limit'),
    dbsFromAge: amountOf('dbs_from_age'),
    overseasUnderYears: amountOf('overseas_under_years'),
    previousServiceWithinMonths: amountOf('previous_service_within_months'),
    personalReferees: amountOf('personal_referees'),
  };
}

/** Every type of check that holds or held on a date, in the order of the list, the newest of each last; what is to come says nothing yet. The number of personal referees follows the council's rule. */
export async function checkTypes(tx: EntityManager, rules: Pick<AssessmentRules, 'personalReferees'>, on?: LocalDate): Promise<CheckType[]> {
  const types = await rows<CheckType>(
    tx,
    `SELECT code, name, about, condition, times, chase_after_working_days AS "chaseAfterWorkingDays", valid_months AS "validMonths", about_third_party AS "aboutThirdParty",
            destroy_details AS "destroyDetails", in_law AS "inLaw", source, holds_from AS "holdsFrom", holds_until AS "holdsUntil"
       FROM check_types WHERE $1::date IS NULL OR holds_from <= $1 ORDER BY display_order, holds_from`,
    [on ?? null],
  );
  return types.map((type) => (type.code === 'personal_referee' ? { ...type, times: rules.personalReferees } : type));
}
