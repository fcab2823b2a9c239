import { createHash, randomBytes } from 'node:crypto';
import { calendarFile } from '@app/assessments';
import { hubContact } from '@app/authorities';
import type { RegisterActor } from '@app/carers';
import { type Actor, affected, insertRows, rows, Transactions } from '@app/database';
import { Clock, type LocalDate, type Result } from '@app/kernel';
import { queueEmail } from '@app/notifications';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import { cancellationEmail, invitationEmail } from '../emails/invitation.email';
import type { ActivityKind, Reply } from '../rules/names';
import { ConstellationChanges, type ConstellationContext, type ConstellationRefusal, type ConstellationRequest, membersOn } from './constellation-changes';

const SECRET_BYTES = 24;
const DAY_MS = 86_400_000;
/** A link can be looked at for a while after the day; it answers nothing any more then. */
const LINK_LASTS_AFTER_DAYS = 14;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

interface ActivityToTell {
  readonly title: string;
  readonly startsAt: Date;
  readonly on: LocalDate;
  readonly minutes: number;
  readonly place: string;
  readonly cancelled: boolean;
}

async function activityOf({ tx, constellation }: ConstellationContext, activityId: string): Promise<ActivityToTell | null> {
  const [activity] = await rows<ActivityToTell>(tx, `SELECT title, starts_at AS "startsAt", on_date AS "on", minutes, place, cancelled_at IS NOT NULL AS cancelled FROM constellation_activities WHERE id = $1 AND constellation_id = $2`, [activityId, constellation.id]);
  return activity ?? null;
}

/** Invites families to an activity by mail, with the appointment for their calendar and a link of their own for the answer. */
@Injectable()
export class InviteFamilies {
  constructor(
    private readonly changes: ConstellationChanges,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  /** Invites every member of that day with an address, unless they are invited already. */
  run(actor: RegisterActor, request: ConstellationRequest & { readonly activityId: string }): Promise<Result<{ readonly invited: number }, ConstellationRefusal>> {
    return this.changes.change<{ readonly invited: number }>(actor, request, 'constellation.invite', async (context) => {
      const { tx, constellation, now } = context;
      const activity = await activityOf(context, request.activityId);
      if (!activity) return [{ kind: 'not_found' }];
      if (activity.cancelled) return [{ kind: 'cancelled' }];
      if (activity.startsAt <= now) return [{ kind: 'earlier_than', what: 'today', on: context.today }];
      const already = new Set((await rows<{ id: string }>(tx, 'SELECT carer_id AS id FROM constellation_attendance WHERE activity_id = $1 AND invited_at IS NOT NULL', [request.activityId])).map(({ id }) => id));
      const families = [...(await membersOn(context, activity.on)).values()].flatMap(({ carerId, email }) => (email === null || already.has(carerId) ? [] : [{ carerId, email }]));
      if (families.length === 0 && already.size === 0) return [{ kind: 'no_email' }];
      const { email: organiser } = await hubContact(tx, context.today);
      for (const { carerId, email } of families) {
        const secret = randomBytes(SECRET_BYTES).toString('base64url');
        await tx.query(`INSERT INTO constellation_attendance (activity_id, constellation_id, carer_id, invited_at) VALUES ($1, $2, $3, $4) ON CONFLICT (activity_id, carer_id) DO UPDATE SET invited_at = excluded.invited_at`, [request.activityId, constellation.id, carerId, now]);
        await insertRows(tx, 'invitation_links', [{ token_hash: hashOf(secret), activity_id: request.activityId, constellation_id: constellation.id, carer_id: carerId, created_at: now, expires_at: new Date(activity.startsAt.getTime() + LINK_LASTS_AFTER_DAYS * DAY_MS) }]);
        const mail = invitationEmail({ constellation: constellation.name, title: activity.title, startsAt: activity.startsAt, place: activity.place, link: `${this.settings.publicUrl}/reply/${secret}` });
        await queueEmail(tx, { kind: 'constellation_invitation', to: email, ...mail, onceKey: `invitation:${request.activityId}:${carerId}`, demonstration: constellation.demonstration, attachment: appointment(request.activityId, activity, organiser, now), now });
      }
      return { invited: families.length };
    });
  }

  /** An activity does not take place: whoever was invited hears of it, and the calendar takes it out. */
  cancel(actor: RegisterActor, request: ConstellationRequest & { readonly activityId: string }): Promise<Result<unknown, ConstellationRefusal>> {
    return this.changes.change(actor, request, 'constellation.activity_cancel', async (context) => {
      const { tx, constellation, now } = context;
      const activity = await activityOf(context, request.activityId);
      if (!activity) return [{ kind: 'not_found' }];
      if ((await affected(tx, 'UPDATE constellation_activities SET cancelled_at = $2, version = version + 1 WHERE id = $1 AND cancelled_at IS NULL', [request.activityId, now])) !== 1) return [{ kind: 'cancelled' }];
      const invited = new Set((await rows<{ id: string }>(tx, 'SELECT carer_id AS id FROM constellation_attendance WHERE activity_id = $1 AND invited_at IS NOT NULL', [request.activityId])).map(({ id }) => id));
      const { email: organiser } = await hubContact(tx, context.today);
      for (const { carerId, email } of (await membersOn(context, activity.on)).values()) {
        if (email === null || !invited.has(carerId) || activity.startsAt <= now) continue;
        await queueEmail(tx, { kind: 'constellation_cancellation', to: email, ...cancellationEmail({ constellation: constellation.name, title: activity.title, startsAt: activity.startsAt }), onceKey: `cancellation:${request.activityId}:${carerId}`, demonstration: constellation.demonstration, attachment: appointment(request.activityId, { ...activity, cancelled: true }, organiser, now), now });
      }
      return undefined;
    });
  }
}

const appointment = (id: string, { startsAt, minutes, title, place, cancelled }: ActivityToTell, organiser: string, now: Date) => ({
  name: 'appointment.ics',
  type: `text/calendar; charset=utf-8; method=${cancelled ? 'CANCEL' : 'PUBLISH'}`,
  content: calendarFile({ id, startsAt, minutes, subject: title, place, cancelled, organiser }, now),
});

/** An invitation as the family sees it behind its link. */
export interface Invitation {
  readonly family: string;
  readonly title: string;
  readonly kind: ActivityKind;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly place: string;
  readonly cancelled: boolean;
  readonly reply: Reply | null;
  readonly replyNote: string | null;
  readonly constellation: string;
}

/** Answers to invitations, by the secret of a link: whoever has it sees this one invitation, and nothing else. */
@Injectable()
export class AnswerInvitation {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The invitation of a link, or null when there is none or it is too old. */
  async read(actor: Actor, secret: string): Promise<Invitation | null> {
    const [found] = await this.transactions.read(actor, (tx) => rows<Invitation>(tx, `SELECT family, title, kind, starts_at AS "startsAt", minutes, place, cancelled, reply, reply_note AS "replyNote", constellation FROM invitation_by_link($1, $2)`, [hashOf(secret), this.clock.now()]));
    return found ?? null;
  }

  /** Takes the answer; the last one counts. False when the activity has begun, was cancelled, or the link answers nothing. */
  async answer(actor: Actor, secret: string, reply: Reply, note: string | null): Promise<boolean> {
    const [taken] = await this.transactions.run(actor, (tx) => rows<{ taken: boolean }>(tx, 'SELECT answer_invitation($1, $2, $3, $4) AS taken', [hashOf(secret), reply, note, this.clock.now()]));
    return taken?.taken ?? false;
  }
}
