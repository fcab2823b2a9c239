import type { AuthorityCode, Council } from '@app/authorities';
import type { FostersNow, Interest, Suspicion } from '@app/enquiries';
import type { ApplicantDetails, Channel, ClosedBy, CloseReason, HomeDetails, Milestone, NewMember } from '@app/journeys';
import type { LocalDate } from '@app/kernel';

/** Who does something: the family itself, or a member of staff by their part in the story. */
export type Player = 'family' | 'officer' | 'social_worker' | 'team_manager' | 'hub_manager';

/** A home whose facts are of the words that the enquiry form knows. */
export type FamilyHome = HomeDetails & { readonly fostersNow: FostersNow | null; readonly interests: readonly Interest[] };

/** One thing that is done in a story, each by one use case of the system. */
export type Deed =
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
  | { readonly kind: 'reach'; readonly milestone: Exclude<Milestone, 'enquiry'>; readonly on: LocalDate }
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
