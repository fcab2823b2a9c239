import type { Council } from '@app/authorities';
import type { ClosedBy, CloseReason, Channel, Milestone } from '@app/journeys';

/**
 * How often things happen in the made-up year. The funnel follows what Foster for East Midlands published in 2025
 * (of 1,774 enquiries 29.9 % completed an initial application, 15.1 % had a home visit, 8.1 % had applied so far), seen
 * through to its end: about one enquiry in eight is approved. That lies above the national figures for councils
 * (11 % in 2013/14) and below the hub's target of 15.45 %. Everything else is a choice that is meant to look plausible.
 */
export const ENQUIRIES_A_YEAR = 660;

/** Of those that reached the milestone before, the share that goes on to this one. */
export const GOES_ON: Readonly<Record<Exclude<Milestone, 'enquiry'>, number>> = {
  initial_application: 0.31,
  home_visit: 0.6,
  application: 0.82,
  stage_1: 0.93,
  stage_2: 0.98,
  panel: 0.95,
  approved: 0.96,
};

/** Where enquiries come from, by the number of children in care of each council. */
export const COUNCIL_WEIGHTS: Readonly<Record<Council, number>> = { derby: 18, derbyshire: 33, nottingham: 19, nottinghamshire: 30 };

/** How a council's enquirers differ in going on to the initial application. */
export const COUNCIL_INTEREST: Readonly<Record<Council, number>> = { derby: 1, derbyshire: 1.08, nottingham: 0.9, nottinghamshire: 1 };

export const CHANNEL_WEIGHTS: Readonly<Record<Channel, number>> = { web: 57, phone: 19, email: 8, event: 7, social: 5, referral: 3, other: 1 };

/** How people heard of the hub, in the words that the enquiry form keeps, and how much likelier than others they go on. */
export const SOURCES = {
  'Social media': { weight: 26, interest: 0.7 },
  'Internet search': { weight: 20, interest: 0.95 },
  Council: { weight: 16, interest: 1.15 },
  'Friend or family': { weight: 12, interest: 1.3 },
  'Foster carer': { weight: 8, interest: 1.6 },
  'Radio, television or newspaper': { weight: 7, interest: 0.85 },
  Event: { weight: 5, interest: 1.2 },
  'Poster or leaflet': { weight: 4, interest: 0.9 },
  'Work or school': { weight: 2, interest: 1.1 },
} as const;
export type Source = keyof typeof SOURCES;

/** Enquiries by calendar month, January first: a rush after new year, Foster Care Fortnight in May, the new school year. */
export const MONTH_WEIGHTS: readonly number[] = [1.35, 1.05, 1.0, 0.95, 1.25, 0.95, 0.85, 0.8, 1.15, 1.05, 1.0, 0.6];

/** How a journey that is not approved ends, by the furthest milestone that it reached. */
export type Ending = `${ClosedBy}/${CloseReason}`;
export const ENDINGS: Readonly<Record<Exclude<Milestone, 'approved'>, Readonly<Partial<Record<Ending, number>>>>> = {
  enquiry: {
    'no_contact/no_response': 27,
    'service/no_spare_room': 13,
    'service/out_of_area': 4,
    'service/housing': 3,
    'service/health': 2,
    'service/age': 1,
    'service/immigration': 1,
    'service/safeguarding': 1,
    'service/other': 1,
    'applicant/not_now': 12,
    'applicant/changed_mind': 9,
    'applicant/household_circumstances': 7,
    'applicant/financial': 6,
    'applicant/fostering_not_as_expected': 6,
    'applicant/chose_ifa': 4,
    'applicant/chose_other_authority': 2,
    'applicant/adoption_instead': 2,
    'applicant/other': 2,
  },
  initial_application: {
    'no_contact/no_response': 20,
    'applicant/changed_mind': 16,
    'applicant/household_circumstances': 15,
    'applicant/not_now': 12,
    'applicant/financial': 8,
    'applicant/chose_ifa': 7,
    'applicant/fostering_not_as_expected': 6,
    'service/no_spare_room': 6,
    'service/housing': 3,
    'service/health': 3,
    'service/safeguarding': 2,
    'applicant/chose_other_authority': 2,
  },
  home_visit: {
    'applicant/household_circumstances': 22,
    'applicant/changed_mind': 18,
    'applicant/not_now': 14,
    'applicant/fostering_not_as_expected': 10,
    'applicant/financial': 8,
    'service/no_spare_room': 7,
    'service/housing': 6,
    'service/safeguarding': 5,
    'applicant/chose_ifa': 5,
    'applicant/allegation_risk': 3,
    'service/health': 2,
  },
  application: { 'applicant/assessment_not_as_expected': 30, 'applicant/household_circumstances': 28, 'service/stage_1_refused': 24, 'service/health': 10, 'applicant/allegation_risk': 8 },
  stage_1: { 'applicant/household_circumstances': 60, 'applicant/assessment_not_as_expected': 40 },
  stage_2: { 'applicant/assessment_not_as_expected': 45, 'applicant/household_circumstances': 35, 'service/safeguarding': 10, 'applicant/allegation_risk': 10 },
  panel: { 'service/not_approved': 80, 'applicant/household_circumstances': 20 },
};

/** Of all enquiries that count, so many more come in that do not, or that come in twice. */
export const BESIDES = { duplicate: 0.032, not_an_enquiry: 0.011, kinship: 0.012, spam: 0.021 } as const;

/** How often something unusual happens to a journey. */
export const UNUSUAL = {
  answered_late: 0.06,
  never_answered: 0.26,
  enquires_again: 0.04,
  asks_for_neighbour: 0.03,
  postcode_unknown: 0.035,
  moves_to_another_council: 0.015,
  held_as_spam_by_mistake: 0.004,
  on_hold: 0.12,
  closed_and_reopened: 0.02,
  date_corrected: 0.05,
  safeguarding_marked: 0.01,
  comes_back_after_a_close: 0.02,
} as const;
