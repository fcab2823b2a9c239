import { parseLocalDate } from '@app/kernel';
import type { ExportSubject } from '@app/publications';
import { readKnownAt, readKpiQuestion } from '@app/reports';
import { z } from 'zod';

/** Where the form for files lives. */
export const EXPORT_PATH = '/staff/reports/export';

const FORMATS = ['csv', 'xlsx', 'ods', 'json'] as const;
const date = (missing: string) => z.string(missing).transform((text, context) => {
  const read = parseLocalDate(text.trim());
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: text.trim() === '' ? missing : `“${text}” is not a date: write it as 2024-04-01` });
  return z.NEVER;
});

const common = {
  format: z.enum(FORMATS, 'Choose a format'),
  reason: z.string('Say what you need it for').trim().min(3, 'Say what you need it for').max(300, 'Use at most 300 characters'),
};

/** Which file, for whom and why. What it is about stands in hidden fields, as the page before had it. */
export const exportForm = z.object({
  ...common,
  readership: z.enum(['inside', 'publication'], 'Choose whom it is for'),
  // The copies that stood beside the box when it was ticked, so that a later one is not confirmed unseen.
  noneOf: z.string().optional().transform((ids) => (ids === undefined ? [] : ids.split(' '))),
});

/** Rows for analysis: of which enquiries, in which format and why. They are never published. */
export const rowsForm = z.object({ from: date('Enter the first day'), to: date('Enter the last day'), ...common, format: z.enum(['csv', 'xlsx', 'ods'], 'Choose a format') });

/** What a form or an address asks a file of; null when it does not say so in a way that makes sense. */
export function exportSubject(asked: Readonly<Record<string, unknown>>, now: Date): ExportSubject | null {
  const part = (name: string): string => (typeof asked[name] === 'string' ? asked[name].trim() : '');
  switch (part('what')) {
    case 'kpi': {
      const question = readKpiQuestion({ from: part('from'), to: part('to'), asAt: part('asAt'), knownAt: part('knownAt'), authority: part('authority') }, now);
      return question.ok ? { what: 'kpi', question: question.value } : null;
    }
    case 'saved':
      return z.uuid().safeParse(part('report')).success ? { what: 'saved', reportId: part('report') } : null;
    case 'year': {
      const [inYearOf, knownAt] = [parseLocalDate(part('from')), readKnownAt(part('knownAt'), now)];
      return inYearOf === null || !knownAt.ok ? null : { what: 'year', inYearOf, knownAt: knownAt.value };
    }
    default:
      return null;
  }
}

/** The parts of an address that say what a file is of. */
export const SUBJECT_PARTS = ['what', 'from', 'to', 'asAt', 'knownAt', 'authority', 'report'] as const;
