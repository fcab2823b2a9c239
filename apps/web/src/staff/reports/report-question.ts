import { addDays, addMonthsClamped, financialYearOf, type LocalDate, localDateOf, parseLocalDate, type Result } from '@app/kernel';
import { type KpiQuestion, type Period, readKpiQuestion, REPORT_REFUSALS, type UnreadablePart } from '@app/reports';
import { NotFoundException } from '@nestjs/common';
import type { FormError } from '../../platform/words';

/** The parts of the address of a report, as they were written. */
export type WrittenReport = Readonly<Record<'from' | 'to' | 'asAt' | 'knownAt' | 'authority', string>>;

/** What the address of a report asks for; without a period, the financial year of today; with one end of it alone, until the end of its financial year or from its start. */
export function readReport(query: Readonly<Record<string, unknown>>, now: Date): { readonly written: WrittenReport; readonly question: Result<KpiQuestion, readonly UnreadablePart[]> } {
  const part = (name: string): string => written(query[name]);
  const given = { from: part('from'), to: part('to'), asAt: part('asAt'), knownAt: part('knownAt'), authority: part('authority') };
  const year = financialYearOf(parseLocalDate(given.from || given.to) ?? localDateOf(now));
  const asked = { ...given, from: given.from || year.from, to: given.to || year.to };
  return { written: asked, question: readKpiQuestion(asked, now) };
}

/** A part of an address as it was written; one that stands there twice, or in parts, cannot be read and is not taken for missing. */
export function written(part: unknown): string {
  if (part === undefined) return '';
  return typeof part === 'string' ? part.trim() : JSON.stringify(part);
}

/** What of an address is none of the choices that it may name, beside the control to choose with. */
export function noChoice(field: string, asked: unknown, choices: readonly string[]): FormError[] {
  const choice = written(asked);
  return choice === '' || choices.includes(choice) ? [] : [{ field, text: `“${choice}” is none of these: choose from the list` }];
}

/** Where a question that cannot be answered is wrong. */
const FIELD_OF = { period_ends_before_it_starts: 'to', as_at_in_the_future: 'asAt', known_at_in_the_future: 'knownAt' } as const;
type Unanswered = keyof typeof FIELD_OF | 'unknown_authority';

/** How a command is told to write a date: beside a control to choose one it would mislead. */
const AS_TYPED = /: write it as \d{4}-\d{2}-\d{2}$/;

/** What of an address cannot be read, beside the control that says it. */
export function unreadable(parts: readonly UnreadablePart[]): FormError[] {
  return parts.map(({ part, text }) => ({ field: part, text: sentence(text).replace(AS_TYPED, ': choose a day that is in the calendar') }));
}

/** Why a question that can be read is not answered, beside its control. An authority out of reach is a page that is not there. */
export function unanswered(refusal: Unanswered): FormError[] {
  if (refusal === 'unknown_authority') throw new NotFoundException();
  return [{ field: FIELD_OF[refusal], text: sentence(REPORT_REFUSALS[refusal]) }];
}

/** The same of a date that stands alone. */
export const noDate = (text: string): string => `“${text}” is not a date: choose a day that is in the calendar`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The address of a report; what is left empty is left out. */
export function reportPath(written: Partial<WrittenReport> & { readonly what?: string }, path = '/staff/reports'): string {
  const parts = Object.entries(written).filter(([, value]) => value !== '');
  return parts.length === 0 ? path : `${path}?${new URLSearchParams(parts).toString()}`;
}

/** The same question a year earlier: the period, and the day as at which it is asked. */
export function yearBefore(period: Period, asAt: LocalDate): Period & { readonly asAt: LocalDate } {
  return { from: addMonthsClamped(period.from, -12), to: addDays(addMonthsClamped(addDays(period.to, 1), -12), -1), asAt: addMonthsClamped(asAt, -12) };
}

/** The financial year whose targets a period is held against: it starts with the year and ends within it. */
export function yearOfTargets(period: Period): ReturnType<typeof financialYearOf> | null {
  const year = financialYearOf(period.from);
  return period.from === year.from && period.to <= year.to ? year : null;
}

/** Links to this financial year and the two before it. */
export function yearLinks(written: WrittenReport, now: Date): { readonly text: string; readonly href: string; readonly current: boolean }[] {
  const today = localDateOf(now);
  return [0, -12, -24].map((months) => {
    const { from, to, label } = financialYearOf(addMonthsClamped(today, months));
    return { text: months === 0 ? `${label} so far` : label, href: reportPath({ ...written, from, to, asAt: '' }), current: written.from === from && written.to === to };
  });
}
