import { ASSESSMENT_RULES, type AssessmentRule, type CheckAbout, type CheckCondition } from '@app/assessments';
import { AUTHORITY_CODES, type Council } from '@app/authorities';
import { z } from 'zod';
import { choice, choices, date, one, requiredLine } from '../../fields';
import { WHOLE_HUB } from './time-limits.form';

export const RULE_WORDS: Readonly<Record<AssessmentRule, string>> = {
  panel_needed: 'A panel considers each case (1 yes, 0 no)',
  usual_fostering_limit: 'Usual fostering limit, children',
  dbs_from_age: 'Enhanced DBS check from the age of',
  overseas_under_years: 'Checks overseas for fewer years in the UK than',
  previous_service_within_months: 'Reference of a fostering service within months',
  personal_referees: 'Personal referees for each applicant',
};
export const ABOUT_WORDS: Readonly<Record<CheckAbout, string>> = { applicant: 'Each applicant', adult: 'Each adult who lives there', child: 'Each child who lives there', household: 'The home' };
export const CONDITION_WORDS: Readonly<Record<CheckCondition, string>> = {
  always: 'Always', in_uk_under_limit: 'In the UK for fewer years than the limit', previous_service: 'Fostered with a service lately', no_previous_service: 'Did not foster with a service lately', employed: 'Has an employer',
  former_partner: 'Has a former partner', school_age: 'Of school age', pets: 'There are pets', other_authority: 'Lives in another council’s area',
};
const ABOUTS = Object.keys(ABOUT_WORDS) as [CheckAbout, ...CheckAbout[]];
const CONDITIONS = Object.keys(CONDITION_WORDS) as [CheckCondition, ...CheckCondition[]];

const whole = (missing: string, least: number, most: number) =>
  z.preprocess(one, z.string().trim().regex(/^\d{1,4}$/, missing)).transform(Number).refine((amount) => amount >= least && amount <= most, { message: `Enter a whole number from ${String(least)} to ${String(most)}` });
const holdsFrom = date('Enter the date from which this holds');
const source = requiredLine(300, 'Say who decided this, or which law says so');

/** A rule of assessments from a date on. */
export const ruleForm = z.object({
  rule: choice(ASSESSMENT_RULES, 'Choose the rule'),
  authority: choice([WHOLE_HUB, ...AUTHORITY_CODES], 'Choose all councils or one').transform((code): Council | null => (code === WHOLE_HUB ? null : code)),
  amount: whole('Enter a whole number', 0, 120),
  holdsFrom,
  source,
});

/** A type of check from a date on. */
export const checkTypeForm = z.object({
  code: z.preprocess((given) => one(given) || null, z.string().max(60).nullable()),
  name: requiredLine(100, 'Enter the name of the check'),
  about: choice(ABOUTS, 'Choose whom it is about'),
  condition: choice(CONDITIONS, 'Choose when it is asked for'),
  times: whole('Enter how many are asked for', 1, 10),
  chase: whole('Enter after how many working days it is chased', 1, 250),
  valid: z.preprocess((given) => one(given).trim(), z.string().regex(/^\d{0,3}$/, 'Enter a whole number of months')).transform((text) => (text === '' || Number(text) === 0 ? null : Number(text))),
  marks: choices(['third_party', 'destroy', 'in_law']),
  type_from: holdsFrom,
  type_source: source,
});

/** The end of a type of check. */
export const endForm = z.object({ end_code: requiredLine(60, 'Choose the check'), end_from: date('Enter the date from which it is not asked for') });
