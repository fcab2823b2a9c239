/**
 * The stages a journey passes through on its way to approval. A close ends a journey in whichever stage it
 * is; "closed" is therefore not a stage. Stages 1 and 2 of the assessment may overlap, so between the
 * application and the panel there is one stage, and the milestones in it are dates on two tracks.
 */
export const STAGES = ['enquiry', 'initial_application', 'home_visit', 'assessment', 'decision', 'approved'] as const;
export type Stage = (typeof STAGES)[number];

/** The dated milestones of a journey, in the order in which the funnel counts them. */
export const MILESTONES = [
  'enquiry',
  'initial_application',
  'home_visit',
  'application',
  'stage_1',
  'stage_2',
  'panel',
  'approved',
] as const;
export type Milestone = (typeof MILESTONES)[number];

/** What the date of a milestone is called, in the table of journeys as in the hub's spreadsheet; the enquiry has a moment instead. */
export const MILESTONE_COLUMNS = {
  initial_application: 'initial_application_on',
  home_visit: 'home_visit_on',
  application: 'application_on',
  stage_1: 'stage_1_on',
  stage_2: 'stage_2_on',
  panel: 'panel_on',
  approved: 'approved_on',
} as const satisfies Record<Exclude<Milestone, 'enquiry'>, string>;

/** A milestone at which a journey can still be closed: every one but the approval. */
export type MilestoneBeforeApproval = Exclude<Milestone, 'approved'>;

/** The milestones at which a journey can still be closed, in order. */
export const MILESTONES_BEFORE_APPROVAL = MILESTONES.filter(
  (milestone): milestone is MilestoneBeforeApproval => milestone !== 'approved',
);

/** What a milestone is called, what its date means, and where a journey stands once it is the furthest. */
export interface MilestoneMeaning {
  readonly name: string;
  readonly dateMeans: string;
  /** The stage that a journey is in while this is its furthest milestone. */
  readonly stage: Stage;
  /** When a journey is closed with this as its furthest milestone, it dropped out … ; null for the approval. */
  readonly dropOut: string | null;
}

/** The vocabulary of the milestones, one entry for each. */
export const MILESTONE_MEANINGS: Readonly<Record<Milestone, MilestoneMeaning>> = {
  enquiry: {
    name: 'Enquiry',
    dateMeans: 'the opening contact was received',
    stage: 'enquiry',
    dropOut: 'before the initial application',
  },
  initial_application: {
    name: 'Initial application',
    dateMeans: 'the expression of interest was completed',
    stage: 'initial_application',
    dropOut: 'before the visit',
  },
  home_visit: {
    name: 'Initial home visit',
    dateMeans: 'the initial home visit took place',
    stage: 'home_visit',
    dropOut: 'before the application',
  },
  application: {
    name: 'Application',
    dateMeans: 'the signed application (registration of interest) was received',
    stage: 'assessment',
    dropOut: 'during stage 1',
  },
  stage_1: {
    name: 'Stage 1 decision',
    dateMeans: 'the stage 1 decision to go on was made',
    stage: 'assessment',
    dropOut: 'between the stages',
  },
  stage_2: {
    name: 'Stage 2 start',
    dateMeans: 'the stage 2 assessment started',
    stage: 'assessment',
    dropOut: 'during stage 2',
  },
  panel: {
    name: 'Panel',
    dateMeans: 'the first panel considered the case',
    stage: 'decision',
    dropOut: 'after panel',
  },
  approved: {
    name: 'Approval',
    dateMeans: 'the agency decision maker approved the household',
    stage: 'approved',
    dropOut: null,
  },
};

const POSITIONS = new Map<Milestone, number>(MILESTONES.map((milestone, position) => [milestone, position]));

/** Where a milestone stands in the order, from 0 for the enquiry to 7 for the approval. */
export function milestonePosition(milestone: Milestone): number {
  return POSITIONS.get(milestone) ?? -1;
}

/**
 * Whether a journey whose furthest milestone is `furthest` has reached `milestone`. A later milestone implies
 * the earlier ones, so that a gap in imported history does not make the funnel narrower than what follows.
 */
export function hasReached(furthest: Milestone, milestone: Milestone): boolean {
  return milestonePosition(furthest) >= milestonePosition(milestone);
}

/** The furthest of the milestones that are dated; a journey has always reached its enquiry. */
export function furthestMilestone(dated: Iterable<Milestone>): Milestone {
  let furthest: Milestone = 'enquiry';
  for (const milestone of dated) {
    if (hasReached(milestone, furthest)) furthest = milestone;
  }
  return furthest;
}

/** Whether a text is the code of a milestone. */
export function isMilestone(text: string): text is Milestone {
  return POSITIONS.has(text as Milestone);
}
