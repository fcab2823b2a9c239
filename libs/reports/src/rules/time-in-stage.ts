import { STAGES } from '@app/journeys';
import type { Stage } from '@app/journeys';
import { censoredQuantiles, type CensoredQuantile } from './censored-quantiles';

/** Stages that are left again. */
export type StageBeforeApproval = Exclude<Stage, 'approved'>;
export const STAGES_BEFORE_APPROVAL = STAGES.filter((stage): stage is StageBeforeApproval => stage !== 'approved');

/** How a stay in a stage ended: with a later stage, with the close of the journey, or not yet. */
export type StageStayEnd = 'onward' | 'closed' | 'open';

/** Journeys that were in a stage for so many days, from the date on which they came to it. */
export interface StageStayCount {
  readonly stage: StageBeforeApproval;
  readonly days: number;
  readonly end: StageStayEnd;
  readonly count: number;
}

/** How long journeys stay in one stage. */
export interface TimeInStage {
  readonly stage: StageBeforeApproval;
  readonly came: number;
  readonly wentOn: number;
  readonly closed: number;
  readonly open: number;
  /** After how many days a quarter, half and three quarters have left it, onwards or for good. */
  readonly quartiles: readonly (CensoredQuantile | null)[];
}

/** The time in each stage, in order. Those still there count for as long as they have been there, and are not left out. */
export function timeInStages(stays: readonly StageStayCount[]): TimeInStage[] {
  return STAGES_BEFORE_APPROVAL.map((stage) => {
    const here = stays.filter((stay) => stay.stage === stage);
    const total = (end?: StageStayEnd): number => here.reduce((sum, stay) => sum + (end === undefined || stay.end === end ? stay.count : 0), 0);
    return {
      stage, came: total(), wentOn: total('onward'), closed: total('closed'), open: total('open'),
      quartiles: censoredQuantiles(here.map(({ days, end, count }) => ({ days, left: end !== 'open', count })), [0.25, 0.5, 0.75]),
    };
  });
}
