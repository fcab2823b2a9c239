import type { StaffActor } from '@app/access';
import { AnswerInvitation, ConstellationChanges, InviteFamilies, KeepLife } from '@app/constellations';
import { rows, system } from '@app/database';
import { addDays, isoWeekday, type LocalDate, momentAt, type MovableClock } from '@app/kernel';
import { DeliverEmail } from '@app/notifications';
import { NoMailer } from '../persistence/no-mailer';
import type { TransactionsInOne } from '../persistence/transactions-in-one';
import type { Dice } from '../rules/dice';
import { done } from './life-refused';

const EVENING = 1110;
const NOON = 720;
const SECRET = /\/reply\/([\w-]+)/;

interface Ahead {
  readonly constellationId: string;
  /** The satellite families of today. */
  readonly families: readonly string[];
  readonly today: LocalDate;
  /** Where the links of invitations lead. */
  readonly publicUrl: string;
}

/** What is ahead in a constellation: a meeting with invitations, some answered and some not, an outing, and a sleepover weekend. */
export async function comeTogetherSoon(one: TransactionsInOne, clock: MovableClock, liaison: StaffActor, dice: Dice, { constellationId, families, today, publicUrl }: Ahead): Promise<void> {
  const changes = new ConstellationChanges(one, clock);
  const life = new KeepLife(changes);
  const invite = new InviteFamilies(changes, { publicUrl });
  const answer = new AnswerInvitation(one, clock);
  const meeting = done(await life.plan(liaison, { constellationId, activity: { kind: 'monthly_meeting', title: 'Monthly meeting', startsAt: momentAt(addDays(today, dice.between(5, 12)), EVENING), minutes: 90, place: 'At the hub home' } }));
  done(await life.plan(liaison, { constellationId, activity: { kind: 'social', title: 'Winter walk and cocoa', startsAt: momentAt(addDays(today, dice.between(14, 24)), NOON), minutes: 150, place: 'Meet at the hub home' } }));
  done(await invite.run(liaison, { constellationId, activityId: meeting.id }));
  const mails = await one.run(system('demonstration'), (inner) => rows<{ body: string }>(inner, `SELECT body FROM emails WHERE kind = 'constellation_invitation' AND once_key LIKE $1 ORDER BY once_key`, [`invitation:${meeting.id}:%`]));
  for (const [index, { body }] of mails.entries()) {
    const secret = SECRET.exec(body)?.[1];
    if (secret && index % 3 !== 2) await answer.answer({ kind: 'public', origin: { address: '203.0.113.7', requestId: 'demonstration' } }, secret, dice.weighted({ yes: 6, maybe: 2, no: 1 }), null);
  }
  await new DeliverEmail(one, new NoMailer(), clock).keepForMailbox();
  const saturday = addDays(today, ((6 - isoWeekday(today) + 7) % 7) + 7);
  for (const carerId of families.slice(0, 2)) done(await life.stay(liaison, { constellationId, on: addDays(saturday, -1), carerId, kind: 'sleepover', planned: true, childReference: `CH-${String(dice.between(20_000, 29_999))}`, nights: 2, note: 'A weekend to rest' }));
}
