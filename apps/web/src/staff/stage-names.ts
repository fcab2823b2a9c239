import type { Stage } from '@app/journeys';

/** The stages as pages call them; for all but the assessment and the decision, that is the milestone that leads there. */
export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  enquiry: 'Enquiry',
  initial_application: 'Initial application',
  home_visit: 'Home visit',
  assessment: 'Assessment',
  decision: 'Decision',
  approved: 'Approved',
};
