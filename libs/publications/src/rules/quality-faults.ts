/** What can be impossible or missing in the records that the figures rest on. */
export const QUALITY_FAULTS = ['dates_out_of_order', 'closed_without_reason', 'no_first_response', 'unrouted_over_a_week', 'suspected_duplicate', 'no_contact_details'] as const;
export type QualityFault = (typeof QUALITY_FAULTS)[number];

/** How many days an enquiry may wait for its council before that is counted as a fault. */
export const UNROUTED_AFTER_DAYS = 7;

/** What each fault is called, why it matters to the figures, and the form of the family's page that mends it. */
export const FAULT_MEANINGS: Readonly<Record<QualityFault, { readonly name: string; readonly matters: string; readonly mendedBy: 'correct' | 'note' | 'route' | 'merge' | 'people'; readonly mend: string }>> = {
  dates_out_of_order: {
    name: 'Dates out of order',
    matters: 'The first response is later than a milestone that it comes before, or the assessment file and the journey tell different dates. Times between milestones come out wrong.',
    mendedBy: 'correct',
    mend: 'Correct the date',
  },
  closed_without_reason: {
    name: 'Closed without a reason',
    matters: 'Closed as “other”, and no note says why. Nobody learns from it why families leave.',
    mendedBy: 'note',
    mend: 'Write why',
  },
  no_first_response: {
    name: 'No first response, but later milestones',
    matters: 'The family went on, so somebody must have answered. It counts as missed until that is recorded.',
    mendedBy: 'correct',
    mend: 'Record the answer',
  },
  unrouted_over_a_week: {
    name: 'Not routed for over a week',
    matters: 'No council counts this enquiry, and none rings the family.',
    mendedBy: 'route',
    mend: 'Choose the council',
  },
  suspected_duplicate: {
    name: 'Suspected duplicates',
    matters: 'Two households with open journeys share a telephone number or an address of mail. One family counts twice, unless somebody looks and says that they are two.',
    mendedBy: 'merge',
    mend: 'Merge, or keep as two',
  },
  no_contact_details: {
    name: 'No way to reach them',
    matters: 'An open journey without a telephone number or an address of mail of anybody.',
    mendedBy: 'people',
    mend: 'Add contact details',
  },
};
