import { type Actor, actorName, affected, insertRows, rows } from '@app/database';
import { type LocalDate, localDateOf, newId } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { ClosedBy, CloseReason } from '../rules/close-reasons';
import type { Milestone } from '../rules/milestones';

/** Why an event was added by a correction, in the words of who did: what was missing has nothing that could be superseded with them. */
interface Corrected {
  readonly detail?: { readonly correctionReason: string };
}

/** One thing that happened to a journey. Nothing here names a person; dates are local (Europe/London). */
export type JourneyEvent =
  | { readonly kind: 'milestone'; readonly milestone: 'enquiry'; readonly at: Date; readonly dueAt: Date }
  | ({ readonly kind: 'milestone'; readonly milestone: Exclude<Milestone, 'enquiry'>; readonly on: LocalDate } & Corrected)
  | ({ readonly kind: 'first_response'; readonly at: Date; readonly dueAt: Date; readonly workingMinutes: number } & Corrected)
  | { readonly kind: 'closed'; readonly on: LocalDate; readonly by: ClosedBy; readonly reason: CloseReason }
  | { readonly kind: 'routed'; readonly at: Date; readonly authority: string; readonly detail: Readonly<Record<string, unknown>> }
  | { readonly kind: 'reopened' | 'held' | 'resumed' | 'kinship_marked' | 'kinship_cleared' | 'assigned' | 'safeguarding_marked' | 'safeguarding_cleared' | 'merged'; readonly at: Date; readonly detail?: Readonly<Record<string, unknown>> };

/** An event as a row of `journey_events`; every row has every column, so that many can be inserted at once. */
export function eventRow(journeyId: string, event: JourneyEvent, recordedAt: Date, recordedBy: string): Readonly<Record<string, unknown>> {
  const at = 'at' in event ? event.at : null;
  return {
    journey_id: journeyId,
    kind: event.kind,
    milestone: event.kind === 'milestone' ? event.milestone : null,
    happened_on: 'on' in event ? event.on : localDateOf(event.at),
    happened_at: at,
    authority: event.kind === 'routed' ? event.authority : null,
    closed_by: event.kind === 'closed' ? event.by : null,
    closed_reason: event.kind === 'closed' ? event.reason : null,
    due_at: 'dueAt' in event ? event.dueAt : null,
    working_minutes: event.kind === 'first_response' ? event.workingMinutes : null,
    detail: JSON.stringify('detail' in event ? (event.detail ?? {}) : {}),
    recorded_at: recordedAt,
    recorded_by: recordedBy,
  };
}

/** Writes events in the transaction of the change that they tell of. */
export async function recordEvents(tx: EntityManager, actor: Actor, now: Date, journeyId: string, events: readonly JourneyEvent[]): Promise<void> {
  await insertRows(tx, 'journey_events', events.map((event) => eventRow(journeyId, event, now, actorName(actor))));
}

/** What a correction takes back. */
export type Superseded = { readonly milestone: Milestone } | { readonly kind: 'first_response' | 'closed' };

/** Marks the present event as no longer what is known, with the reason. Says whether there was one. */
export async function supersedeEvent(tx: EntityManager, now: Date, journeyId: string, what: Superseded, reason: string): Promise<boolean> {
  const touched = await affected(
    tx,
    `UPDATE journey_events SET superseded_at = $2, correction_reason = $3
      WHERE id = (SELECT max(id) FROM journey_events WHERE journey_id = $1 AND superseded_at IS NULL AND kind = $4 AND milestone IS NOT DISTINCT FROM $5)`,
    [journeyId, now, reason, 'milestone' in what ? 'milestone' : what.kind, 'milestone' in what ? what.milestone : null],
  );
  return touched > 0;
}

/** When the first response of a journey was due, as stored when the enquiry came in. */
export async function firstResponseDueAt(tx: EntityManager, journeyId: string): Promise<Date | null> {
  const [event] = await rows<{ dueAt: Date }>(tx, `SELECT due_at AS "dueAt" FROM journey_events WHERE journey_id = $1 AND milestone = 'enquiry' AND superseded_at IS NULL`, [journeyId]);
  return event?.dueAt ?? null;
}

export type TimelineKind = 'note' | 'call_attempt' | 'conversation' | 'email' | 'visit' | 'letter' | 'contact' | 'change' | 'handover';

export interface TimelineEntry {
  readonly kind: TimelineKind;
  readonly at: Date;
  readonly title: string;
  readonly body?: string | null;
  readonly nextContactOn?: LocalDate | null;
  readonly confidential?: boolean;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** A timeline entry as a row; every row has every column. */
export function timelineRow(journeyId: string, entry: TimelineEntry, recordedAt: Date, actor: Actor): Readonly<Record<string, unknown>> {
  return {
    id: newId(),
    journey_id: journeyId,
    kind: entry.kind,
    happened_at: entry.at,
    recorded_at: recordedAt,
    recorded_by: actorName(actor),
    staff_id: actor.kind === 'staff' ? actor.staffId : null,
    title: entry.title,
    body: entry.body ?? null,
    next_contact_on: entry.nextContactOn ?? null,
    confidential: entry.confidential ?? false,
    detail: JSON.stringify(entry.detail ?? {}),
  };
}

/** Adds what a person did, said or wrote to the family's timeline. */
export async function recordTimeline(tx: EntityManager, actor: Actor, now: Date, journeyId: string, entries: readonly TimelineEntry[]): Promise<void> {
  await insertRows(tx, 'timeline_entries', entries.map((entry) => timelineRow(journeyId, entry, now, actor)));
}
