import type { TimeLimitRule } from '@app/deadlines';
import { countOf } from '../../../platform/words';

const RULES: Readonly<Partial<Record<TimeLimitRule, string>>> = {
  first_response: 'First response',
  home_visit: 'Initial home visit',
  turnaround: 'Turnaround, from the enquiry to approval',
  follow_up: 'Follow-up contact',
};

/** A rule as administration lists it; one without words of its own is spelt out. */
export function ruleInWords(rule: string): string {
  const spelt = rule.replace(/_/g, ' ');
  return RULES[rule as TimeLimitRule] ?? `${spelt.charAt(0).toUpperCase()}${spelt.slice(1)}`;
}

const UNITS: Readonly<Record<string, readonly [string, string]>> = { working_days: ['working day', 'working days'], calendar_days: ['calendar day', 'calendar days'], months: ['month', 'months'] };

/** "10 working days". */
export function limitInWords({ amount, unit }: { readonly amount: number; readonly unit: string }): string {
  const [one, many] = UNITS[unit] ?? [unit, unit];
  return countOf(amount, one, many);
}
