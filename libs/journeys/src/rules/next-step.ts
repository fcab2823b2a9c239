import type { MilestoneDates } from './blockers';
import type { Stage } from './milestones';
import type { Status } from './moves';

/** What a journey needs next, and of whom. */
export const NEXT_STEPS = {
  ring_back: { words: 'Ring back', waitingFor: 'hub' },
  route_enquiry: { words: 'Route to a council', waitingFor: 'hub' },
  arrange_initial_application: { words: 'Help with the initial application', waitingFor: 'family' },
  arrange_home_visit: { words: 'Arrange the home visit', waitingFor: 'authority' },
  invite_application: { words: 'Invite to apply', waitingFor: 'family' },
  complete_stage_1: { words: 'Complete the stage 1 checks', waitingFor: 'authority' },
  start_stage_2: { words: 'Start the stage 2 assessment', waitingFor: 'authority' },
  go_to_panel: { words: 'Take the report to panel', waitingFor: 'authority' },
  record_decision: { words: 'Record the decision', waitingFor: 'authority' },
  return_from_hold: { words: 'Come back to the family', waitingFor: 'hub' },
} as const;
export type NextStep = keyof typeof NEXT_STEPS;
export type WaitingFor = (typeof NEXT_STEPS)[NextStep]['waitingFor'];

export interface NextStepQuestion {
  readonly status: Status;
  readonly stage: Stage;
  readonly authority: string;
  readonly answered: boolean;
  readonly milestones: MilestoneDates;
}

/** The next step of a journey; null once it is approved or closed. */
export function nextStep({ status, stage, authority, answered, milestones }: NextStepQuestion): NextStep | null {
  if (status === 'closed' || status === 'approved') return null;
  if (status === 'on_hold') return 'return_from_hold';
  if (stage === 'enquiry' && !answered) return 'ring_back';
  if (authority === 'unrouted') return 'route_enquiry';
  switch (stage) {
    case 'enquiry':
      return 'arrange_initial_application';
    case 'initial_application':
      return 'arrange_home_visit';
    case 'home_visit':
      return 'invite_application';
    case 'assessment':
      if (milestones.stage_1 && milestones.stage_2) return 'go_to_panel';
      return milestones.stage_1 ? 'start_stage_2' : 'complete_stage_1';
    case 'decision':
      return 'record_decision';
    case 'approved':
      return null;
  }
}

/** The moments that a next step's due time is chosen from. */
export interface DueTimes {
  readonly firstResponseDueAt: Date | null;
  readonly homeVisitDueAt: Date | null;
  readonly turnaroundDueAt: Date | null;
  readonly followUpDueAt: Date;
  readonly plannedAt: Date | null;
  readonly holdEndsAt: Date | null;
}

/**
 * When a next step is due. A contact that somebody planned goes before the rule: the worklist then shows the family
 * on the day that was promised, while the clock keeps its own due time and tells the truth in reports.
 */
export function nextStepDueAt(step: NextStep, due: DueTimes): Date {
  if (step === 'return_from_hold') return due.holdEndsAt ?? due.followUpDueAt;
  if (due.plannedAt) return due.plannedAt;
  switch (step) {
    case 'ring_back':
      return due.firstResponseDueAt ?? due.followUpDueAt;
    case 'arrange_home_visit':
      return due.homeVisitDueAt ?? due.followUpDueAt;
    case 'route_enquiry':
    case 'arrange_initial_application':
    case 'invite_application':
      return due.followUpDueAt;
    case 'complete_stage_1':
    case 'start_stage_2':
    case 'go_to_panel':
    case 'record_decision':
      return due.turnaroundDueAt ?? due.followUpDueAt;
  }
}

