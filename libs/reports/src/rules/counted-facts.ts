import type { CloseReason, ClosedBy, ExcludingReason, Milestone } from '@app/journeys';

/** What a counted fact belongs to. */
interface Counted {
  /** The authority that the journey had at the cut, `unrouted` included. */
  readonly authority: string;
  /** The calendar month of the date by which it is in the period, as '2024-04': of the enquiry, contact or approval. Left out where months were added together. */
  readonly month?: string;
  readonly count: number;
}

/** Contacts received in the period by the cut, those of excluded and of already open journeys included. */
export type ContactCount = Counted;

/** Enquiries of the period that count nowhere else. */
export interface ExcludedCount extends Counted {
  readonly excludedAs: ExcludingReason;
}

/** Enquiries of the period, by how far they came and how they stood at the cut. */
export type EnquiryCount = Counted & { readonly furthest: Milestone } & (
    | {
        readonly standing: 'open';
        /** Whether the day six calendar months after the enquiry lies before the as-at date. */
        readonly pastSixMonths: boolean;
      }
    | { readonly standing: 'approved' }
    | { readonly standing: 'closed'; readonly closedBy: ClosedBy; readonly closedReason: CloseReason }
  );

/** The competing events that end a journey. */
export const JOURNEY_ENDINGS = ['approved', 'applicant', 'service', 'no_contact'] as const;
export type JourneyEnding = (typeof JOURNEY_ENDINGS)[number];

/**
 * Enquiries of the period by their time: whole days between the local dates of the enquiry and of the end, or
 * of the enquiry and the as-at date for those still open, which are censored.
 */
export interface TimeToEndingCount extends Counted {
  readonly days: number;
  readonly ending: JourneyEnding | 'censored';
}

/** Approvals dated in the period, whenever the enquiry came. */
export interface ApprovalCount extends Counted {
  /** Days from the enquiry date to the approval date. */
  readonly turnaroundDays: number;
  readonly withinSixMonths: boolean;
  /** The same from the application date; null for a household without one. */
  readonly processing: { readonly days: number; readonly withinEightMonths: boolean } | null;
  /** Days on hold between the enquiry and the approval, shown beside the turnaround and never subtracted. */
  readonly heldDays: number;
}

/** Enquiries of the period that were answered by the cut, or whose due time had passed by it. */
export interface ResponseCount extends Counted {
  readonly withinStandard: boolean;
  /** Opening time in minutes from the start of the clock to the first response; null while unanswered. */
  readonly workingMinutes: number | null;
}

/**
 * Everything that the figures of one period, as-at date and known-at moment are computed from, counted in
 * groups. Groups may come in any order and in pieces: equal groups add up.
 */
export interface CountedFacts {
  readonly contacts: readonly ContactCount[];
  readonly excluded: readonly ExcludedCount[];
  readonly enquiries: readonly EnquiryCount[];
  readonly times: readonly TimeToEndingCount[];
  readonly approvals: readonly ApprovalCount[];
  readonly responses: readonly ResponseCount[];
}

/** Those of the facts that belong to an authority, to a month, or to whatever else is asked of them. */
function factsThat(facts: CountedFacts, belong: (fact: Counted) => boolean): CountedFacts {
  return {
    contacts: facts.contacts.filter(belong),
    excluded: facts.excluded.filter(belong),
    enquiries: facts.enquiries.filter(belong),
    times: facts.times.filter(belong),
    approvals: facts.approvals.filter(belong),
    responses: facts.responses.filter(belong),
  };
}

/** Nothing was counted. */
export const NO_FACTS: CountedFacts = { contacts: [], excluded: [], enquiries: [], times: [], approvals: [], responses: [] };

/** The facts of some authorities. */
export function factsOfAuthorities(facts: CountedFacts, authorities: readonly string[]): CountedFacts {
  return factsThat(facts, ({ authority }) => authorities.includes(authority));
}

/** The facts of one calendar month, given as '2024-04'. */
export function factsOfMonth(facts: CountedFacts, month: string): CountedFacts {
  return factsThat(facts, (fact) => fact.month === month);
}

/** The facts of each calendar month that has any, by month ('2024-04'): in one pass, however many months. */
export function factsByMonth(facts: CountedFacts): ReadonlyMap<string, CountedFacts> {
  const byMonth = new Map<string, { [Kind in keyof CountedFacts]: CountedFacts[Kind][number][] }>();
  const monthOf = (month = ''): { [Kind in keyof CountedFacts]: CountedFacts[Kind][number][] } => {
    const known = byMonth.get(month);
    if (known !== undefined) return known;
    const fresh = { contacts: [], excluded: [], enquiries: [], times: [], approvals: [], responses: [] };
    byMonth.set(month, fresh);
    return fresh;
  };
  for (const fact of facts.contacts) monthOf(fact.month).contacts.push(fact);
  for (const fact of facts.excluded) monthOf(fact.month).excluded.push(fact);
  for (const fact of facts.enquiries) monthOf(fact.month).enquiries.push(fact);
  for (const fact of facts.times) monthOf(fact.month).times.push(fact);
  for (const fact of facts.approvals) monthOf(fact.month).approvals.push(fact);
  for (const fact of facts.responses) monthOf(fact.month).responses.push(fact);
  return byMonth;
}
