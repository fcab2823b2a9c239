import { addDays, type LocalDate } from '@app/kernel';
import type { Period } from '@app/reports';

/** What a file answers: of which authorities, when, and as it stood and was known when. */
export interface AskedOfFile {
  readonly what: 'kpi' | 'saved' | 'year' | 'rows';
  readonly authorities: readonly string[];
  readonly period: Period;
  readonly asAt: LocalDate;
  /** Null for all that was known when it was made. */
  readonly knownAt: Date | null;
}

/** A copy that was taken for publication. */
export interface PublicationCopy extends AskedOfFile {
  readonly id: string;
  readonly takenAt: Date;
  /** Null when whoever took it is not known by name. */
  readonly takenBy: string | null;
}

/** Whether two files answer the very same question, so that they say nothing more together. A saved report answers as the report does. */
export function asksTheSame(one: AskedOfFile, other: AskedOfFile): boolean {
  const words = ({ what, authorities, period, asAt, knownAt }: AskedOfFile): string => JSON.stringify([what === 'saved' ? 'kpi' : what, [...authorities].sort(), period.from, period.to, asAt, knownAt?.getTime() ?? null]);
  return words(one) === words(other);
}

/** Which end of a period lies within a calendar month; null when it is of whole months. */
export function endWithinAMonth({ from, to }: Period): 'from' | 'to' | null {
  if (!from.endsWith('-01')) return 'from';
  return addDays(to, 1).endsWith('-01') ? null : 'to';
}
