import type { ApprovalTerms } from '@app/assessments';
import type { AuthorityCode, Council } from '@app/authorities';
import type { LeftBy, LeaveReason } from '@app/carers';
import type { FostersNow, Interest, Suspicion } from '@app/enquiries';
import type { ApplicantDetails, Channel, ClosedBy, CloseReason, HomeDetails, Milestone, NewMember } from '@app/journeys';
import type { LocalDate } from '@app/kernel';

/** Who does something: the family itself, or a member of staff by their part in the story. */
export type Player = 'family' | 'officer' | 'social_worker' | 'team_manager' | 'hub_manager' | 'panel_administrator' | 'decision_maker';

/** A home whose facts are of the words that the enquiry form knows. */
export type FamilyHome = HomeDetails & { readonly fostersNow: FostersNow | null; readonly interests: readonly Interest[] };

/** What happens in the file of an assessment, from the application to the last decision. */
export type FileDeed =
  | { readonly kind: 'stage_1'; readonly on: LocalDate; readonly outcome: 'go_on' | 'refused' }
  | { readonly kind: 'stage_2'; readonly on: LocalDate }
  /** A panel considers the case: the first time, or again after it was deferred. */
  | { readonly kind: 'panel'; readonly on: LocalDate; readonly recommendation: 'approve' | 'not_approve' | 'defer' }
  | { readonly kind: 'agree_minutes'; readonly on: LocalDate }
  | { readonly kind: 'approve'; readonly on: LocalDate; readonly terms: ApprovalTerms }
  | { readonly kind: 'determine'; readonly on: LocalDate }
  | { readonly kind: 'represent'; readonly on: LocalDate; readonly way: 'service' | 'irm' }
  | { readonly kind: 'review_papers'; readonly on: LocalDate }
  | { readonly kind: 'review_answer'; readonly on: LocalDate }
  | { readonly kind: 'uphold'; readonly on: LocalDate }
  | { readonly kind: 'lapse'; readonly on: LocalDate }
  | { readonly kind: 'told'; readonly on: LocalDate; readonly how: 'orally' | 'in_writing' };

/** What happens to a family that was approved, on the register. */
export type CarerDeed =
  | { readonly kind: 'register'; readonly on: LocalDate; readonly beds: number; readonly terms: ApprovalTerms }
  | { readonly kind: 'train'; readonly on: LocalDate; readonly step: string }
  | { readonly kind: 'place'; readonly on: LocalDate; readonly childReference: string }
  | { readonly kind: 'end_placement'; readonly on: LocalDate; readonly childReference: string; readonly ending: 'planned' | 'unplanned' }
  | { readonly kind: 'hold_review'; readonly on: LocalDate }
  | { readonly kind: 'stop_taking'; readonly on: LocalDate; readonly until: LocalDate; readonly reason: string }
  | { readonly kind: 'leave_fostering'; readonly on: LocalDate; readonly by: LeftBy; readonly reason: LeaveReason };

/** One thing that is done in a story, each by one use case of the system. */
export type Deed =
  | FileDeed
  | CarerDeed
  | {
      readonly kind: 'enquire';
      readonly channel: Channel;
      readonly source: string | null;
      readonly applicants: readonly ApplicantDetails[];
      readonly postcode: string | null;
      readonly asksFor: Council | null;
      readonly home: Pick<FamilyHome, 'spareRooms' | 'fostersNow' | 'interests'>;
      readonly message: string | null;
      readonly marketingConsent: boolean;
      readonly suspicions: readonly Suspicion[];
      /** An officer speaks with them as they enquire: on the telephone, at an event. */
      readonly spokenTo: boolean;
      /**
       * `known`: the officer sees that it is the same household; a contact of its open journey, or a new journey after
       * a close. `unnoticed`: it is, and nobody sees it yet.
       */
      readonly household: 'new' | 'known' | 'unnoticed';
      /** When it came in, where an officer types it in later. */
      readonly receivedAt: Date;
    }
  | { readonly kind: 'screen'; readonly letIn: boolean }
  | { readonly kind: 'take' }
  | { readonly kind: 'hand_over'; readonly note: string }
  | { readonly kind: 'attempt'; readonly note: string; readonly next: LocalDate | null }
  | { readonly kind: 'talk'; readonly how: 'conversation' | 'email' | 'visit' | 'letter'; readonly answers: boolean; readonly note: string; readonly next: LocalDate | null }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'home'; readonly home: HomeDetails }
  | { readonly kind: 'applicants'; readonly applicants: readonly [ApplicantDetails] | readonly [ApplicantDetails, ApplicantDetails] }
  | { readonly kind: 'member'; readonly member: NewMember }
  | { readonly kind: 'reach'; readonly milestone: Extract<Milestone, 'initial_application' | 'home_visit' | 'application'>; readonly on: LocalDate }
  | { readonly kind: 'correct'; readonly milestone: Exclude<Milestone, 'enquiry' | 'approved'>; readonly to: LocalDate; readonly reason: string }
  | { readonly kind: 'hold'; readonly until: LocalDate; readonly reason: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'close'; readonly on: LocalDate; readonly by: ClosedBy; readonly reason: CloseReason; readonly note: string | null }
  | { readonly kind: 'reopen'; readonly reason: string }
  | { readonly kind: 'route'; readonly authority: AuthorityCode; readonly reason: string }
  | { readonly kind: 'merge' }
  | { readonly kind: 'kinship'; readonly reason: string }
  | { readonly kind: 'safeguarding'; readonly concern: boolean; readonly note: string };

/** A deed at its moment (UTC machine time). */
export interface Step {
  readonly at: Date;
  readonly by: Player;
  readonly deed: Deed;
}

/** The life of one household with the hub, from its first enquiry on, in the order of time. */
export interface Story {
  /** Tells it from every other story of the same seed; a story that was lived leaves it in the database. */
  readonly name: string;
  /** Which of the officers, and of a council's social workers, looks after it: counted from 0, and round again. */
  readonly officer: number;
  readonly socialWorker: number;
  readonly steps: readonly Step[];
}

/** What of a story has happened by a moment. */
export function until(story: Story, moment: Date): Story {
  return { ...story, steps: story.steps.filter(({ at }) => at <= moment) };
}

/** The milestone that a deed reaches, if it reaches one. */
export function milestoneOf(deed: Deed): Milestone | null {
  if (deed.kind === 'reach') return deed.milestone;
  if (deed.kind === 'stage_1') return deed.outcome === 'go_on' ? 'stage_1' : null;
  if (deed.kind === 'approve') return 'approved';
  return deed.kind === 'stage_2' || deed.kind === 'panel' ? deed.kind : null;
}
