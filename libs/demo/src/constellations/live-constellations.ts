import type { StaffActor } from '@app/access';
import { AUTHORITY_CODES, type Council } from '@app/authorities';
import { CarerChanges, ImportCarers, KeepCarer } from '@app/carers';
import { ChangeFamilies, ConstellationChanges, KeepLife, lastDayOf, monthsBetween, RunConstellation, WriteMonthlyReport } from '@app/constellations';
import { rows, type Transactions } from '@app/database';
import { addDays, addMonthsClamped, type LocalDate, localDateOf, momentAt, MovableClock } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { TransactionsInOne } from '../persistence/transactions-in-one';
import { CAST } from '../rules/cast';
import { type Dice, diceOf } from '../rules/dice';
import type { Company } from '../use-cases/company';
import { comeTogetherSoon } from './coming-together';
import { earlierCarers, earlierReference } from './earlier-carers';
import { liveAsCarers, RegisterRefused } from './earlier-lives';
import { done, LifeRefused } from './life-refused';

const ACTOR = { kind: 'system', process: 'demonstration' } as const;
const NOON = 720;
const EVENING = 1110;
/** Two years of life, as the demonstration has them. */
export const MONTHS_OF_LIFE = 24;
const CARERS_A_COUNCIL = 40;
/** Households that stay, besides the satellites: the hub home among them. */
const SPARE = 4;
const NAMES: Readonly<Record<Council, { readonly name: string; readonly area: string; readonly satellites: number }>> = {
  derby: { name: 'Willow constellation', area: 'Allestree and Mickleover', satellites: 8 },
  derbyshire: { name: 'Peak constellation', area: 'Matlock and Belper', satellites: 10 },
  nottingham: { name: 'Lace constellation', area: 'Sherwood and Basford', satellites: 5 },
  nottinghamshire: { name: 'Major Oak constellation', area: 'Mansfield and Sutton-in-Ashfield', satellites: 7 },
};
const OUTINGS = ['A walk in the woods', 'Bowling', 'Picnic by the river', 'Baking morning', 'Football in the park', 'A trip to the farm', 'Film night', 'Pumpkin carving'] as const;
const COURSES = ['Talking about feelings', 'Sleep and routines', 'Working with schools', 'Brothers and sisters'] as const;
const REQUESTS = [['sleepover', 'A night’s rest after a hard week'], ['advice', 'How to prepare for a review'], ['practical', 'Help with a lift to school'], ['crisis', 'Somebody to talk to late in the evening']] as const;

/** What the lives of constellations are lived with. */
export interface Living {
  readonly seed: number;
  readonly now: Date;
  /** How many councils at once; each takes a connection. */
  readonly atOnce: number;
  readonly months: number;
  readonly publicUrl: string;
}

/** When and how the constellation of one council begins. */
interface Beginning {
  readonly council: Council;
  readonly dice: Dice;
  readonly began: LocalDate;
  readonly seed: number;
  readonly now: Date;
  readonly publicUrl: string;
}

/**
 * Gives each council the carers that it had before the hub, and one constellation with two years of life, through the use
 * cases that people use; each council in one transaction, so that a load that was cut off begins it again. Answers what
 * the system refused, in words: nothing, unless its rules have changed.
 */
export async function liveConstellations(transactions: Transactions, company: Company, { seed, now, atOnce, months, publicUrl }: Living): Promise<readonly string[]> {
  const refusals: string[] = [];
  const attempt = async (council: Council, work: (tx: EntityManager, beginning: Beginning) => Promise<void>): Promise<void> => {
    const today = localDateOf(now);
    const dice = diceOf(seed, 'constellation', council);
    const beginning = { council, dice, began: addDays(addMonthsClamped(today, -months), dice.between(-10, 20)), seed, now, publicUrl };
    try {
      await transactions.run(ACTOR, (tx) => work(tx, beginning));
    } catch (error) {
      if (!(error instanceof LifeRefused || error instanceof RegisterRefused)) throw error;
      refusals.push(`${NAMES[council].name}: ${error.message}`);
    }
  };
  // One import after the other: they wait for each other anyway.
  for (const council of AUTHORITY_CODES) await attempt(council, takeIn);
  const next = AUTHORITY_CODES.values();
  const lane = async (): Promise<void> => {
    for (const council of next) await attempt(council, (tx, beginning) => liveIn(tx, company.of[council], beginning));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, AUTHORITY_CODES.length) }, lane));
  return refusals;
}

async function liveIn(tx: EntityManager, { teamManager, liaisonWorker: liaison }: Company['of'][Council], { council, dice, began, seed, now, publicUrl }: Beginning): Promise<void> {
  const { name, area, satellites } = NAMES[council];
  if ((await rows(tx, 'SELECT 1 FROM constellations WHERE authority = $1 AND demonstration', [council])).length > 0) return;
  const today = localDateOf(now);
  const clock = new MovableClock(momentAt(began, NOON));
  const one = new TransactionsInOne(tx);
  const members = satellites + SPARE;
  const homes = await rows<{ id: string }>(tx, 'SELECT id FROM carer_households WHERE reference = ANY ($1) ORDER BY reference', [Array.from({ length: members }, (_, index) => earlierReference(council, index + 1))]);
  const [hub, ...families] = homes.map(({ id }) => id);
  if (hub === undefined) throw new LifeRefused('The households before the hub are not there');

  const changes = new ConstellationChanges(one, clock);
  const [run, change, life, report] = [new RunConstellation(changes), new ChangeFamilies(changes), new KeepLife(changes), new WriteMonthlyReport(changes)];
  const { id: constellationId } = done(await run.start(liaison, { authority: council, name, area, liaisonId: liaison.staffId, startedOn: began, hubHomeId: hub }));
  const belongs = new Map<string, LocalDate>([[hub, began]]);
  for (const [index, carerId] of families.slice(0, satellites + 2).entries()) {
    const from = addDays(began, index < 5 ? 14 * index : Math.min(690, 60 * index));
    if (from > today || belongs.size > satellites) break;
    done(await change.join(liaison, { constellationId, carerId, role: 'satellite', from, until: null }));
    belongs.set(carerId, from);
  }
  const gone = await oneLeaves(tx, one, clock, teamManager, families, belongs, today);

  await liveAsCarers(tx, one, teamManager, diceOf(seed, 'lives of carers', council), { council, hubHome: hub, since: began, now });

  for (const month of monthsBetween(began, today)) {
    const on = (day: number): LocalDate | null => { const date = addDays(month, day); return date < began || date > today ? null : date; };
    const there = (date: LocalDate, withHub = false): string[] => [...belongs].filter(([carerId, from]) => (withHub || carerId !== hub) && from <= date && !(carerId === gone.carerId && date >= gone.on)).map(([carerId]) => carerId);
    const meet = async (day: number, kind: 'monthly_meeting' | 'social' | 'training' | 'peer_session', title: string, minutes: number, place: string): Promise<void> => {
      const date = on(day);
      if (date === null) return;
      clock.set(momentAt(date, EVENING + minutes));
      const { id } = done(await life.plan(liaison, { constellationId, activity: { kind, title, startsAt: momentAt(date, kind === 'social' ? NOON : EVENING), minutes, place } }));
      if (momentAt(date, EVENING + minutes) <= now) done(await life.attend(liaison, { constellationId, activityId: id, came: there(date, true).filter((carerId) => carerId === hub || dice.chance(0.75)) }));
    };
    await meet(dice.between(1, 6), 'monthly_meeting', 'Monthly meeting', 90, 'At the hub home');
    await meet(dice.between(8, 14), 'social', dice.pick(OUTINGS), 180, 'Meet at the hub home');
    if (dice.chance(0.5)) await meet(dice.between(15, 26), dice.chance(0.5) ? 'training' : 'peer_session', dice.pick(COURSES), 120, 'Community centre');
    for (let times = dice.between(4, 7); times > 0; times -= 1) {
      const date = on(dice.between(0, 27));
      if (date === null) continue;
      clock.set(momentAt(date, NOON));
      const family = there(date);
      if (family.length === 0) continue;
      const carerId = dice.pick(family);
      if (dice.chance(0.4)) done(await life.stay(liaison, { constellationId, on: date, carerId, kind: dice.chance(0.8) ? 'sleepover' : 'day_care', planned: dice.chance(0.8), childReference: `CH-${String(dice.between(20_000, 29_999))}`, nights: dice.between(1, 3), note: null }));
      else done(await life.contact(liaison, { constellationId, on: date, carerId, way: dice.pick(['phone', 'visit', 'message', 'video'] as const), by: dice.chance(0.7) ? 'hub_home' : 'liaison_worker', minutes: null, note: null }));
      if (times % 3 === 0) {
        const [about, words] = dice.pick(REQUESTS);
        done(await life.ask(liaison, { constellationId, on: date, carerId, about, words }));
        const [asked] = await rows<{ id: string }>(tx, 'SELECT id FROM constellation_requests WHERE constellation_id = $1 AND met IS NULL AND asked_on = $2 LIMIT 1', [constellationId, date]);
        if (asked && (dice.chance(0.9) || date < addDays(today, -45))) done(await life.settle(liaison, { constellationId, requestId: asked.id, on: date, met: dice.weighted({ met: 8, partly: 2, not_met: 1 }), how: 'Talked it through the same day' }));
      }
    }
    const spent = on(dice.between(2, 26));
    if (spent !== null) {
      clock.set(momentAt(spent, NOON));
      done(await life.spend(liaison, { constellationId, on: spent, what: dice.pick(['food', 'activities', 'travel'] as const), pence: dice.between(900, 14_000), note: null }));
    }
    const signedOn = addDays(lastDayOf(month), 4);
    if (signedOn < today) {
      clock.set(momentAt(signedOn, NOON));
      done(await report.save(liaison, { constellationId, month, wentWell: 'Families turned to each other before they turned to us.', wasHard: 'Finding an evening that suits everybody.', nextMonth: 'An outing that the older ones choose.' }));
      done(await report.signForHubHome(liaison, { constellationId, month, name: 'The hub home carer', on: signedOn }));
      done(await report.sign(liaison, { constellationId, month }));
    }
  }
  clock.set(now);
  await comeTogetherSoon(one, clock, liaison, diceOf(seed, 'coming together', council), { constellationId, families: families.filter((carerId) => belongs.has(carerId) && carerId !== gone.carerId), today, publicUrl });
}

/** Puts the households that were approved before the hub on the register, as from the council's own file. */
async function takeIn(tx: EntityManager, { council, began, seed, now }: Beginning): Promise<void> {
  const mistakes: string[] = [];
  const supervisors = CAST.filter(({ role, authority }) => role === 'social_worker' && authority === council).map(({ email }) => email);
  const file = earlierCarers(council, { count: CARERS_A_COUNCIL, staying: NAMES[council].satellites + SPARE, began, today: localDateOf(now), supervisors }, diceOf(seed, 'earlier carers', council));
  const outcome = await new ImportCarers(new TransactionsInOne(tx), new MovableClock(now)).run(ACTOR, { rows: file, dryRun: false, skipInvalid: false, onMistake: (row, { column, what }) => void mistakes.push(`row ${String(row)}, ${column}: ${what}`) });
  if (!outcome.ok) throw new LifeRefused(mistakes.join(' '));
  await tx.query(`UPDATE carer_households SET demonstration = true WHERE authority = $1 AND reference LIKE 'EARLIER-%'`, [council]);
}

/** One family leaves fostering half a year before today, and with that its constellation. */
async function oneLeaves(tx: EntityManager, one: TransactionsInOne, clock: MovableClock, manager: StaffActor, families: readonly string[], belongs: ReadonlyMap<string, LocalDate>, today: LocalDate): Promise<{ readonly carerId: string | null; readonly on: LocalDate }> {
  const on = addMonthsClamped(today, -2);
  const carerId = families[2] ?? null;
  if (carerId === null || !belongs.has(carerId)) return { carerId: null, on };
  clock.set(momentAt(on, NOON));
  const left = await new KeepCarer(new CarerChanges(one, clock)).leave(manager, { carerId, on, by: 'resignation', reason: 'family_circumstances' });
  if (!left.ok) throw new LifeRefused('A family could not leave');
  await tx.query(`UPDATE carer_reviews SET stopped_on = $2 WHERE carer_id = $1 AND held_on IS NULL AND stopped_on IS NULL`, [carerId, on]);
  return { carerId, on };
}
