/** Who ended a journey that was closed without approval. */
export const CLOSED_BY = ['applicant', 'service', 'no_contact'] as const;
export type ClosedBy = (typeof CLOSED_BY)[number];

/** The reasons that each of them can have, in the order in which forms and reports list them. */
export const CLOSE_REASONS = {
  applicant: [
    'fostering_not_as_expected',
    'assessment_not_as_expected',
    'household_circumstances',
    'financial',
    'allegation_risk',
    'changed_mind',
    'chose_ifa',
    'chose_other_authority',
    'adoption_instead',
    'not_now',
    'other',
  ],
  service: [
    'no_spare_room',
    'out_of_area',
    'age',
    'health',
    'housing',
    'immigration',
    'safeguarding',
    'kinship',
    'stage_1_refused',
    'not_approved',
    'duplicate',
    'not_an_enquiry',
    'other',
  ],
  no_contact: ['no_response'],
} as const satisfies Readonly<Record<ClosedBy, readonly string[]>>;

export type CloseReason = (typeof CLOSE_REASONS)[ClosedBy][number];

/** What a close reason is called on pages and in exports. */
export const CLOSE_REASON_NAMES: Readonly<Record<CloseReason, string>> = {
  fostering_not_as_expected: 'Fostering was not as expected',
  assessment_not_as_expected: 'The assessment was not as expected',
  household_circumstances: 'Household circumstances changed',
  financial: 'Financial reasons',
  allegation_risk: 'Risk of allegations',
  changed_mind: 'Changed their mind',
  chose_ifa: 'Chose an independent fostering agency',
  chose_other_authority: 'Chose another local authority',
  adoption_instead: 'Adoption instead',
  not_now: 'Not now',
  no_spare_room: 'No spare room',
  out_of_area: 'Lives out of the area',
  age: 'Age',
  health: 'Health',
  housing: 'Housing',
  immigration: 'Immigration status',
  safeguarding: 'Safeguarding concern',
  kinship: 'Family for a particular child they know (kinship)',
  stage_1_refused: 'Refused at stage 1',
  not_approved: 'Not approved',
  duplicate: 'Duplicate of another journey',
  not_an_enquiry: 'Not an enquiry',
  no_response: 'No response',
  other: 'Other',
};

/** What each of those who can end a journey is called on pages and in exports. */
export const CLOSED_BY_NAMES: Readonly<Record<ClosedBy, string>> = {
  applicant: 'The applicant',
  service: 'The service',
  no_contact: 'No contact',
};

/**
 * Ofsted's codes for the withdrawal of an applicant (annual fostering data collection, from 2023–24), to be
 * checked against the current return. A reason of the applicant that is not listed has no code of its own.
 */
export const OFSTED_WITHDRAWAL_CODES: Readonly<Partial<Record<(typeof CLOSE_REASONS)['applicant'][number], string>>> = {
  fostering_not_as_expected: 'AW1',
  assessment_not_as_expected: 'AW2',
  household_circumstances: 'AW3',
  financial: 'AW4',
  allegation_risk: 'AW5',
  other: 'AW0',
};

/**
 * Reasons whose journeys count nowhere but under `excluded`. Closing a journey as kinship also marks it as
 * kinship, so that it stays excluded until the mark is taken off.
 */
export const EXCLUDING_REASONS = ['duplicate', 'not_an_enquiry', 'kinship'] as const satisfies readonly CloseReason[];
export type ExcludingReason = (typeof EXCLUDING_REASONS)[number];

/** Every close reason once, whoever closed; `other` can be the applicant's and the service's. */
export const ALL_CLOSE_REASONS: readonly CloseReason[] = [...new Set(CLOSED_BY.flatMap((by): readonly CloseReason[] => CLOSE_REASONS[by]))];

/** Whether a text is one of those who can close a journey. */
export function isClosedBy(text: string): text is ClosedBy {
  return (CLOSED_BY as readonly string[]).includes(text);
}

/** Whether a reason is one that this closer can have: a journey that nobody could reach closes as `no_response` only. */
export function isCloseReasonOf(closedBy: ClosedBy, reason: string): reason is CloseReason {
  return (CLOSE_REASONS[closedBy] as readonly string[]).includes(reason);
}
