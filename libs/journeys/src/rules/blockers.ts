import { dateInWords, type LocalDate } from '@app/kernel';
import { CLOSE_REASON_NAMES, type ClosedBy, CLOSED_BY_NAMES, type CloseReason } from './close-reasons';
import { type FileSays, fileSaysInWords } from './file-dates';
import { type Milestone, MILESTONE_MEANINGS, milestonePosition } from './milestones';
import { type Need, STATUS_CHANGES, STATUS_NAMES, type Status, type StatusVerb, moveTo } from './moves';

/** Why something cannot be done to a journey. Pages show each in words. */
export type Blocker =
  | { readonly kind: 'status'; readonly verb: StatusVerb; readonly status: Status; readonly holdUntil: LocalDate | null }
  | { readonly kind: 'already'; readonly milestone: Milestone; readonly on: LocalDate }
  | { readonly kind: 'missing'; readonly milestone: Milestone; readonly before: Milestone }
  | { readonly kind: 'need'; readonly need: Need }
  | { readonly kind: 'future'; readonly on: LocalDate }
  | { readonly kind: 'before'; readonly milestone: Milestone; readonly milestoneOn: LocalDate }
  | { readonly kind: 'after'; readonly milestone: Milestone; readonly milestoneOn: LocalDate }
  | { readonly kind: 'after_close'; readonly closedOn: LocalDate }
  | { readonly kind: 'before_reopening'; readonly reopenedOn: LocalDate }
  | { readonly kind: 'refused_for_good'; readonly on: LocalDate }
  | { readonly kind: 'hold_in_past'; readonly until: LocalDate }
  | { readonly kind: 'reason_of_another'; readonly by: ClosedBy; readonly reason: CloseReason }
  | { readonly kind: 'reason_too_early'; readonly reason: CloseReason }
  | { readonly kind: 'response_before_enquiry' }
  | { readonly kind: 'in_future' }
  | { readonly kind: 'another_is_open'; readonly reference: string }
  | { readonly kind: 'merge'; readonly why: 'same' | 'one_household' | 'approved' | 'kept_is_closed' }
  | { readonly kind: 'hub_only' }
  | { readonly kind: 'already_there' }
  | { readonly kind: 'not_of_this_council' }
  | { readonly kind: 'birth_date' }
  | { readonly kind: 'no_contact' }
  | { readonly kind: 'nothing_to_correct' }
  | FileSays
  | { readonly kind: 'beyond_calendar' }
  | { readonly kind: 'changed_meanwhile' }
  | { readonly kind: 'not_permitted' }
  | { readonly kind: 'not_found' };

/** Dates of the milestones that a journey has. */
export type MilestoneDates = Readonly<Partial<Record<Milestone, LocalDate | null>>>;

export interface JourneyState {
  readonly status: Status;
  readonly holdUntil: LocalDate | null;
  readonly milestones: MilestoneDates;
  readonly authority: string;
  readonly socialWorkerId: string | null;
  /** Whether a panel has to consider a case before the decision: a dated setting of the council. Left out: it does. */
  readonly panelNeeded?: boolean;
}

/** Whether a journey's status lets something be done to it. */
export function statusBlockers(verb: StatusVerb, state: Pick<JourneyState, 'status' | 'holdUntil'>): readonly Blocker[] {
  const change = STATUS_CHANGES.find((candidate) => candidate.verb === verb);
  const allowed: readonly Status[] = change?.from ?? [];
  return allowed.includes(state.status) ? [] : [{ kind: 'status', verb, status: state.status, holdUntil: state.holdUntil }];
}

/** Everything that keeps a milestone from being recorded on a date (local, Europe/London), `today` being the latest allowed. */
export function moveBlockers(state: JourneyState, milestone: Milestone, on: LocalDate, today: LocalDate): readonly Blocker[] {
  const move = moveTo(milestone);
  const already = state.milestones[milestone];
  if (already) return [{ kind: 'already', milestone, on: already }];
  const blockers: Blocker[] = [...statusBlockers(milestone === 'approved' ? 'approve' : 'move', state)];
  for (const earlier of milestonesBefore(milestone, state.panelNeeded ?? true)) {
    if (!state.milestones[earlier]) blockers.push({ kind: 'missing', milestone: earlier, before: milestone });
  }
  for (const need of move?.needs ?? []) {
    if (need === 'council' ? state.authority === 'unrouted' : state.socialWorkerId === null) blockers.push({ kind: 'need', need });
  }
  return [...blockers, ...dateBlockers(state.milestones, milestone, on, today)];
}

/** What a milestone comes after. Without a panel, the decision follows the assessment's two tracks. */
function milestonesBefore(milestone: Milestone, panelNeeded: boolean): readonly Milestone[] {
  const after = moveTo(milestone)?.after ?? [];
  return panelNeeded ? after : after.flatMap((earlier) => (earlier === 'panel' ? (moveTo('panel')?.after ?? []) : [earlier]));
}

/** Milestones that may not be later than another. Stage 2 may precede stage 1; each other follows all before it. */
export function precedes(earlier: Milestone, later: Milestone): boolean {
  if (earlier === 'stage_1' && later === 'stage_2') return false;
  return milestonePosition(earlier) < milestonePosition(later);
}

/** What is wrong with a milestone's date against today and against the other milestones' dates. */
export function dateBlockers(milestones: MilestoneDates, milestone: Milestone, on: LocalDate, today: LocalDate): readonly Blocker[] {
  if (on > today) return [{ kind: 'future', on }];
  const dated = Object.entries(milestones) as [Milestone, LocalDate | null | undefined][];
  const blockers: Blocker[] = [];
  for (const [other, otherOn] of dated) {
    if (!otherOn || other === milestone) continue;
    if (precedes(other, milestone) && on < otherOn) blockers.push({ kind: 'before', milestone: other, milestoneOn: otherOn });
    if (precedes(milestone, other) && on > otherOn) blockers.push({ kind: 'after', milestone: other, milestoneOn: otherOn });
  }
  return blockers;
}

const nameOf = (milestone: Milestone): string => MILESTONE_MEANINGS[milestone].name.toLowerCase();

const VERBS: Readonly<Record<StatusVerb, string>> = {
  move: 'moved on',
  approve: 'approved',
  hold: 'put on hold',
  resume: 'brought back from hold',
  close: 'closed',
  reopen: 'reopened',
};

function statusInWords({ verb, status, holdUntil }: Extract<Blocker, { kind: 'status' }>): string {
  const cannot = `A journey that is ${STATUS_NAMES[status].toLowerCase()} cannot be ${VERBS[verb]}.`;
  if (status === 'on_hold' && holdUntil) return `${cannot} It is on hold until ${dateInWords(holdUntil)}: bring it back first.`;
  if (status === 'closed' && verb !== 'reopen') return `${cannot} Reopen it first.`;
  return cannot;
}

/** A blocker as a sentence that says what to do. */
export function blockerInWords(blocker: Blocker): string {
  switch (blocker.kind) {
    case 'status':
      return statusInWords(blocker);
    case 'already':
      return `The ${nameOf(blocker.milestone)} is already dated ${dateInWords(blocker.on)}. Correct that date if it is wrong.`;
    case 'missing':
      return `The ${nameOf(blocker.before)} needs the ${nameOf(blocker.milestone)} first: record the date of the ${nameOf(blocker.milestone)}.`;
    case 'need':
      return blocker.need === 'council' ? 'No council has this family yet: route it to one first.' : 'No social worker is assigned: assign one first.';
    case 'future':
      return `${dateInWords(blocker.on)} is in the future. Enter the date on which it happened, today or earlier.`;
    case 'before':
      return `This date is before the ${nameOf(blocker.milestone)} on ${dateInWords(blocker.milestoneOn)}. Enter that day or a later one.`;
    case 'after':
      return `This date is after the ${nameOf(blocker.milestone)} on ${dateInWords(blocker.milestoneOn)}. Enter that day or an earlier one.`;
    case 'after_close':
      return `The journey was closed on ${dateInWords(blocker.closedOn)}: enter that day or an earlier one.`;
    case 'refused_for_good':
      return `The agency’s decision of ${dateInWords(blocker.on)} not to approve is final. If the family applies again, log a new enquiry: it begins a new journey.`;
    case 'before_reopening':
      return `The journey was reopened on ${dateInWords(blocker.reopenedOn)}: it cannot have been closed before that day.`;
    case 'hold_in_past':
      return `${dateInWords(blocker.until)} is not in the future. Enter the date on which to come back to this family.`;
    case 'reason_too_early':
      return `“${CLOSE_REASON_NAMES[blocker.reason]}” is a decision about an application, and there is none yet. Choose the reason for which it ends now.`;
    case 'reason_of_another':
      return `“${CLOSE_REASON_NAMES[blocker.reason]}” is not a reason that fits “${CLOSED_BY_NAMES[blocker.by]}”. Choose one from its list.`;
    case 'response_before_enquiry':
      return 'The first response cannot be before the enquiry was received.';
    case 'in_future':
      return 'That time is in the future. Enter when it happened.';
    case 'another_is_open':
      return `This household has another open journey, ${blocker.reference}. Work on that one, or close it first.`;
    case 'merge':
      return {
        same: 'These are the same journey: enter the reference of the other one.',
        one_household: 'Both journeys are of one household already.',
        approved: 'An approved journey cannot be merged.',
        kept_is_closed: 'The earlier of the two journeys is closed. Reopen it first, or leave them apart: a family that asks again after a close starts a new journey.',
      }[blocker.why];
    case 'hub_only':
      return 'Only a member of the hub’s own team can route a family to another council. Ask the hub to do it.';
    case 'already_there':
      return 'The family is with that council already.';
    case 'not_of_this_council':
      return 'That member of staff does not work for this family’s council or the hub. Choose somebody who does.';
    case 'birth_date':
      return 'Enter a date of birth that can be: not in the future, and not before 1900.';
    case 'no_contact':
      return 'Leave a telephone number or an email address, of one of them at least: without either, nobody can reach this family.';
    case 'nothing_to_correct':
      return 'There is nothing recorded to correct.';
    case 'file_says':
      return fileSaysInWords(blocker);
    case 'beyond_calendar':
      return 'That date is outside the years whose bank holidays are known, so its deadlines cannot be computed.';
    case 'changed_meanwhile':
      return 'Somebody else changed this family meanwhile. Look at what changed, then send yours again.';
    case 'not_permitted':
      return 'Your role does not allow this.';
    case 'not_found':
      return 'There is no such family, or it is not yours to see.';
  }
}
