import { type Actor, actorName, insertRows, rows } from '@app/database';
import { type LocalDate, localDateOf, newId } from '@app/kernel';
import type { Journey } from '@app/journeys';
import type { EntityManager } from 'typeorm';
import { checklist, type HouseholdToCheck, type PersonOfHousehold } from '../rules/checklist';
import type { Check } from '../rules/checks';
import { checkTypes, rulesInForce } from './rules-in-force';

/** Who lives in the household and what the checklist needs to know of them: applicants first, those who left are gone. */
export async function householdToCheck(tx: EntityManager, journey: Pick<Journey, 'id' | 'householdId'>): Promise<HouseholdToCheck> {
  const people = await rows<PersonOfHousehold>(
    tx,
    `SELECT p.id, p.name, p.role, coalesce(f.born_on, p.born_on) AS "bornOn", f.in_uk_since_on AS "inUkSinceOn", f.employer, f.former_partner AS "formerPartner", f.school,
            f.previous_service AS "previousService", f.previous_service_ended_on AS "previousServiceEndedOn"
       FROM (SELECT id, trim(first_name || ' ' || last_name) AS name, 'applicant' AS role, born_on, position AS place FROM applicants WHERE household_id = $1
             UNION ALL
             SELECT id, name, CASE kind WHEN 'child' THEN 'child' ELSE 'adult' END, born_on, 10 FROM household_members WHERE household_id = $1 AND left_on IS NULL) p
       LEFT JOIN assessed_people f ON f.journey_id = $2 AND f.person_id = p.id
      ORDER BY p.place, p.name`,
    [journey.householdId, journey.id],
  );
  const [home] = await rows<{ pets: string | null }>(tx, 'SELECT pets FROM households WHERE id = $1', [journey.householdId]);
  return { people, pets: home?.pets ?? null };
}

/** The checks of a file, in the order in which they were added. */
export function checksOf(tx: EntityManager, journeyId: string): Promise<(Check & { readonly version: number; readonly thirdParty: string | null; readonly thirdPartyEmail: string | null })[]> {
  return rows(
    tx,
    `SELECT id, type, about, person_id AS "personId", ordinal, requested_on AS "requestedOn", sent_on AS "sentOn", chased_on AS "chasedOn", chases, received_on AS "receivedOn",
            outcome, outcome_on AS "outcomeOn", valid_until AS "validUntil", note, no_longer_needed_on AS "noLongerNeededOn", version, third_party AS "thirdParty", third_party_email AS "thirdPartyEmail"
       FROM checks WHERE journey_id = $1 ORDER BY id`,
    [journeyId],
  );
}

export type CheckStep = 'added' | 'requested' | 'sent' | 'chased' | 'received' | 'decided' | 'no_longer_needed' | 'details_destroyed';

/** Adds a line to a check's history, which takes no change. */
export async function recordCheckStep(tx: EntityManager, actor: Actor, now: Date, check: { readonly id: string; readonly journeyId: string }, step: CheckStep, on: LocalDate, outcome: string | null = null): Promise<void> {
  await insertRows(tx, 'check_history', [{ check_id: check.id, journey_id: check.journeyId, step, happened_on: on, outcome, recorded_at: now, recorded_by: actorName(actor) }]);
}

/**
 * Makes the checks of a file follow who lives in the household today: missing ones are added, those that nobody needs
 * any more are marked so (and kept), ones that are needed again come back. Says whether anything changed.
 */
export async function syncChecklist(tx: EntityManager, actor: Actor, now: Date, journey: Pick<Journey, 'id' | 'householdId' | 'authority'>): Promise<boolean> {
  const today = localDateOf(now);
  const rules = await rulesInForce(tx, journey.authority, today);
  const needed = checklist(await checkTypes(tx, rules, today), await householdToCheck(tx, journey), today, rules);
  const present = await checksOf(tx, journey.id);
  const keyOf = (check: { type: string; personId: string | null; ordinal: number }): string => `${check.type}|${check.personId ?? ''}|${String(check.ordinal)}`;
  const neededKeys = new Set(needed.map(keyOf));
  const byKey = new Map(present.map((check) => [keyOf(check), check]));
  let changed = false;
  for (const check of needed) {
    const known = byKey.get(keyOf(check));
    if (known && known.noLongerNeededOn === null) continue;
    changed = true;
    const id = known?.id ?? newId();
    if (known) await tx.query('UPDATE checks SET no_longer_needed_on = NULL, version = version + 1 WHERE id = $1', [id]);
    else await insertRows(tx, 'checks', [{ id, journey_id: journey.id, type: check.type, about: check.about, person_id: check.personId, ordinal: check.ordinal, added_on: today }]);
    await recordCheckStep(tx, actor, now, { id, journeyId: journey.id }, 'added', today);
  }
  for (const check of present) {
    if (neededKeys.has(keyOf(check)) || check.noLongerNeededOn !== null) continue;
    changed = true;
    await tx.query('UPDATE checks SET no_longer_needed_on = $2, version = version + 1 WHERE id = $1', [check.id, today]);
    await recordCheckStep(tx, actor, now, { id: check.id, journeyId: journey.id }, 'no_longer_needed', today);
  }
  return changed;
}
