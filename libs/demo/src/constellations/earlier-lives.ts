import type { StaffActor } from '@app/access';
import { CarerChanges, carerBlockerInWords, type CarerBlocker, type Ethnicity, KeepCarer, TRAINING_PATHWAY } from '@app/carers';
import { rows } from '@app/database';
import { addDays, addMonthsClamped, daysBetween, type LocalDate, localDateOf, momentAt, MovableClock, type Result } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { TransactionsInOne } from '../persistence/transactions-in-one';
import type { Dice } from '../rules/dice';

const NOON = 720;
/** Of households with room, so many take children. */
const TAKES_CHILDREN = 0.8;
/** Of carers, so many tell their ethnicity; made up, like the shares. */
const TELLS = 0.6;
const TOLD: readonly Ethnicity[] = ['white', 'white', 'white', 'white', 'white', 'white', 'asian', 'asian', 'black', 'mixed', 'other'];

/** Something on the register that the system would not let happen. */
export class RegisterRefused extends Error {}

function done(result: Result<unknown, { readonly blockers: readonly CarerBlocker[] }>): void {
  if (!result.ok) throw new RegisterRefused(result.refusal.blockers.map(carerBlockerInWords).join(' '));
}

interface Household {
  readonly id: string;
  readonly approvedOn: LocalDate;
  readonly children: number;
}

/**
 * What the households that were approved before the hub have lived since the constellations began: children who came and
 * went, by reference only, training, and now and then a rest. Those of a hub home keep their beds free.
 */
export async function liveAsCarers(tx: EntityManager, one: TransactionsInOne, manager: StaffActor, dice: Dice, { council, hubHome, since, now }: { readonly council: string; readonly hubHome: string; readonly since: LocalDate; readonly now: Date }): Promise<void> {
  const clock = new MovableClock(now);
  const keep = new KeepCarer(new CarerChanges(one, clock));
  const today = localDateOf(now);
  const homes = await rows<Household>(
    tx,
    `SELECT h.id, h.approved_on AS "approvedOn", t.children FROM carer_households h JOIN carer_terms t ON t.carer_id = h.id WHERE h.authority = $1 AND h.reference LIKE 'EARLIER-%' AND h.left_on IS NULL AND h.id <> $2 ORDER BY h.reference`,
    [council, hubHome],
  );
  const at = async (on: LocalDate, work: (on: LocalDate) => Promise<Result<unknown, { readonly blockers: readonly CarerBlocker[] }>>): Promise<void> => {
    clock.set(on >= today ? now : momentAt(on, NOON));
    done(await work(on));
  };
  for (const { id: personId, carerId } of await rows<{ id: string; carerId: string }>(tx, 'SELECT id, carer_id AS "carerId" FROM carer_people WHERE carer_id = ANY ($1) ORDER BY carer_id, position', [homes.map(({ id }) => id)])) {
    if (dice.chance(TELLS)) await at(addDays(today, -dice.between(10, 200)), () => keep.tellEthnicity(manager, { carerId, personId, ethnicity: dice.pick(TOLD) }));
  }
  for (const [index, { id: carerId, approvedOn, children }] of homes.entries()) {
    for (let place = 0; place < children && dice.chance(TAKES_CHILDREN); place += 1) {
      for (let comes = addDays(since, dice.between(0, 260)); comes < today; ) {
        const childReference = `CH-${String(dice.between(1_000_000, 9_999_999))}`;
        const stays = dice.between(60, 620);
        await at(comes, (on) => keep.place(manager, { carerId, on, childReference }));
        if (addDays(comes, stays) > today) break;
        const [placed] = await rows<{ id: string }>(tx, 'SELECT id FROM carer_placements WHERE carer_id = $1 AND child_reference = $2 AND ended_on IS NULL', [carerId, childReference]);
        await at(addDays(comes, stays), (on) => keep.endPlacement(manager, { carerId, on, placementId: placed?.id ?? '', ending: dice.chance(0.78) ? 'planned' : 'unplanned' }));
        comes = addDays(comes, stays + dice.between(7, 90));
      }
    }
    if (daysBetween(approvedOn, since) < 500) {
      for (const { code, withinMonths } of TRAINING_PATHWAY) {
        const on = addDays(addMonthsClamped(approvedOn, withinMonths), dice.between(-20, 15));
        if (on < today && dice.chance(0.9)) await at(on, (day) => keep.train(manager, { carerId, on: day, step: code }));
      }
    }
    if (index % 13 === 5) await at(addDays(today, -dice.between(5, 40)), (on) => keep.rest(manager, { carerId, on, until: addDays(today, dice.between(10, 60)), reason: 'A rest after a long placement' }));
  }
}
