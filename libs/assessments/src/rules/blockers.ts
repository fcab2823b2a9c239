import { type Blocker, blockerInWords } from '@app/journeys';
import { dateInWords, type LocalDate } from '@app/kernel';
import { type MissingCheck, missingInWords } from './checks';
import { type TermsRefusal, termsRefusalInWords } from './terms';

/** Why something cannot be done in an assessment, besides what blocks the journey itself. */
export type AssessmentBlocker =
  | { readonly kind: 'no_application' }
  | { readonly kind: 'check_missing'; readonly check: MissingCheck }
  | { readonly kind: 'check_order'; readonly why: 'not_requested' | 'already_received' | 'not_received' | 'already_decided' | 'no_longer_needed' | 'note_needed' }
  | { readonly kind: 'stage_1_decided'; readonly on: LocalDate }
  | { readonly kind: 'stage_1_not_decided' }
  | { readonly kind: 'reasons_missing' }
  | { readonly kind: 'stage_2_not_started' }
  | { readonly kind: 'stage_2_started'; readonly on: LocalDate }
  | { readonly kind: 'stage_2_ended'; readonly on: LocalDate }
  | { readonly kind: 'section_not_ready'; readonly section: string }
  | { readonly kind: 'training_missing'; readonly name: string }
  | { readonly kind: 'report_not_shared' }
  | { readonly kind: 'report_not_finished' }
  | { readonly kind: 'earlier_than'; readonly what: string; readonly on: LocalDate }
  | { readonly kind: 'hold_overlaps'; readonly from: LocalDate }
  | { readonly kind: 'not_on_hold' }
  | { readonly kind: 'papers_late'; readonly dueOn: LocalDate }
  | { readonly kind: 'papers_not_sent' }
  | { readonly kind: 'panel_over' }
  | { readonly kind: 'panel_not_met'; readonly meetsOn: LocalDate }
  | { readonly kind: 'panel_cancelled' }
  | { readonly kind: 'on_agenda_already' }
  | { readonly kind: 'on_other_agenda'; readonly meetsOn: LocalDate }
  | { readonly kind: 'recommended_already'; readonly meetsOn: LocalDate }
  | { readonly kind: 'panel_has_recommended' }
  | { readonly kind: 'panel_in_past'; readonly on: LocalDate }
  | { readonly kind: 'panel_not_moved' }
  | { readonly kind: 'papers_too_late'; readonly meetsOn: LocalDate; readonly dueOn: LocalDate; readonly sentOn: LocalDate | null }
  | { readonly kind: 'not_on_agenda' }
  | { readonly kind: 'panel_of_another_council' }
  | { readonly kind: 'not_a_panel_member' }
  | { readonly kind: 'recommendation_missing' }
  | { readonly kind: 'minutes_not_agreed' }
  | { readonly kind: 'decided_already'; readonly on: LocalDate }
  | { readonly kind: 'no_decision' }
  | { readonly kind: 'no_determination' }
  | { readonly kind: 'no_representations' }
  | { readonly kind: 'not_with_the_review' }
  | { readonly kind: 'review_not_over' }
  | { readonly kind: 'considered_again' }
  | { readonly kind: 'representations_open'; readonly until: LocalDate }
  | { readonly kind: 'representations_late'; readonly until: LocalDate }
  | { readonly kind: 'representations_made' }
  | { readonly kind: 'terms'; readonly refusal: TermsRefusal; readonly usualLimit: number }
  | { readonly kind: 'no_own_mailbox'; readonly name: string }
  | { readonly kind: 'somebody_else_saved'; readonly body: string; readonly evidence: string; readonly version: number };

const CHECK_ORDER: Readonly<Record<Extract<AssessmentBlocker, { kind: 'check_order' }>['why'], string>> = {
  not_requested: 'This check has not been asked for yet: record that first.',
  already_received: 'This check is in already.',
  not_received: 'Record the day on which it came in first.',
  already_decided: 'The outcome of this check is recorded already.',
  no_longer_needed: 'Nobody in the household needs this check any more.',
  note_needed: 'Write why in the note.',
};

/** A blocker as a sentence that says what to do. */
export function assessmentBlockerInWords(blocker: AssessmentBlocker): string {
  switch (blocker.kind) {
    case 'no_application':
      return 'There is no application yet: record the day on which it was received.';
    case 'check_missing':
      return missingInWords(blocker.check);
    case 'check_order':
      return CHECK_ORDER[blocker.why];
    case 'stage_1_decided':
      return `Stage 1 was decided on ${dateInWords(blocker.on)}.`;
    case 'stage_1_not_decided':
      return 'Stage 1 has not been decided: record its outcome first.';
    case 'reasons_missing':
      return 'Write the reasons: the family is told them in writing.';
    case 'stage_2_not_started':
      return 'Stage 2 has not started: record the day on which it did.';
    case 'stage_2_started':
      return `Stage 2 started on ${dateInWords(blocker.on)} already.`;
    case 'stage_2_ended':
      return `Stage 2 ended on ${dateInWords(blocker.on)}.`;
    case 'section_not_ready':
      return `The section “${blocker.section}” of the report is not marked as ready.`;
    case 'training_missing':
      return `${blocker.name} has not attended Skills to Foster.`;
    case 'report_not_shared':
      return 'The report has not been shared with the applicants.';
    case 'report_not_finished':
      return 'The report is not finished: end stage 2 first.';
    case 'earlier_than':
      return `This date is before ${blocker.what} on ${dateInWords(blocker.on)}. Enter that day or a later one.`;
    case 'hold_overlaps':
      return `This track is on hold from ${dateInWords(blocker.from)} already.`;
    case 'not_on_hold':
      return 'This track is not on hold.';
    case 'papers_late':
      return `The papers for this panel were due by ${dateInWords(blocker.dueOn)}. Choose a later panel.`;
    case 'papers_not_sent':
      return 'The papers have not been sent to the panel.';
    case 'panel_over':
      return 'The minutes of this panel are agreed: it takes nothing more.';
    case 'panel_not_met':
      return `This panel meets on ${dateInWords(blocker.meetsOn)}: there is nothing to record before.`;
    case 'panel_cancelled':
      return 'This panel is cancelled.';
    case 'on_agenda_already':
      return 'The family is on the agenda of this panel already.';
    case 'on_other_agenda':
      return `The family is on the agenda of the panel on ${dateInWords(blocker.meetsOn)}: take it off there first.`;
    case 'recommended_already':
      return `The panel on ${dateInWords(blocker.meetsOn)} has made its recommendation on this family.`;
    case 'panel_has_recommended':
      return 'This panel has made recommendations: it cannot be moved or called off any more.';
    case 'panel_in_past':
      return `${dateInWords(blocker.on)} is over: a panel is moved to a day that is still to come.`;
    case 'panel_not_moved':
      return 'The panel meets at that time and place already: change one of them.';
    case 'papers_too_late':
      return `For a panel on ${dateInWords(blocker.meetsOn)} the papers have to be with its members by ${dateInWords(blocker.dueOn)}${blocker.sentOn ? `, and some went out on ${dateInWords(blocker.sentOn)}` : ', and some have not gone out'}. Choose a later day.`;
    case 'not_on_agenda':
      return 'The family is not on the agenda of this panel.';
    case 'panel_of_another_council':
      return 'That panel belongs to another council.';
    case 'not_a_panel_member':
      return 'That person is not a panel member of this council.';
    case 'recommendation_missing':
      return 'The recommendation of every case has to be recorded first.';
    case 'minutes_not_agreed':
      return 'The decision needs the recommendation and the agreed minutes: the minutes are not agreed yet.';
    case 'decided_already':
      return `The decision was made on ${dateInWords(blocker.on)}.`;
    case 'no_decision':
      return 'No decision has been made yet.';
    case 'no_determination':
      return 'There is no qualifying determination.';
    case 'no_representations':
      return 'The family has not answered the determination yet: record that first.';
    case 'not_with_the_review':
      return 'The family answered the service: the Independent Review Mechanism has no part in it.';
    case 'review_not_over':
      return 'The Independent Review Mechanism has not answered: record what it recommends, or that it ended without a recommendation, first.';
    case 'considered_again':
      return 'A panel considers this family again: the final decision waits for its recommendation and the agreed minutes.';
    case 'representations_open':
      return `The family has until ${dateInWords(blocker.until)} to answer: the determination cannot lapse before.`;
    case 'representations_late':
      return `The 28 days ended on ${dateInWords(blocker.until)}.`;
    case 'representations_made':
      return 'Representations have been made already, one way or the other.';
    case 'terms':
      return termsRefusalInWords(blocker.refusal, blocker.usualLimit);
    case 'no_own_mailbox':
      return `There is no email address that is only ${blocker.name}’s: the page shows what the other applicant may not see. Record one of their own on the family’s page.`;
    case 'somebody_else_saved':
      return 'Somebody else saved this section meanwhile. Theirs is shown beside yours: nothing of either is lost.';
  }
}

/** Why something cannot be done in an assessment: a reason of the file, or of the journey. */
export type AnyBlocker = Blocker | AssessmentBlocker;

const OF_THE_JOURNEY: Readonly<Record<Blocker['kind'], true>> = {
  status: true, already: true, missing: true, need: true, future: true, before: true, after: true, after_close: true, before_reopening: true, refused_for_good: true, hold_in_past: true,
  reason_of_another: true, reason_too_early: true, response_before_enquiry: true, in_future: true, another_is_open: true, merge: true, hub_only: true, already_there: true,
  not_of_this_council: true, birth_date: true, no_contact: true, nothing_to_correct: true, file_says: true, beyond_calendar: true, changed_meanwhile: true, not_permitted: true,
  not_found: true,
};
const isOfTheJourney = (blocker: AnyBlocker): blocker is Blocker => Object.hasOwn(OF_THE_JOURNEY, blocker.kind);

/** Any blocker as a sentence. */
export const anyBlockerInWords = (blocker: AnyBlocker): string => (isOfTheJourney(blocker) ? blockerInWords(blocker) : assessmentBlockerInWords(blocker));
