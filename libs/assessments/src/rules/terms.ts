/** The kinds of care that an approval can name. */
export const CARE_KINDS = ['short_term', 'long_term', 'emergency', 'short_breaks', 'parent_and_child', 'named_child'] as const;
export type CareKind = (typeof CARE_KINDS)[number];

export const CARE_KIND_NAMES: Readonly<Record<CareKind, string>> = {
  short_term: 'Short-term',
  long_term: 'Long-term',
  emergency: 'Emergency',
  short_breaks: 'Short breaks',
  parent_and_child: 'Parent and child',
  named_child: 'For a named child only',
};

/** Why a household may foster more children than the usual limit. */
export type AboveLimit =
  | { readonly kind: 'siblings' }
  /** An exemption by the authority where the carer lives, which names the children (by reference here). */
  | { readonly kind: 'exemption'; readonly authority: string; readonly children: readonly string[] };

/** The terms of an approval: how many children, of which ages, for which kinds of care. Ages in whole years, both included. */
export interface ApprovalTerms {
  readonly children: number;
  readonly ageFrom: number;
  readonly ageTo: number;
  readonly care: readonly CareKind[];
  /** The reference of the child, never a name, when the approval is for a particular one. */
  readonly namedChild: string | null;
  readonly aboveLimit: AboveLimit | null;
}

export type TermsRefusal = 'no_children' | 'ages_turned_round' | 'ages_beyond_childhood' | 'no_care' | 'named_child_missing' | 'named_child_not_asked' | 'above_limit_without_reason' | 'exemption_names_nobody' | 'exemption_authority_missing' | 'reason_without_need';

/**
 * What is wrong with terms. The usual fostering limit (Children Act 1989, Schedule 7: three) may be passed only when
 * all the children are siblings, or under an exemption that names the children.
 */
export function termsRefusals(terms: ApprovalTerms, usualLimit: number): readonly TermsRefusal[] {
  const refusals: TermsRefusal[] = [];
  if (!Number.isInteger(terms.children) || terms.children < 1) refusals.push('no_children');
  if (terms.ageFrom > terms.ageTo) refusals.push('ages_turned_round');
  if (terms.ageFrom < 0 || terms.ageTo > 18) refusals.push('ages_beyond_childhood');
  if (terms.care.length === 0) refusals.push('no_care');
  if (terms.care.includes('named_child') && !terms.namedChild) refusals.push('named_child_missing');
  if (!terms.care.includes('named_child') && terms.namedChild) refusals.push('named_child_not_asked');
  if (terms.children > usualLimit && terms.aboveLimit === null) refusals.push('above_limit_without_reason');
  if (terms.children <= usualLimit && terms.aboveLimit !== null) refusals.push('reason_without_need');
  if (terms.aboveLimit?.kind === 'exemption') {
    if (terms.aboveLimit.children.length === 0) refusals.push('exemption_names_nobody');
    if (terms.aboveLimit.authority === '') refusals.push('exemption_authority_missing');
  }
  return refusals;
}

/** A refusal as a sentence that says what to do. */
export function termsRefusalInWords(refusal: TermsRefusal, usualLimit: number): string {
  return {
    no_children: 'Enter how many children the household is approved for: a whole number from 1.',
    ages_turned_round: 'The youngest age is above the oldest: swap them.',
    ages_beyond_childhood: 'Ages are from 0 to 18.',
    no_care: 'Choose at least one kind of care.',
    named_child_missing: 'Enter the reference of the child for whom the approval is.',
    named_child_not_asked: 'A child is named, but “for a named child only” is not chosen. Choose it, or take the reference out.',
    above_limit_without_reason: `More than ${String(usualLimit)} children are above the usual fostering limit: say that they are siblings, or enter the exemption (Children Act 1989, Schedule 7).`,
    exemption_names_nobody: 'An exemption names its children: enter their references.',
    exemption_authority_missing: 'Say which authority gave the exemption: the one where the carer lives.',
    reason_without_need: `Up to ${String(usualLimit)} children need no exemption: take it out.`,
  }[refusal];
}
