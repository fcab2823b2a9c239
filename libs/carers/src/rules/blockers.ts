import { type TermsRefusal, termsRefusalInWords } from '@app/assessments';
import { dateInWords, type LocalDate } from '@app/kernel';

/** Rules about carers that the database itself holds, by the names under which it refuses. */
export const CARER_RULES = {
  foster_homes_are_approved: 'An approved home needs the date of its approval.',
  agreement_follows_approval: 'The foster care agreement is signed on the day of the approval or later.',
  leaving_follows_approval: 'A household leaves after its approval, not on its day or before.',
  hub_home_has_spare_beds: 'This is a hub home: it keeps two beds free for sleepovers, in which no child lives. With this change it would have fewer.',
  stays_true_to_its_constellation: 'The household belongs to a constellation on days that this would forbid. End its membership first.',
  no_child_left_behind: 'Children are placed there after that day. End their placements first.',
  one_placement_a_child: 'This child is placed with a household already. End that placement first.',
} as const;
export type CarerRule = keyof typeof CARER_RULES;

/** Why something cannot be done to a household on the register. */
export type CarerBlocker =
  | { readonly kind: 'not_found' | 'not_permitted' | 'changed_meanwhile' | 'not_approved' | 'not_on_hold' | 'not_left' | 'no_review_to_come' | 'not_a_reason' | 'agreement_missing' }
  | { readonly kind: 'future' | 'left_already' | 'terms_that_day' | 'on_hold_already'; readonly on: LocalDate }
  | { readonly kind: 'earlier_than'; readonly what: string; readonly on: LocalDate }
  | { readonly kind: 'registered_already'; readonly reference: string }
  | { readonly kind: 'supervisor'; readonly why: 'not_there' }
  | { readonly kind: 'terms'; readonly refusal: TermsRefusal; readonly usualLimit: number }
  | { readonly kind: 'rule'; readonly rule: CarerRule };

/** A blocker as a sentence that says what to do. */
export function carerBlockerInWords(blocker: CarerBlocker): string {
  switch (blocker.kind) {
    case 'not_found':
      return 'This household is not on the register.';
    case 'not_permitted':
      return 'You may not do this for this authority.';
    case 'changed_meanwhile':
      return 'Somebody else changed this household meanwhile. Look at what changed, then send it again.';
    case 'not_approved':
      return 'The journey is not approved yet: the agency decision comes first.';
    case 'agreement_missing':
      return 'Enter the day on which the foster care agreement was signed.';
    case 'not_on_hold':
      return 'The household is not on hold.';
    case 'not_left':
      return 'The household has not left fostering.';
    case 'on_hold_already':
      return `The household is on hold already, since ${dateInWords(blocker.on)}.`;
    case 'no_review_to_come':
      return 'No review is to come for this household.';
    case 'not_a_reason':
      return 'Choose a reason that fits who ended the approval.';
    case 'future':
      return `${dateInWords(blocker.on)} is in the future.`;
    case 'left_already':
      return `The household left fostering on ${dateInWords(blocker.on)}.`;
    case 'terms_that_day':
      return `Other terms hold from ${dateInWords(blocker.on)} already. Choose another day.`;
    case 'earlier_than':
      return `This lies before ${blocker.what} on ${dateInWords(blocker.on)}.`;
    case 'registered_already':
      return `This family is on the register already, as ${blocker.reference}.`;
    case 'supervisor':
      return 'Choose a social worker of this authority.';
    case 'terms':
      return termsRefusalInWords(blocker.refusal, blocker.usualLimit);
    case 'rule':
      return CARER_RULES[blocker.rule];
  }
}
