import type { ReportSectionCode } from '@app/assessments';

/** What made-up reports say: a sentence or two for each section, about nobody. */
export const REPORT_WORDS: Readonly<Record<ReportSectionCode, string>> = {
  family: 'They have lived together for many years and speak of each other with warmth. Their days have a steady rhythm, with shared meals in the evening.',
  background: 'Both remember a settled childhood. They spoke openly about losses in the family and about what helped them then.',
  personality: 'Calm, patient and curious. Faith matters at the great feasts of the year; they are glad to learn about other ways.',
  home: 'A terraced house near a park, with a spare room that looks onto the garden. Clean, lived in, and ready for a child.',
  work: 'Work leaves the afternoons free. Two sisters and a neighbour would help at short notice.',
  caring: 'Years with nieces, nephews and a youth club. They know what a tired child looks like, and what to do about it.',
  skills: 'Good at listening and at keeping boundaries kindly. They would like to learn more about attachment and about life-story work.',
  safe_care: 'They thought about pets, stairs, screens and visitors before they were asked. A safer caring plan is drawn up.',
  identity: 'They would help a child to keep up language, food and friendships, and to see their family.',
  references: 'All referees were interviewed. They describe a reliable household and would leave their own children there.',
  recommendation: 'Recommended for two children of 0 to 12 years, short-term and short breaks.',
};
