import type { AuthorityCode, Council } from '@app/authorities';
import type { ApplicantDetails, Channel } from '@app/journeys';
import type { Suspicion } from './screening';

/** The kinds of fostering that somebody can be interested in. */
export const INTERESTS = ['short_term', 'long_term', 'emergency', 'short_breaks', 'parent_and_child', 'siblings', 'teenagers', 'unaccompanied_children', 'children_with_disabilities', 'not_sure'] as const;
export type Interest = (typeof INTERESTS)[number];

export const INTEREST_NAMES: Readonly<Record<Interest, string>> = {
  short_term: 'Short-term fostering',
  long_term: 'Long-term fostering',
  emergency: 'Emergency fostering',
  short_breaks: 'Short breaks',
  parent_and_child: 'Parent and child',
  siblings: 'Brothers and sisters together',
  teenagers: 'Teenagers',
  unaccompanied_children: 'Unaccompanied children seeking asylum',
  children_with_disabilities: 'Children with disabilities',
  not_sure: 'Not sure yet',
};

export type SpareRoom = 'yes' | 'no' | 'not_sure';
export type FostersNow = 'no' | 'council' | 'agency' | 'before';

export const FOSTERS_NOW_NAMES: Readonly<Record<FostersNow, string>> = {
  no: 'No',
  council: 'Yes, for a council',
  agency: 'Yes, for an independent agency',
  before: 'Not now, but in the past',
};

/** An enquiry as it came in, parsed: names present, telephone in E.164, postcode canonical. */
export interface ReceivedEnquiry {
  readonly channel: Channel;
  readonly source: string | null;
  /** When it was received; now, when left out. */
  readonly receivedAt?: Date;
  readonly applicants: readonly ApplicantDetails[];
  readonly postcode: string | null;
  readonly askedForAuthority: Council | null;
  readonly spareRoom: SpareRoom | null;
  readonly fostersNow: FostersNow | null;
  readonly interests: readonly Interest[];
  readonly message: string | null;
  readonly marketingConsent: boolean;
  readonly suspicions: readonly Suspicion[];
  /** The household it belongs to, when an officer knows it. */
  readonly sameHouseholdAs?: string;
  /** When an officer spoke with them on the spot. */
  readonly answeredAt?: Date;
  readonly officerId?: string;
  readonly websiteId?: string;
  /** Sending the same key again gives the same enquiry. */
  readonly idempotencyKey?: string;
  readonly requestDigest?: string;
  readonly demonstration?: boolean;
}

/** What the person who enquired is told. */
export interface EnquiryConfirmation {
  readonly reference: string;
  readonly receivedAt: Date;
  /** By when somebody answers: the stored due time of the first response. */
  readonly dueAt: Date;
  readonly authority: AuthorityCode;
}
