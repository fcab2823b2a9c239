/** The sections of an assessment report (Schedule 3 Part 2 asks for what they cover), in order. */
export const REPORT_SECTIONS = [
  { code: 'family', name: 'The family and how it came together' },
  { code: 'background', name: 'Childhood, background and relationships' },
  { code: 'personality', name: 'Personality, religion, culture and language' },
  { code: 'home', name: 'Home, neighbourhood and standard of living' },
  { code: 'work', name: 'Work, leisure and support' },
  { code: 'caring', name: 'Experience of caring for children' },
  { code: 'skills', name: 'Skills, and what they could learn' },
  { code: 'safe_care', name: 'Keeping children safe' },
  { code: 'identity', name: 'Helping a child with their identity and health' },
  { code: 'references', name: 'What referees and checks say' },
  { code: 'recommendation', name: 'Summary and recommended terms' },
] as const;
export type ReportSectionCode = (typeof REPORT_SECTIONS)[number]['code'];

/** Sections that a brief report has, when an assessment stops before its end. */
export const BRIEF_REPORT_SECTIONS: readonly ReportSectionCode[] = ['family', 'references', 'recommendation'];

export const isReportSection = (code: string): code is ReportSectionCode => REPORT_SECTIONS.some((section) => section.code === code);
