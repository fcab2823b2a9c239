import type { TimeLimitRule, TimeLimitUnit } from '@app/deadlines';
import { countOf } from '../../../platform/words';

const RULES: Readonly<Record<TimeLimitRule, string>> = {
  first_response: 'First response',
  home_visit: 'Initial home visit',
  turnaround: 'Turnaround, from the enquiry to approval',
  follow_up: 'Follow-up contact',
  stage_1_outcome: 'Outcome of stage 1',
  recommendation: 'Recommendation, from the application',
  decision: 'Decision, from the recommendation',
  told_orally: 'Telling the decision by word of mouth',
  told_in_writing: 'Telling the decision in writing',
  representations: 'Representations after a qualifying determination',
  irm_papers: 'Papers to the independent review',
  panel_papers: 'Papers to the panel, before it meets',
  first_review: 'First review of an approved carer',
  yearly_review: 'Yearly review of an approved carer',
};

/** A rule as administration lists it. */
export const ruleInWords = (rule: TimeLimitRule): string => RULES[rule];

const UNITS: Readonly<Record<TimeLimitUnit, readonly [string, string]>> = { working_days: ['working day', 'working days'], calendar_days: ['calendar day', 'calendar days'], months: ['month', 'months'] };

/** "10 working days". */
export function limitInWords({ amount, unit }: { readonly amount: number; readonly unit: TimeLimitUnit }): string {
  const [one, many] = UNITS[unit];
  return countOf(amount, one, many);
}
