import type { LocalDate } from '@app/kernel';

/** Something of a journey that became known, or was corrected, between two versions of a report. */
export interface ChangeOfHistory {
  /** The kind of event, or the milestone. */
  readonly what: string;
  /** The date that was known before; null when none was. */
  readonly before: LocalDate | null;
  /** The date that is known since; null when it was taken back. */
  readonly after: LocalDate | null;
  /** Of a routing: the authority that the journey had before, and the one that it got. */
  readonly authorityBefore: string | null;
  readonly authority: string | null;
  /** Why it was corrected, in the words of who did; null for what was only recorded late. */
  readonly reason: string | null;
  /** ISO 8601. */
  readonly knownAt: string;
}

/** A journey whose history is another since the version before. */
export interface CauseOfChange {
  readonly reference: string;
  /** Corrections first. */
  readonly changes: readonly ChangeOfHistory[];
}

/** Why a version has other figures than the one before. */
export interface CausesOfChange {
  /** How many journeys had their history corrected or completed, those that are not listed included. */
  readonly journeys: number;
  /** As many of them as are listed, those that somebody corrected first. */
  readonly listed: readonly CauseOfChange[];
}

/** As versions kept it at first: an entry for each event, of at most so many events. */
type KeptEvent = Omit<ChangeOfHistory, 'authority' | 'authorityBefore'> & { readonly reference: string };

/** What a version says of its causes, also one that was saved before they stood by journey: what is saved is never rewritten. */
export function keptCauses(kept: CausesOfChange | readonly KeptEvent[]): CausesOfChange {
  if ('listed' in kept) return kept;
  const changes = new Map<string, ChangeOfHistory[]>();
  for (const { reference, ...event } of kept) changes.set(reference, [...(changes.get(reference) ?? []), { ...event, authority: null, authorityBefore: null }]);
  const listed = [...changes].map(([reference, of]): CauseOfChange => ({ reference, changes: of }));
  return { journeys: listed.length, listed };
}
