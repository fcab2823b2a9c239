import { CLOSED_BY, type ClosedBy, type CloseReason, OFSTED_WITHDRAWAL_CODES } from '@app/journeys';

/** How a journey stood at one end of the year. Excluded: a duplicate, no enquiry, or kinship, which is not mainstream fostering. */
export type YearStanding = 'absent' | 'enquiry' | 'application' | 'approved' | 'closed' | 'excluded';

/** Journeys that went through the year in the same way. */
export interface YearGroup {
  /** Of the authority that it had at the start; null when there was no journey then. */
  readonly authorityAtStart: string | null;
  readonly atStart: YearStanding;
  readonly appliedBefore: boolean;
  readonly authority: string;
  readonly atEnd: YearStanding;
  /** Whether an application, or anything that needs one, is dated by the end. */
  readonly applied: boolean;
  /** Whether it was approved or (last) closed in the year. */
  readonly endedInYear: boolean;
  readonly closedBy: ClosedBy | null;
  readonly closedReason: CloseReason | null;
  readonly count: number;
}

/** How something leaves a book: enquiries by an application, applications by an approval, both by a close. */
export type YearOutcome = 'applied' | 'approved' | `closed_${ClosedBy}` | 'not_counted';

/** One book of the year: what was in hand, what came in, what went out, what is in hand. */
export interface YearBook {
  readonly opening: number;
  readonly received: number;
  readonly reopened: number;
  readonly movedIn: number;
  readonly out: Readonly<Partial<Record<YearOutcome, number>>>;
  readonly movedOut: number;
  readonly closing: number;
  /** Of those received in the year: by the outcome so far, `open` for those still in hand. */
  readonly ofTheYear: Readonly<Partial<Record<YearOutcome | 'open', number>>>;
}

/** Ofsted's codes for the withdrawal of an applicant, in order. */
export const WITHDRAWAL_CODES = ['AW0', 'AW1', 'AW2', 'AW3', 'AW4', 'AW5'] as const;
export type WithdrawalCode = (typeof WITHDRAWAL_CODES)[number];

/** The year of one authority, or of all. */
export interface YearOf {
  readonly enquiries: YearBook;
  readonly applications: YearBook;
  readonly withdrawals: Readonly<Record<WithdrawalCode, number>>;
}

/** What left hand in a year by each outcome, in the order in which it is listed. */
export const OUTCOMES_OF = {
  enquiries: ['applied', ...CLOSED_BY.map((by) => `closed_${by}` as const), 'not_counted'],
  applications: ['approved', ...CLOSED_BY.map((by) => `closed_${by}` as const), 'not_counted'],
} as const satisfies Readonly<Record<string, readonly YearOutcome[]>>;

/** The code under which the return counts an applicant's reason; a reason without one of its own is "other or unknown". */
export function withdrawalCode(reason: CloseReason): WithdrawalCode {
  const codes: Readonly<Partial<Record<string, string>>> = OFSTED_WITHDRAWAL_CODES;
  return WITHDRAWAL_CODES.find((code) => code === codes[reason]) ?? 'AW0';
}

type Book = 'enquiries' | 'applications';
type WayIn = 'opening' | 'received' | 'reopened';
interface Passage {
  readonly by: WayIn;
  /** Null: still in hand. */
  readonly out: YearOutcome | null;
}

/** How a journey went through the book of enquiries; null when it was not in it this year. */
function asEnquiry(group: YearGroup): Passage | null {
  const by = group.atStart === 'enquiry' ? 'opening' : group.atStart === 'absent' && group.atEnd !== 'excluded' ? 'received' : !group.appliedBefore && cameBack(group) ? 'reopened' : null;
  if (by === null) return null;
  if (group.atEnd === 'excluded') return { by, out: 'not_counted' };
  if (group.applied) return { by, out: 'applied' };
  return { by, out: group.atEnd === 'enquiry' ? null : closedOutcome(group) };
}

/** How it went through the book of applications: received from the book of enquiries, in the same year. */
function asApplication(group: YearGroup): Passage | null {
  const by = group.atStart === 'application' ? 'opening' : asEnquiry(group)?.out === 'applied' ? 'received' : group.appliedBefore && cameBack(group) ? 'reopened' : null;
  if (by === null) return null;
  if (group.atEnd === 'excluded') return { by, out: 'not_counted' };
  if (group.atEnd === 'approved') return { by, out: 'approved' };
  return { by, out: group.atEnd === 'application' ? null : closedOutcome(group) };
}

/** Closed or left out at the start, and in hand or ended anew since. */
function cameBack({ atStart, atEnd, endedInYear }: YearGroup): boolean {
  return (atStart === 'closed' || atStart === 'excluded') && atEnd !== 'excluded' && (atEnd === 'enquiry' || atEnd === 'application' || endedInYear);
}

function closedOutcome({ closedBy }: YearGroup): YearOutcome {
  return `closed_${closedBy ?? 'service'}`;
}

/** The year of the listed authorities together: a move from one of them to another is none. */
export function yearOf(groups: readonly YearGroup[], authorities: readonly string[]): YearOf {
  return { enquiries: book(groups, authorities, 'enquiries'), applications: book(groups, authorities, 'applications'), withdrawals: withdrawals(groups, authorities) };
}

const PASSAGES: Readonly<Record<Book, (group: YearGroup) => Passage | null>> = { enquiries: asEnquiry, applications: asApplication };
const IN_HAND: Readonly<Record<Book, YearStanding>> = { enquiries: 'enquiry', applications: 'application' };

/** Opening and closing are counted from how journeys stood, all else from how they passed: that they agree is a proof, not an identity. */
function book(groups: readonly YearGroup[], authorities: readonly string[], which: Book): YearBook {
  const isHere = (authority: string | null): boolean => authority !== null && authorities.includes(authority);
  const total = (that: (group: YearGroup, passage: Passage | null) => boolean): number => groups.reduce((sum, group) => (that(group, PASSAGES[which](group)) ? sum + group.count : sum), 0);
  const here = ({ authority }: YearGroup): boolean => isHere(authority);
  const outcomes = OUTCOMES_OF[which];
  return {
    opening: total((group) => group.atStart === IN_HAND[which] && isHere(group.authorityAtStart)),
    received: total((group, passage) => here(group) && passage?.by === 'received'),
    reopened: total((group, passage) => here(group) && passage?.by === 'reopened'),
    movedIn: total((group, passage) => here(group) && passage?.by === 'opening' && !isHere(group.authorityAtStart)),
    out: Object.fromEntries(outcomes.map((outcome) => [outcome, total((group, passage) => here(group) && passage?.out === outcome)])),
    movedOut: total((group, passage) => !here(group) && passage?.by === 'opening' && isHere(group.authorityAtStart)),
    closing: total((group) => here(group) && group.atEnd === IN_HAND[which]),
    ofTheYear: {
      ...Object.fromEntries(outcomes.filter((outcome) => outcome !== 'not_counted').map((outcome) => [outcome, total((group, passage) => here(group) && passage?.by === 'received' && passage.out === outcome)])),
      open: total((group, passage) => here(group) && passage?.by === 'received' && passage.out === null),
    },
  };
}

function withdrawals(groups: readonly YearGroup[], authorities: readonly string[]): Record<WithdrawalCode, number> {
  const counts = { AW0: 0, AW1: 0, AW2: 0, AW3: 0, AW4: 0, AW5: 0 };
  for (const group of groups) {
    if (authorities.includes(group.authority) && asApplication(group)?.out === 'closed_applicant' && group.closedReason !== null) counts[withdrawalCode(group.closedReason)] += group.count;
  }
  return counts;
}

/** Both sides of a book: what was in hand and came in, and what went out and is in hand. They have to be equal. */
export function reconciliation({ opening, received, reopened, movedIn, out, movedOut, closing }: YearBook): { readonly in: number; readonly out: number; readonly balances: boolean } {
  const [into, outOf] = [opening + received + reopened + movedIn, Object.values(out).reduce((sum, count) => sum + count, 0) + movedOut + closing];
  return { in: into, out: outOf, balances: into === outOf };
}
