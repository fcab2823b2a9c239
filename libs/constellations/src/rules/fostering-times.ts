import { daysBetween, type LocalDate, maxDate, minDate } from '@app/kernel';

/** What is known of an approved household: when it was approved, joined its first constellation, and left fostering. */
export interface FosteringHome {
  readonly approvedOn: LocalDate;
  readonly joinedOn: LocalDate | null;
  readonly leftOn: LocalDate | null;
  readonly leftBy: 'resignation' | 'termination' | null;
}

/** How long a household was followed on one side, in days, and how that ended. */
export interface FosteringTime {
  readonly side: 'member' | 'non_member';
  readonly days: number;
  readonly ending: 'resignation' | 'termination' | 'censored';
}

/** Why the two sides cannot be compared as if chance had made them. */
export const NOT_BY_CHANCE =
  'Members were not chosen at random. Families that join a constellation may differ from others in ways that also keep them in fostering, and there are few of them. The difference is not proof that the constellation kept them.';

/**
 * The times for which households were followed between two days, both inclusive, of those that fostered after the first
 * and were approved by the last.
 *
 * Time 0 of a member is the day of joining, or the first day when it had joined before; of a non-member the day of its
 * approval, or the first day when it was approved before. A household that joins later counts as a non-member until that
 * day, is censored there, and begins anew as a member: nobody is a member before joining. Who leaves the constellation and
 * goes on fostering stays a member. Leaving after the last day is not known yet: censored on the last day.
 */
export function fosteringTimes(homes: readonly FosteringHome[], from: LocalDate, to: LocalDate): readonly FosteringTime[] {
  return homes.flatMap(({ approvedOn, joinedOn, leftOn, leftBy }): FosteringTime[] => {
    if (approvedOn > to || (leftOn !== null && leftOn <= from)) return [];
    const end = leftOn !== null && leftOn < to ? leftOn : to;
    const ending = leftOn !== null && leftBy !== null && leftOn <= to ? leftBy : 'censored';
    const begins = maxDate(approvedOn, from);
    if (joinedOn === null || joinedOn > to) return [{ side: 'non_member', days: daysBetween(begins, end), ending }];
    const member: FosteringTime = { side: 'member', days: daysBetween(maxDate(joinedOn, from), end), ending };
    return joinedOn > begins ? [{ side: 'non_member', days: daysBetween(begins, minDate(joinedOn, end)), ending: 'censored' }, member] : [member];
  });
}
