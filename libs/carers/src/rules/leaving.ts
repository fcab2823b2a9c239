/** Who ended an approval: the carers by their notice (which no panel asks about), or the service. */
export const LEFT_BY = ['resignation', 'termination'] as const;
export type LeftBy = (typeof LEFT_BY)[number];

export const LEFT_BY_NAMES: Readonly<Record<LeftBy, string>> = { resignation: 'The carers resigned', termination: 'The service ended the approval' };

/** Why carers leave, by who ended the approval. */
export const LEAVE_REASONS = {
  resignation: ['retired', 'health', 'family_circumstances', 'work_or_money', 'not_supported', 'hard_placement', 'allegation', 'moved_to_agency', 'moved_to_authority', 'moved_away', 'adopted_or_guardian', 'other'],
  termination: ['standards_of_care', 'allegation', 'household_change', 'not_available', 'other'],
} as const satisfies Readonly<Record<LeftBy, readonly string[]>>;
export type LeaveReason = (typeof LEAVE_REASONS)[LeftBy][number];

export const LEAVE_REASON_NAMES: Readonly<Record<LeaveReason, string>> = {
  retired: 'Retired from fostering',
  health: 'Health',
  family_circumstances: 'Changes in the family',
  work_or_money: 'Work or money',
  not_supported: 'Did not feel supported',
  hard_placement: 'A placement was too hard',
  allegation: 'An allegation or complaint',
  moved_to_agency: 'Went to an independent agency',
  moved_to_authority: 'Went to another authority',
  moved_away: 'Moved away',
  adopted_or_guardian: 'Adopted, or became special guardians of, a child they fostered',
  standards_of_care: 'Standards of care',
  household_change: 'A change in the household',
  not_available: 'Not available for children any more',
  other: 'Another reason',
};

/** Whether a reason belongs to who ended the approval. */
export const reasonFits = (by: LeftBy, reason: string): reason is LeaveReason => (LEAVE_REASONS[by] as readonly string[]).includes(reason);
