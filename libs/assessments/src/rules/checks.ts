import { addMonthsClamped, addWorkingDays, dateInWords, type LocalDate, type WorkingCalendar } from '@app/kernel';
import type { CheckAbout, CheckType } from './checklist';

export const CHECK_OUTCOMES = ['satisfactory', 'concern', 'not_obtainable', 'not_needed'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

export const CHECK_OUTCOME_NAMES: Readonly<Record<CheckOutcome, string>> = {
  satisfactory: 'Satisfactory',
  concern: 'Received, with a concern',
  not_obtainable: 'Could not be obtained',
  not_needed: 'Not needed',
};

/** One check of a household as it stands. Dates are local (Europe/London). */
export interface Check {
  readonly id: string;
  readonly type: string;
  readonly about: CheckAbout;
  readonly personId: string | null;
  readonly ordinal: number;
  readonly requestedOn: LocalDate | null;
  readonly sentOn: LocalDate | null;
  readonly chasedOn: LocalDate | null;
  readonly chases: number;
  readonly receivedOn: LocalDate | null;
  readonly outcome: CheckOutcome | null;
  readonly outcomeOn: LocalDate | null;
  readonly validUntil: LocalDate | null;
  readonly note: string | null;
  readonly noLongerNeededOn: LocalDate | null;
}

/** How a check stands, for the checklist. */
export type CheckStanding = 'not_requested' | 'waiting' | 'to_chase' | 'received' | 'done' | 'expired' | 'no_longer_needed';

/** How a check stands on a date: what waits too long since it was last asked for is to be chased, what has run out is to be done again. */
export function standingOf(check: Check, type: Pick<CheckType, 'chaseAfterWorkingDays'>, today: LocalDate, calendar: WorkingCalendar): CheckStanding {
  if (check.noLongerNeededOn !== null) return 'no_longer_needed';
  if (check.outcome !== null) return check.validUntil !== null && check.validUntil < today ? 'expired' : 'done';
  if (check.receivedOn !== null) return 'received';
  const asked = check.chasedOn ?? check.sentOn ?? check.requestedOn;
  if (asked === null) return 'not_requested';
  return addWorkingDays(calendar, asked, type.chaseAfterWorkingDays) < today ? 'to_chase' : 'waiting';
}

/** The last day on which a check is good, from the day on which it was received; null for one that does not run out. */
export const validUntil = (type: Pick<CheckType, 'validMonths'>, receivedOn: LocalDate): LocalDate | null => (type.validMonths === null ? null : addMonthsClamped(receivedOn, type.validMonths));

/** What keeps stage 1 from being complete: one sentence for each check that is not done. */
export interface MissingCheck {
  readonly checkId: string;
  readonly name: string;
  readonly about: string;
  readonly why: 'not_requested' | 'waiting' | 'received' | 'expired';
  readonly since: LocalDate | null;
}

/** Every check that still stands in the way on a date, in the order of the list. `nameOf` says whom a check is about. */
export function missingChecks(checks: readonly Check[], types: ReadonlyMap<string, CheckType>, nameOf: (check: Check) => string, today: LocalDate, calendar: WorkingCalendar): readonly MissingCheck[] {
  return checks.flatMap((check): MissingCheck[] => {
    const type = types.get(check.type);
    if (!type) return [];
    const standing = standingOf(check, type, today, calendar);
    if (standing === 'done' || standing === 'no_longer_needed') return [];
    const why = standing === 'to_chase' ? 'waiting' : standing;
    return [{ checkId: check.id, name: type.name, about: nameOf(check), why, since: why === 'expired' ? check.validUntil : (check.receivedOn ?? check.sentOn ?? check.requestedOn) }];
  });
}

const WHY: Readonly<Record<MissingCheck['why'], (since: LocalDate | null) => string>> = {
  not_requested: () => 'has not been asked for',
  waiting: (since) => `has not come back${since ? `; it was asked for on ${dateInWords(since)}` : ''}`,
  received: (since) => `is in${since ? ` since ${dateInWords(since)}` : ''}, but its outcome is not recorded`,
  expired: (since) => `ran out${since ? ` on ${dateInWords(since)}` : ''} and has to be done again`,
};

/** A missing check as a sentence. */
export const missingInWords = ({ name, about, why, since }: MissingCheck): string => `${name}${about === '' ? '' : ` of ${about}`} ${WHY[why](since)}.`;
