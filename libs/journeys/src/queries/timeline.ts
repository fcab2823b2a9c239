import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { TimelineKind } from '../persistence/history';
import type { ClosedBy, CloseReason } from '../rules/close-reasons';
import type { Milestone } from '../rules/milestones';

/** What of the timeline is shown. */
export const TIMELINE_FILTERS = ['everything', 'contacts', 'notes', 'changes'] as const;
export type TimelineFilter = (typeof TIMELINE_FILTERS)[number];

const KINDS: Readonly<Record<TimelineFilter, readonly TimelineKind[]>> = {
  everything: ['note', 'call_attempt', 'conversation', 'email', 'visit', 'letter', 'contact', 'change', 'handover'],
  contacts: ['call_attempt', 'conversation', 'email', 'visit', 'letter', 'contact'],
  notes: ['note', 'handover'],
  changes: ['change'],
};

/** Facts of the history that are told; what a written entry tells already is left out. */
export type HistoryKind = 'milestone' | 'first_response' | 'closed' | 'reopened' | 'held' | 'resumed' | 'routed' | 'assigned' | 'merged';
const TOLD: readonly HistoryKind[] = ['milestone', 'first_response', 'closed', 'reopened', 'held', 'resumed', 'routed', 'assigned', 'merged'];

interface Told {
  /** Its place in the order: the moment, or noon of a date alone. */
  readonly at: Date;
  readonly key: string;
  readonly recordedAt: Date;
  /** `staff:<id>`, `system:<process>` or `public`. */
  readonly recordedBy: string;
  readonly staffName: string | null;
}

/** What somebody wrote, said or sent. */
export interface WrittenEntry extends Told {
  readonly source: 'written';
  readonly kind: TimelineKind;
  readonly title: string;
  readonly body: string | null;
  readonly nextContactOn: LocalDate | null;
  readonly confidential: boolean;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A fact of the journey's history. */
export interface HistoryEntry extends Told {
  readonly source: 'history';
  readonly kind: HistoryKind;
  readonly milestone: Milestone | null;
  readonly happenedOn: LocalDate;
  /** The fact has no time of day. */
  readonly dateOnly: boolean;
  readonly authority: string | null;
  readonly closedBy: ClosedBy | null;
  readonly closedReason: CloseReason | null;
  readonly dueAt: Date | null;
  readonly workingMinutes: number | null;
  /** Whom the family was given to. */
  readonly officerName: string | null;
  readonly socialWorkerName: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  /** It was corrected since. */
  readonly superseded: boolean;
}

export type TimelineItem = WrittenEntry | HistoryEntry;

export interface TimelineCursor {
  readonly at: Date;
  readonly key: string;
}

export interface TimelineQuestion {
  readonly journeyId: string;
  readonly filter: TimelineFilter;
  /** Who reads, and whether they see confidential entries that others wrote (`seesConfidential`). */
  readonly staffId: string;
  readonly confidential: boolean;
  readonly atMost: number;
  readonly before?: TimelineCursor;
}

/** What happened to a family, newest first, a page at a time by keyset. */
export async function timeline(tx: EntityManager, question: TimelineQuestion): Promise<{ readonly items: readonly TimelineItem[]; readonly next: TimelineCursor | null }> {
  const written = await writtenEntries(tx, question);
  const told = question.filter === 'everything' || question.filter === 'changes' ? await historyEntries(tx, question) : [];
  const items = [...written, ...told].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.key < b.key ? 1 : -1));
  const shown = items.slice(0, question.atMost);
  const last = shown.at(-1);
  return { items: shown, next: items.length > question.atMost && last ? { at: last.at, key: last.key } : null };
}

function writtenEntries(tx: EntityManager, { journeyId, filter, staffId, confidential, atMost, before }: TimelineQuestion): Promise<WrittenEntry[]> {
  return rows<WrittenEntry>(
    tx,
    `SELECT 'written' AS source, e.happened_at AS at, 'w' || e.id AS key, e.recorded_at AS "recordedAt", e.recorded_by AS "recordedBy", s.name AS "staffName",
            e.kind, e.title, e.body, e.next_contact_on AS "nextContactOn", e.confidential, e.detail
       FROM timeline_entries e LEFT JOIN staff s ON s.id = e.staff_id
      WHERE e.journey_id = $1 AND e.kind = ANY ($2) AND (NOT e.confidential OR $3 OR e.staff_id = $4)
        AND ($5::timestamptz IS NULL OR (date_trunc('milliseconds', e.happened_at), 'w' || e.id) < ($5, $6))
      ORDER BY date_trunc('milliseconds', e.happened_at) DESC, 'w' || e.id DESC LIMIT $7`,
    [journeyId, KINDS[filter], confidential, staffId, before?.at ?? null, before?.key ?? null, atMost + 1],
  );
}

function historyEntries(tx: EntityManager, { journeyId, atMost, before }: TimelineQuestion): Promise<HistoryEntry[]> {
  return rows<HistoryEntry>(
    tx,
    `SELECT * FROM (
       SELECT 'history' AS source, date_trunc('milliseconds', CASE WHEN e.happened_at IS NOT NULL THEN e.happened_at
                   WHEN e.happened_on = (e.recorded_at AT TIME ZONE 'Europe/London')::date THEN e.recorded_at
                   ELSE (e.happened_on + time '12:00') AT TIME ZONE 'Europe/London' END) AS at,
              'h' || lpad(e.id::text, 20, '0') AS key, e.recorded_at AS "recordedAt", e.recorded_by AS "recordedBy", s.name AS "staffName",
              e.kind, e.milestone, e.happened_on AS "happenedOn", e.happened_at IS NULL AS "dateOnly", e.authority, e.closed_by AS "closedBy", e.closed_reason AS "closedReason",
              e.due_at AS "dueAt", e.working_minutes AS "workingMinutes", officer.name AS "officerName", worker.name AS "socialWorkerName", e.detail, e.superseded_at IS NOT NULL AS superseded
         FROM journey_events e LEFT JOIN staff s ON e.recorded_by = 'staff:' || s.id
         LEFT JOIN staff officer ON officer.id = (e.detail ->> 'officerId')::uuid
         LEFT JOIN staff worker ON worker.id = (e.detail ->> 'socialWorkerId')::uuid
        WHERE e.journey_id = $1 AND e.kind = ANY ($2) AND e.milestone IS DISTINCT FROM 'enquiry') e
      WHERE $3::timestamptz IS NULL OR (at, key) < ($3, $4)
      ORDER BY at DESC, key DESC LIMIT $5`,
    [journeyId, TOLD, before?.at ?? null, before?.key ?? null, atMost + 1],
  );
}
