import type { DecisionKind } from '@app/assessments';

/** The letters that the system knows, in the order in which a family meets them. */
export const LETTER_CODES = ['invitation_to_apply', 'chaser', 'stage_1_go_on', 'stage_1_refused', 'papers_to_panel', 'approval', 'qualifying_determination', 'final_not_approved'] as const;
export type LetterCode = (typeof LETTER_CODES)[number];

export const isLetterCode = (text: string): text is LetterCode => (LETTER_CODES as readonly string[]).includes(text);

/** What stands in every letter's place for facts. */
const ALWAYS = ['dear', 'family', 'reference', 'today', 'sender', 'team', 'council', 'council_phone', 'council_email'] as const;

/** What a letter is: what it is called, whose it is, to whom it goes, and which facts it may name. */
export interface LetterKind {
  readonly name: string;
  /** Of the family's page, or of the assessment file, which the council alone opens. */
  readonly part: 'journey' | 'assessment';
  readonly to: 'applicants' | 'third_party' | 'panel';
  readonly facts: readonly Placeholder[];
}

/** Everything that a wording may leave to be filled in. */
export const PLACEHOLDER_MEANINGS = {
  dear: 'the first names of those to whom it goes',
  family: 'the applicants’ names',
  reference: 'the reference of the family',
  today: 'the date of the letter',
  sender: 'the name of whoever sends it',
  team: 'the council’s team',
  council: 'the council’s name',
  council_phone: 'the council’s telephone number',
  council_email: 'the council’s address of mail',
  stage_1_decided_on: 'the day on which stage 1 was decided',
  decided_on: 'the day of the decision',
  reasons: 'the reasons of the decision',
  terms: 'the terms of the approval',
  representations_until: 'the last day for representations',
  panel_on: 'the day of the panel',
  panel_place: 'where the panel meets',
  third_party: 'the name of whoever is asked',
  check_name: 'what is asked for',
  asked_on: 'the day on which it was asked for',
} as const;
export type Placeholder = keyof typeof PLACEHOLDER_MEANINGS;

/** Which decisions a letter tells of. */
export const DECISIONS_TOLD: Readonly<Partial<Record<LetterCode, readonly DecisionKind[]>>> = {
  approval: ['approval', 'final_approval'],
  qualifying_determination: ['qualifying_determination'],
  final_not_approved: ['final_refusal', 'lapse'],
};

/** The letter that tells of a decision. */
export function letterOfDecision(kind: DecisionKind): LetterCode {
  const code = LETTER_CODES.find((candidate) => DECISIONS_TOLD[candidate]?.includes(kind));
  if (!code) throw new Error(`No letter tells of ${kind}`);
  return code;
}

export const LETTERS: Readonly<Record<LetterCode, LetterKind>> = {
  invitation_to_apply: { name: 'Invitation to apply', part: 'journey', to: 'applicants', facts: ALWAYS },
  chaser: { name: 'Reminder of a check', part: 'assessment', to: 'third_party', facts: [...ALWAYS, 'third_party', 'check_name', 'asked_on'] },
  stage_1_go_on: { name: 'Stage 1: go on', part: 'assessment', to: 'applicants', facts: [...ALWAYS, 'stage_1_decided_on'] },
  stage_1_refused: { name: 'Stage 1: refused', part: 'assessment', to: 'applicants', facts: [...ALWAYS, 'stage_1_decided_on', 'reasons'] },
  papers_to_panel: { name: 'Papers to the panel', part: 'assessment', to: 'panel', facts: [...ALWAYS, 'panel_on', 'panel_place'] },
  approval: { name: 'Approval', part: 'assessment', to: 'applicants', facts: [...ALWAYS, 'decided_on', 'terms'] },
  qualifying_determination: { name: 'Qualifying determination', part: 'assessment', to: 'applicants', facts: [...ALWAYS, 'decided_on', 'reasons', 'representations_until'] },
  final_not_approved: { name: 'Final decision: not approved', part: 'assessment', to: 'applicants', facts: [...ALWAYS, 'decided_on', 'reasons'] },
};
