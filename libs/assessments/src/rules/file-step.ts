/** Who has to do something next in a file. */
export const WAITS_FOR = ['us', 'those_asked', 'administrator', 'panel', 'decision_maker', 'family', 'review'] as const;
export type WaitsFor = (typeof WAITS_FOR)[number];

/** What a file needs next, where it knows more than the stage of its journey, and of whom. */
export const FILE_STEPS = {
  checks_come_in: { words: 'Wait for the checks', waitsFor: 'those_asked' },
  decide_stage_1: { words: 'Decide stage 1', waitsFor: 'us' },
  write_report: { words: 'Write the report', waitsFor: 'us' },
  put_on_agenda: { words: 'Put on a panel’s agenda', waitsFor: 'administrator' },
  send_papers: { words: 'Send the papers to the panel', waitsFor: 'administrator' },
  panel: { words: 'Go to panel', waitsFor: 'panel' },
  minutes: { words: 'Agree the minutes', waitsFor: 'administrator' },
  decision: { words: 'Make the agency decision', waitsFor: 'decision_maker' },
  answer: { words: 'Wait for the family’s answer', waitsFor: 'family' },
  review: { words: 'Wait for the review', waitsFor: 'review' },
  final_decision: { words: 'Make the final decision', waitsFor: 'decision_maker' },
} as const satisfies Readonly<Record<string, { readonly words: string; readonly waitsFor: WaitsFor }>>;
export type FileStepCode = keyof typeof FILE_STEPS;
