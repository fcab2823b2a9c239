/**
 * Printed on every report and export. The first number changes when a figure comes to mean something else, the second when
 * figures are added and those that were there mean what they meant.
 */
export const DEFINITIONS_VERSION = '1.1';

/** Whether figures under one version of the definitions can be held against those under another. */
export function meanTheSame(one: string, other: string): boolean {
  return one.split('.')[0] === other.split('.')[0];
}

/** What one part of the report means, in words for who reads it. */
export interface Definition {
  readonly term: string;
  readonly meaning: string;
}

/** What the figures mean, in the order of the report. Pages and exports print these and no others. */
export const DEFINITIONS: readonly Definition[] = [
  {
    term: 'Journey',
    meaning:
      'One household’s passage from the contact that opened it to approval or to its close. A household that enquires again after a close opens a new journey. The figures count journeys, so an approval is of a household.',
  },
  {
    term: 'Contacts',
    meaning:
      'Enquiries as they came in, by any channel, received in the period by the as-at date. Those of excluded and of already open journeys are included.',
  },
  {
    term: 'Period, dates and as at',
    meaning:
      'A period is two dates, both included. Every date is the local date in Europe/London of the moment it happened. What happened after the end of the as-at date does not count, even when it is known by now. A journey counts under the authority that it had then.',
  },
  {
    term: 'Known at',
    meaning:
      'The report as it was known at a moment: what was recorded later does not count, nor does a due time that passed later. Facts that were imported are known from the import on.',
  },
  {
    term: 'Excluded',
    meaning:
      'Journeys closed as a duplicate or as not an enquiry by the as-at date, and journeys of families for a particular child they know (kinship), count nowhere else. Closing a journey with the reason kinship marks it as kinship from that close on; the mark can also be set while a journey is open.',
  },
  {
    term: 'Enquiries',
    meaning: 'Journeys whose opening contact was received in the period, without the excluded ones.',
  },
  {
    term: 'First response',
    meaning:
      'The share of the period’s enquiries that had a personal answer by the time that was due, of those that were answered or whose due time had passed. The clock starts when the enquiry is received, or at the next opening; it is due at closing time on the working day after the day on which the clock started (or as the time limit in force then says). An automatic acknowledgement is not an answer, nor is a call that nobody took. Working hours are the opening hours from the start of the clock to the answer.',
  },
  {
    term: 'Funnel',
    meaning:
      'Of the enquiries of the period, how many had reached each milestone by the as-at date. A later milestone implies the earlier ones.',
  },
  {
    term: 'Conversion in the period',
    meaning:
      'Approvals dated in the period divided by enquiries dated in the period, whoever they were. The hub’s target is stated in this measure.',
  },
  {
    term: 'Conversion of the cohort',
    meaning:
      'Of the enquiries of the period, the share approved by the as-at date, with the Wilson 95 % interval. While most are still on their way this is lower than what it will become.',
  },
  {
    term: 'Estimated conversion',
    meaning:
      'The Aalen–Johansen cumulative incidence of approval 183, 274 and 365 days after the enquiry, with the other ways to end as competing events and journeys that are still open censored at the as-at date. The standard error is the infinitesimal jackknife; the 95 % interval is on the complementary log-log scale.',
  },
  {
    term: 'Drop-out',
    meaning:
      'Of the enquiries of the period, those closed without approval by the as-at date: by the furthest milestone reached, by who closed, and by reason. For each step: of those that reached a milestone, the share that was closed with it as the furthest.',
  },
  {
    term: 'Turnaround',
    meaning:
      'For approvals dated in the period, the days from the enquiry to the approval. Within six months means on or before the same day six calendar months later, or the last day of a shorter month. Days on hold are not subtracted.',
  },
  {
    term: 'Processing',
    meaning:
      'The same from the date of the signed application, for those that have one, and within eight months.',
  },
  {
    term: 'Open now',
    meaning:
      'Of the enquiries of the period, those neither approved nor closed at the as-at date, on hold included, by the furthest milestone reached. Past six months means that the day six calendar months after the enquiry lies before the as-at date.',
  },
  {
    term: 'Where families are lost',
    meaning:
      'The Aalen–Johansen cumulative incidence of approval, withdrawal, close by the service and no contact, by days since the enquiry, of the enquiries of the period; those still open are followed to the as-at date and then censored. A curve is drawn for as long as five are at risk, or as 30 (or all of a smaller group) could have been followed: the number at risk divided by the share estimated to be on the way. Groups are by authority, by source and channel of the opening contact, by month of the enquiry, and by whether the first response came by the time that was due, later or never; groups of fewer than 30 enquiries are to be read with care.',
  },
  {
    term: 'Differences between groups',
    meaning:
      'Gray’s test (1988) of equal cumulative incidence, for each way to end, with the others as competing events; among groups of at least 30 enquiries, where the end came at least five times for each group. Of the first response, those answered in time and late are compared: those never answered could mostly not be reached. A probability below 0.05 is called more than chance.',
  },
  {
    term: 'Time in a stage',
    meaning:
      'Days from the date on which a journey came to a stage to the date on which it left it, for a later stage or with its close, of the enquiries of the period. Those still there are censored at the as-at date (Kaplan–Meier). Days on hold, and between a close and a reopening, are included; a stage that was passed over, none of its milestones being dated, counts as not come to. Quartiles are where a quarter, half and three quarters have left; in the middle of a flat of the curve, as R’s survfit gives them.',
  },
  {
    term: 'Forecast',
    meaning:
      'Approvals dated in the financial year: those so far, and those to be expected of the open journeys, by their furthest milestone and how long ago they reached it, and of the enquiries still to come. Nothing is expected of a journey that has stood still for three years. Chances are counted from how journeys went on over up to three years, enquiries by month of the year. The 80% and 95% ranges are quantiles of a thousand draws with a fixed seed of the chances, the enquiries and the outcomes. Each lever is the factor on the enquiries to come, on the share lost of those leaving a stage, or on the chance to move on in a week, with which the target is to be expected.',
  },
  {
    term: 'Change from chance',
    meaning:
      'An XmR chart: the mean of the whole months or weeks shown, and limits of three standard deviations, which are the average moving range divided by 1.128. Marked are values beyond the limits, nine in a row on one side of the mean, six in a row rising or falling, and two of three beyond two standard deviations on one side; no row goes on over a month or week without the figure. Nothing is marked where a month or week has on average fewer than four (of a share, on either side of it), where days to an approval are of fewer than six, a median of hours to an answer is of fewer than 30 or their 90th percentile of fewer than 60, nor of figures of those who enquired then, which go on changing. Figures of approvals begin with the first approval, and shares approved after so many days are of those who could all be followed for as long. A week is Monday to Sunday.',
  },
  {
    term: 'Authorities and chance',
    meaning:
      'A funnel plot: each council’s share against the number it is a share of, with exact binomial limits around the share of all councils together that 95% and 99.8% stay between by chance (Spiegelhalter 2005, interpolated between counts). What is called the edge of chance, or hardly chance, is so few or so many that chance alone brings them less often than 25 or 1 times of 1,000.',
  },
  {
    term: 'Quantiles',
    meaning: 'Medians and 90th percentiles interpolate linearly between the ordered values (type 7).',
  },
];
