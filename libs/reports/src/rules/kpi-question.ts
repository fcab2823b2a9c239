import { endOfLocalDay, localDate, localDateOf, parseLocalDate, parseLocalMoment, ok, refused } from '@app/kernel';
import type { LocalDate, Result } from '@app/kernel';
import type { Period } from './report-request';

/** What a report can be asked for with; what is left out is today, all that is known, and every authority in reach. */
export interface KpiQuestion extends Period {
  readonly asAt?: LocalDate | null;
  readonly knownAt?: Date | null;
  readonly authority?: string | null;
}

/** The same as somebody wrote it: in options of a command, an address or a form. Empty is as good as left out. */
export type WrittenKpiQuestion = Readonly<Partial<Record<'from' | 'to' | 'asAt' | 'knownAt' | 'authority', string | undefined>>>;

/** What is wrong with one part of a written question, in words. */
export interface UnreadablePart {
  readonly part: keyof WrittenKpiQuestion;
  readonly text: string;
}

/** No family enquired before or will after; what lies further out leaves the calendar when a year is taken off or a month added. */
export const EARLIEST = localDate('1900-01-01');
const LATEST = localDate('2199-12-31');

/**
 * Reads a written question. Dates are 'YYYY-MM-DD' and local; a moment is local time or carries an offset; a
 * known-at that is a day alone means its end, or `now` while that day lasts. Refuses with every part that cannot
 * be read, and days outside the years 1900 to 2199.
 */
export function readKpiQuestion(written: WrittenKpiQuestion, now: Date): Result<KpiQuestion, readonly UnreadablePart[]> {
  const wrong: UnreadablePart[] = [];
  const date = (part: 'from' | 'to' | 'asAt'): LocalDate | null => {
    const text = written[part] ?? '';
    if (text === '') return null;
    const read = parseLocalDate(text);
    if (read === null) wrong.push({ part, text: `“${text}” is not a date: write it as 2024-04-01` });
    else if (read < EARLIEST || read > LATEST) wrong.push({ part, text: `“${text}” is out of reach: choose a date from the years 1900 to 2199` });
    return read;
  };
  const [from, to, asAt] = [date('from'), date('to'), date('asAt')];
  for (const part of ['from', 'to'] as const) {
    if ((written[part] ?? '') === '') wrong.push({ part, text: 'a date is needed, such as 2024-04-01' });
  }
  const knownAt = readKnownAt(written.knownAt ?? '', now);
  if (!knownAt.ok) wrong.push({ part: 'knownAt', text: knownAt.refusal });
  if (wrong.length > 0 || from === null || to === null || !knownAt.ok) return refused(wrong);
  return ok({ from, to, asAt, knownAt: knownAt.value, authority: written.authority === '' ? null : (written.authority ?? null) });
}

/** Reads a written known-at: null when it is empty. Refuses, in words, what is no moment. */
export function readKnownAt(text: string, now: Date): Result<Date | null, string> {
  if (text === '') return ok(null);
  const day = parseLocalDate(text);
  if (day !== null && (day < EARLIEST || day > LATEST)) return refused(`“${text}” is out of reach: choose a moment from the years 1900 to 2199`);
  if (day !== null) return ok(day === localDateOf(now) ? now : endOfLocalDay(day));
  const moment = parseLocalMoment(text);
  if (moment.ok) return ok(moment.value);
  return refused(
    moment.refusal === 'skipped_by_clock_change'
      ? `“${text}” does not exist: the clocks skip it in spring`
      : `“${text}” is not a moment: write it as 2024-05-02T10:15`,
  );
}
