import { limitInForce, type TimeLimit, type TimeLimitRule } from '@app/deadlines';
import type { LocalDate } from '@app/kernel';

/** What the hub promises, as the pages for carers say it. */
export interface StandardsInWords {
  /** "By the end of the next working day" */
  readonly firstResponse: string;
  /** "Within 10 working days" */
  readonly homeVisit: string;
  /** "6 months" */
  readonly turnaround: string;
}

/** The hub's own time limits that hold on a date, in words. */
export function standardsInWords(limits: readonly TimeLimit[], on: LocalDate): StandardsInWords {
  const span = (rule: TimeLimitRule): string => {
    const limit = limitInForce(limits, rule, on, null);
    if (!limit) throw new Error(`No time limit for ${rule} holds on ${on}`);
    const unit = { working_days: 'working day', calendar_days: 'day', months: 'month' }[limit.unit];
    return `${String(limit.amount)} ${unit}${limit.amount === 1 ? '' : 's'}`;
  };
  const firstResponse = span('first_response');
  return {
    firstResponse: firstResponse === '1 working day' ? 'By the end of the next working day' : `Within ${firstResponse}`,
    homeVisit: `Within ${span('home_visit')}`,
    turnaround: span('turnaround'),
  };
}
