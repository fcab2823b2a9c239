import { grants, type HeldRole, covers } from '@app/access';
import { rows } from '@app/database';
import { queueEmail } from '@app/notifications';
import type { Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { recordEvents, recordTimeline } from '../persistence/history';
import { type Journey, updateJourney } from '../persistence/journey-record';
import type { Blocker } from '../rules/blockers';
import { type ChangeContext, type ChangingActor, JourneyChanges, type JourneyRequest, type Refusal } from './journey-changes';

export interface AssignRequest extends JourneyRequest {
  /** A member of staff, null for nobody; left out to leave as it is. */
  readonly officerId?: string | null;
  readonly socialWorkerId?: string | null;
  readonly note?: string;
}

/** Gives a family to an officer, a social worker or both, who must be able to work with it. They are told by mail, without a name. */
@Injectable()
export class AssignJourney {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: AssignRequest): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.assign', 'journey.assign', async (context) => {
      const { tx, journey, now } = context;
      for (const staffId of [request.officerId, request.socialWorkerId]) {
        if (staffId && !(await canWorkWith(context, staffId))) return [{ kind: 'not_of_this_council' }];
      }
      const officerId = request.officerId === undefined ? journey.officerId : request.officerId;
      const socialWorkerId = request.socialWorkerId === undefined ? journey.socialWorkerId : request.socialWorkerId;
      await updateJourney(tx, journey.id, { officer_id: officerId, social_worker_id: socialWorkerId });
      await recordEvents(tx, actor, now, journey.id, [{ kind: 'assigned', at: now, detail: { officerId, socialWorkerId } }]);
      if (request.note) await recordTimeline(tx, actor, now, journey.id, [{ kind: 'handover', at: now, title: 'Handover note', body: request.note }]);
      const newcomers = [officerId !== journey.officerId ? officerId : null, socialWorkerId !== journey.socialWorkerId ? socialWorkerId : null];
      for (const staffId of newcomers) if (staffId && !(actor.kind === 'staff' && actor.staffId === staffId)) await tellOfAssignment(context, staffId);
      return undefined;
    });
  }
}

async function canWorkWith({ tx, journey }: ChangeContext, staffId: string): Promise<boolean> {
  const roles = await rows<HeldRole>(tx, `SELECT r.role, r.authority FROM staff_roles r JOIN staff s ON s.id = r.staff_id WHERE r.staff_id = $1 AND r.revoked_at IS NULL AND s.state = 'active'`, [staffId]);
  return roles.some((held) => grants(held, 'journeys.work') && covers(held, journey.authority));
}

async function tellOfAssignment({ tx, journey, now }: ChangeContext, staffId: string): Promise<void> {
  const [member] = await rows<{ email: string; demonstration: boolean }>(tx, 'SELECT email, demonstration FROM staff WHERE id = $1', [staffId]);
  if (!member) return;
  await queueEmail(tx, {
    kind: 'assigned',
    to: member.email,
    staffId,
    journeyId: journey.id,
    subject: `${journey.reference} is now with you`,
    body: `The family with the reference ${journey.reference} was assigned to you.\n\nSign in and search for ${journey.reference} to see what it needs next.`,
    demonstration: member.demonstration,
    now,
  });
}

/** Marks a journey as kinship, a family for a particular child they know, or takes the mark off. It is not mainstream fostering and leaves the KPIs. */
@Injectable()
export class MarkKinship {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: JourneyRequest & { readonly kinship: boolean; readonly reason: string }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'journey.kinship', (context) =>
      mark(context, 'kinship', request.kinship, request.reason, { kind: request.kinship ? 'kinship_marked' : 'kinship_cleared', title: request.kinship ? 'Marked as kinship' : 'Kinship mark taken off' }),
    );
  }
}

/** Marks that there is a safeguarding concern, or that it is resolved. What the concern is stays in a confidential note. */
@Injectable()
export class MarkSafeguarding {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: JourneyRequest & { readonly concern: boolean; readonly note: string }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'journey.safeguarding', (context) =>
      mark(context, 'safeguarding', request.concern, request.note, { kind: request.concern ? 'safeguarding_marked' : 'safeguarding_cleared', title: request.concern ? 'Safeguarding concern' : 'Safeguarding concern resolved' }),
    );
  }
}

type MarkEvent = 'kinship_marked' | 'kinship_cleared' | 'safeguarding_marked' | 'safeguarding_cleared';

async function mark({ tx, actor, journey, now }: ChangeContext, column: 'kinship' | 'safeguarding', to: boolean, note: string, how: { readonly kind: MarkEvent; readonly title: string }): Promise<readonly Blocker[] | undefined> {
  if (journey[column] === to) return undefined;
  await updateJourney(tx, journey.id, { [column]: to });
  await recordEvents(tx, actor, now, journey.id, [{ kind: how.kind, at: now }]);
  await recordTimeline(tx, actor, now, journey.id, [{ kind: 'note', at: now, title: how.title, body: note, confidential: column === 'safeguarding' }]);
  return undefined;
}

export interface RouteRequest extends JourneyRequest {
  readonly authority: Journey['authority'];
  readonly reason: string;
}

/** Routes a family to a council by hand. The first routing, this one and its reason are kept; staff of the council before lose the family. */
@Injectable()
export class RouteJourney {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: RouteRequest): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.read', 'journey.route', async (context) => {
      const { tx, journey, now } = context;
      if (actor.kind === 'staff' && !actor.roles.some((held) => grants(held, 'journeys.route') && held.authority === null)) return [{ kind: 'hub_only' }];
      if (journey.authority === request.authority) return [{ kind: 'already_there' }];
      const moved: ChangeContext = { ...context, journey: { ...journey, authority: request.authority } };
      const keeps = async (staffId: string | null): Promise<string | null> => (staffId && (await canWorkWith(moved, staffId)) ? staffId : null);
      await updateJourney(tx, journey.id, { authority: request.authority, officer_id: await keeps(journey.officerId), social_worker_id: await keeps(journey.socialWorkerId) });
      await recordEvents(tx, actor, now, journey.id, [{ kind: 'routed', at: now, authority: request.authority, detail: { how: 'by_hand', from: journey.authority } }]);
      await recordTimeline(tx, actor, now, journey.id, [{ kind: 'note', at: now, title: 'Why it was routed by hand', body: request.reason }]);
      return undefined;
    });
  }
}

