import { AUTHORITY_CODES, type Council } from '@app/authorities';
import { type TimeLimitRule, timeLimitRules, timeLimitUnits } from '@app/deadlines';
import { z } from 'zod';
import { choice, date, one, requiredLine } from '../../fields';

/** What the select says for "all authorities". */
export const WHOLE_HUB = 'hub';

const MOST = 1000;
const AMOUNT = `Enter a whole number from 1 to ${MOST.toLocaleString('en-GB')}`;

/** A time limit from a date on, for one of the rules that are in use. */
export const timeLimitForm = (rules: readonly TimeLimitRule[]) =>
  z.object({
    rule: choice(timeLimitRules, 'Choose what the limit is for').refine((rule) => rules.includes(rule), { message: 'Choose what the limit is for' }),
    authority: choice([WHOLE_HUB, ...AUTHORITY_CODES], 'Choose all authorities or one').transform((code): Council | null => (code === WHOLE_HUB ? null : code)),
    amount: z.preprocess(one, z.string().trim().regex(/^\d+$/, AMOUNT)).transform(Number).refine((amount) => amount >= 1 && amount <= MOST, { message: AMOUNT }),
    unit: choice(timeLimitUnits, 'Choose working days, calendar days or months'),
    holdsFrom: date('Enter the date from which this holds'),
    source: requiredLine(300, 'Say who decided this, or which law says so'),
  });
