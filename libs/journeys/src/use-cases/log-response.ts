import { meetClock, workingMinutesToFirstResponse } from '@app/deadlines';
import { type LocalDate, nextOpening, type Result, toMinute } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { firstResponseDueAt, recordEvents, recordTimeline } from '../persistence/history';
import { updateJourney } from '../persistence/journey-record';
import type { Blocker } from '../rules/blockers';
import { type ChangeContext, type ChangingActor, JourneyChanges, type JourneyRequest, type Refusal } from './journey-changes';

export interface LoggedContact extends JourneyRequest {
  /** When it happened; the present moment when left out. */
  readonly at?: Date;
  readonly note: string;
  /** The local date on which somebody promised, or plans, to be in touch again. */
  readonly nextContactOn?: LocalDate | null;
  readonly confidential?: boolean;
}

const TITLES = { conversation: 'Conversation', email: 'Email', visit: 'Visit', letter: 'Letter' } as const;

/**
 * Logs a conversation, or a personal message, that was had with the family. The first one that answers is the first
 * response: its clock is met and its alerts end. An automatic acknowledgement is none.
 */
@Injectable()
export class LogConversation {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: LoggedContact & { readonly kind: keyof typeof TITLES; readonly answers: boolean }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'journey.conversation', async (context) => {
      const { tx, journey, now } = context;
      const at = request.at ?? now;
      const blockers = whenBlockers(context, at);
      if (blockers.length > 0) return blockers;
      if (request.answers && journey.firstResponseAt === null) {
        const refusal = await recordFirstResponse(context, at);
        if (refusal.length > 0) return refusal;
      }
      await updateJourney(tx, journey.id, { attempts: 0, contact_again_on: request.nextContactOn ?? null });
      await recordTimeline(tx, actor, now, journey.id, [{ kind: request.kind, at, title: TITLES[request.kind], body: request.note, nextContactOn: request.nextContactOn ?? null, confidential: request.confidential ?? false }]);
      return undefined;
    });
  }
}

/** Logs a call that nobody took, or a message left: an attempt, never a first response. */
@Injectable()
export class LogAttempt {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: LoggedContact): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'journey.attempt', async (context) => {
      const { tx, journey, now } = context;
      const at = request.at ?? now;
      const blockers = whenBlockers(context, at);
      if (blockers.length > 0) return blockers;
      await updateJourney(tx, journey.id, { attempts: journey.attempts + 1, contact_again_on: request.nextContactOn ?? null });
      await recordTimeline(tx, actor, now, journey.id, [{ kind: 'call_attempt', at, title: 'Nobody answered', body: request.note, nextContactOn: request.nextContactOn ?? null }]);
      return undefined;
    });
  }
}

/** Adds a note to the timeline. */
@Injectable()
export class AddNote {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: JourneyRequest & { readonly note: string; readonly confidential?: boolean }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'journey.note', async ({ tx, journey, now }) => {
      await recordTimeline(tx, actor, now, journey.id, [{ kind: 'note', at: now, title: 'Note', body: request.note, confidential: request.confidential ?? false }]);
      return undefined;
    });
  }
}

function whenBlockers({ journey, now }: ChangeContext, at: Date): readonly Blocker[] {
  if (toMinute(at) > now) return [{ kind: 'in_future' }];
  if (toMinute(at) < toMinute(journey.enquiryReceivedAt)) return [{ kind: 'response_before_enquiry' }];
  return [];
}

/** Writes the first response: on the journey, in its history with what was due and how long it took, on its clock; in the history with the reason, when it is a correction. */
export async function recordFirstResponse({ tx, actor, journey, now, calendars }: ChangeContext, at: Date, correction?: { readonly correctionReason: string }): Promise<readonly Blocker[]> {
  const dueAt = await firstResponseDueAt(tx, journey.id);
  if (!dueAt) return [{ kind: 'nothing_to_correct' }];
  // Seconds do not count: an answer typed for the minute in which the enquiry came is not before it.
  const answeredAt = at < journey.enquiryReceivedAt ? journey.enquiryReceivedAt : at;
  const startsAt = nextOpening(calendars.opening, toMinute(journey.enquiryReceivedAt));
  const workingMinutes = workingMinutesToFirstResponse({ startsAt, firstResponseAt: answeredAt, calendar: calendars.opening });
  await tx.query('UPDATE journeys SET first_response_at = $2 WHERE id = $1', [journey.id, answeredAt]);
  await recordEvents(tx, actor, now, journey.id, [{ kind: 'first_response', at: answeredAt, dueAt, workingMinutes, ...(correction ? { detail: correction } : {}) }]);
  await meetClock(tx, journey.id, 'first_response', answeredAt, workingMinutes);
  return [];
}
