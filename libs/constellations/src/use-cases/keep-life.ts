import { loadCarer, type RegisterActor } from '@app/carers';
import { actorName, affected, insertRows, rows } from '@app/database';
import { type LocalDate, localDateOf, newId, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { ConstellationBlocker } from '../rules/blockers';
import type { ActivityKind, ContactMaker, ContactWay, ExpenseKind, RequestEnd, RequestSubject, StayKind } from '../rules/names';
import { ConstellationChanges, type ConstellationContext, type ConstellationRefusal, type ConstellationRequest, membersOn } from './constellation-changes';

type Refused = Promise<Result<unknown, ConstellationRefusal>>;
type OnDay = ConstellationRequest & { readonly on: LocalDate };

const recorded = ({ actor, now }: ConstellationContext): Readonly<Record<string, unknown>> => ({ recorded_at: now, recorded_by: actorName(actor) });

/** A day that has come, on which the family belonged to the constellation. */
async function memberBlockers(context: ConstellationContext, carerId: string, on: LocalDate, mayBeAhead = false): Promise<readonly ConstellationBlocker[]> {
  if (!mayBeAhead && on > context.today) return [{ kind: 'future', on }];
  return (await membersOn(context, on)).has(carerId) ? [] : [{ kind: 'not_a_member', on }];
}

export interface PlannedActivity {
  readonly kind: ActivityKind;
  readonly title: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly place: string;
}

/** What happens in a constellation: meetings, stays, contacts, requests and expenses. No child is named anywhere. */
@Injectable()
export class KeepLife {
  constructor(private readonly changes: ConstellationChanges) {}

  /** Plans an activity, or records one that was. */
  plan(actor: RegisterActor, request: ConstellationRequest & { readonly activity: PlannedActivity }): Promise<Result<{ readonly id: string }, ConstellationRefusal>> {
    return this.changes.change<{ readonly id: string }>(actor, request, 'constellation.activity', async (context) => {
      const { activity } = request;
      const on = localDateOf(activity.startsAt);
      if (on < context.constellation.startedOn) return [{ kind: 'earlier_than', what: 'the start of the constellation', on: context.constellation.startedOn }];
      const id = newId();
      await insertRows(context.tx, 'constellation_activities', [{ id, constellation_id: context.constellation.id, kind: activity.kind, title: activity.title, starts_at: activity.startsAt, on_date: on, minutes: activity.minutes, place: activity.place, ...recorded(context) }]);
      return { id };
    });
  }

  /** Who came. Families that were not ticked were not there. */
  attend(actor: RegisterActor, request: ConstellationRequest & { readonly activityId: string; readonly came: readonly string[] }): Refused {
    return this.changes.change(actor, request, 'constellation.attendance', async (context) => {
      const [activity] = await rows<{ on: LocalDate; cancelled: boolean }>(context.tx, `SELECT on_date AS "on", cancelled_at IS NOT NULL AS cancelled FROM constellation_activities WHERE id = $1 AND constellation_id = $2`, [request.activityId, context.constellation.id]);
      if (!activity) return [{ kind: 'not_found' }];
      if (activity.cancelled) return [{ kind: 'cancelled' }];
      if (activity.on > context.today) return [{ kind: 'future', on: activity.on }];
      const members = await membersOn(context, activity.on);
      if (request.came.some((carerId) => !members.has(carerId))) return [{ kind: 'not_a_member', on: activity.on }];
      for (const carerId of members.keys()) {
        await context.tx.query(
          `INSERT INTO constellation_attendance (activity_id, constellation_id, carer_id, attended) VALUES ($1, $2, $3, $4) ON CONFLICT (activity_id, carer_id) DO UPDATE SET attended = excluded.attended`,
          [request.activityId, context.constellation.id, carerId, request.came.includes(carerId)],
        );
      }
      return undefined;
    });
  }

  /** A child of a family sleeps at the hub home, or spends days there: planned ahead, or in an emergency. */
  stay(actor: RegisterActor, request: OnDay & { readonly carerId: string; readonly kind: StayKind; readonly planned: boolean; readonly childReference: string; readonly nights: number; readonly note: string | null }): Refused {
    return this.changes.change(actor, request, 'constellation.stay', async (context) => {
      const members = await membersOn(context, request.on);
      const host = [...members.values()].find(({ role }) => role === 'hub_home');
      if (!host) return [{ kind: 'no_hub_home' }];
      if (host.carerId === request.carerId) return [{ kind: 'is_the_host' }];
      if (!members.has(request.carerId)) return [{ kind: 'not_a_member', on: request.on }];
      await insertRows(context.tx, 'constellation_stays', [
        { id: newId(), constellation_id: context.constellation.id, carer_id: request.carerId, host_id: host.carerId, kind: request.kind, planned: request.planned, child_reference: request.childReference, starts_on: request.on, nights: request.kind === 'sleepover' ? request.nights : 0, note: request.note, ...recorded(context) },
      ]);
      return undefined;
    });
  }

  /** A stay does not take place. */
  cancelStay(actor: RegisterActor, request: ConstellationRequest & { readonly stayId: string }): Refused {
    return this.changes.change(actor, request, 'constellation.stay_cancel', async ({ tx, constellation, now }) => {
      const touched = await affected(tx, 'UPDATE constellation_stays SET cancelled_at = $3 WHERE id = $1 AND constellation_id = $2 AND cancelled_at IS NULL', [request.stayId, constellation.id, now]);
      return touched === 1 ? undefined : [{ kind: 'cancelled' }];
    });
  }

  /** A conversation of the hub home or the liaison worker with one family. */
  contact(actor: RegisterActor, request: OnDay & { readonly carerId: string; readonly way: ContactWay; readonly by: ContactMaker; readonly minutes: number | null; readonly note: string | null }): Refused {
    return this.changes.change(actor, request, 'constellation.contact', async (context) => {
      const blockers = await memberBlockers(context, request.carerId, request.on);
      if (blockers.length > 0) return blockers;
      await insertRows(context.tx, 'constellation_contacts', [{ id: newId(), constellation_id: context.constellation.id, carer_id: request.carerId, made_on: request.on, way: request.way, made_by: request.by, minutes: request.minutes, note: request.note, ...recorded(context) }]);
      return undefined;
    });
  }

  /** A family asks the hub home for something. */
  ask(actor: RegisterActor, request: OnDay & { readonly carerId: string; readonly about: RequestSubject; readonly words: string }): Refused {
    return this.changes.change(actor, request, 'constellation.request', async (context) => {
      const blockers = await memberBlockers(context, request.carerId, request.on);
      if (blockers.length > 0) return blockers;
      await insertRows(context.tx, 'constellation_requests', [{ id: newId(), constellation_id: context.constellation.id, carer_id: request.carerId, asked_on: request.on, about: request.about, words: request.words, ...recorded(context) }]);
      return undefined;
    });
  }

  /** How a request was met, or why it was not. */
  settle(actor: RegisterActor, request: OnDay & { readonly requestId: string; readonly met: RequestEnd; readonly how: string | null }): Refused {
    return this.changes.change(actor, request, 'constellation.settle', async ({ tx, constellation, today }) => {
      if (request.on > today) return [{ kind: 'future', on: request.on }];
      const [asked] = await rows<{ askedOn: LocalDate; met: string | null }>(tx, 'SELECT asked_on AS "askedOn", met FROM constellation_requests WHERE id = $1 AND constellation_id = $2', [request.requestId, constellation.id]);
      if (!asked) return [{ kind: 'not_found' }];
      if (asked.met !== null) return [{ kind: 'settled_already' }];
      if (request.on < asked.askedOn) return [{ kind: 'earlier_than', what: 'the request', on: asked.askedOn }];
      await tx.query('UPDATE constellation_requests SET met = $2, settled_on = $3, how = $4 WHERE id = $1', [request.requestId, request.met, request.on, request.how]);
      return undefined;
    });
  }

  /** The hub home spent money for the constellation. */
  spend(actor: RegisterActor, request: OnDay & { readonly what: ExpenseKind; readonly pence: number; readonly note: string | null }): Refused {
    return this.changes.change(actor, request, 'constellation.expense', async (context) => {
      if (request.on > context.today) return [{ kind: 'future', on: request.on }];
      const host = [...(await membersOn(context, request.on)).values()].find(({ role }) => role === 'hub_home');
      if (!host || !(await loadCarer(context.tx, host.carerId))) return [{ kind: 'no_hub_home' }];
      await insertRows(context.tx, 'constellation_expenses', [{ id: newId(), constellation_id: context.constellation.id, carer_id: host.carerId, spent_on: request.on, what: request.what, pence: request.pence, note: request.note, ...recorded(context) }]);
      return undefined;
    });
  }
}
