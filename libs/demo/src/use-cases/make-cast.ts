import { randomInt } from 'node:crypto';
import { hashPassword, loadStaffActor, type Role, type StaffActor } from '@app/access';
import { AUTHORITY_CODES, type Council } from '@app/authorities';
import { insertRows, rows, system, type Transactions } from '@app/database';
import { newId } from '@app/kernel';
import { CAST, type CastMember } from '../rules/cast';
import type { Company } from './company';

/** Who can sign in to the demonstration, as kept in `demo-users.json`. */
export interface DemonstrationSignIn {
  readonly role: Role;
  readonly authority: Council | null;
  readonly email: string;
  readonly password: string;
}

const ACTOR = system('demonstration');
const ALPHABET = 'bcdfghjkmnpqrstvwxyz23456789';

/** Sixteen random characters that can be read out, in groups of four: 77 bits. */
const newPassword = (): string => Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')).join('-');

/** A sign-in with a new random password for everybody who has one. */
export const newSignIns = (): readonly DemonstrationSignIn[] => CAST.filter(({ signsIn }) => signsIn).map(({ role, authority, email }) => ({ role, authority, email, password: newPassword() }));

/** Makes the staff of the demonstration who are not there yet, as having worked since a moment, and sets the passwords of the sign-ins. */
export async function makeCast(transactions: Transactions, since: Date, signIns: readonly DemonstrationSignIn[]): Promise<Company> {
  const ids = await transactions.run(ACTOR, async (tx) => {
    for (const { name, email, role, authority } of CAST) {
      const made = await rows<{ id: string }>(
        tx,
        `INSERT INTO staff (id, email, name, state, created_at, demonstration) VALUES ($1, $2, $3, 'active', $4, true) ON CONFLICT (email) WHERE state <> 'left' DO NOTHING RETURNING id`,
        [newId(), email, name, since],
      );
      await insertRows(tx, 'staff_roles', made.map(({ id }) => ({ id: newId(), staff_id: id, role, authority, granted_at: since, granted_by: 'system:demonstration' })));
    }
    const found = await rows<{ id: string; email: string }>(tx, `SELECT id, email FROM staff WHERE demonstration AND state = 'active' AND email = ANY ($1)`, [CAST.map(({ email }) => email)]);
    return new Map(found.map(({ id, email }) => [email, id]));
  });
  await setPasswords(transactions, since, ids, signIns);
  return companyOf(transactions, ids);
}

async function setPasswords(transactions: Transactions, since: Date, ids: ReadonlyMap<string, string>, signIns: readonly DemonstrationSignIn[]): Promise<void> {
  const hashed = await Promise.all(signIns.map(async ({ email, password }) => ({ staffId: ids.get(email), hash: await hashPassword(password) })));
  await transactions.run({ kind: 'gate' }, async (tx) => {
    for (const { staffId, hash } of hashed) {
      if (staffId) await tx.query(`INSERT INTO staff_passwords (staff_id, hash, changed_at) VALUES ($1, $2, $3) ON CONFLICT (staff_id) DO UPDATE SET hash = excluded.hash`, [staffId, hash, since]);
    }
  });
}

async function companyOf(transactions: Transactions, ids: ReadonlyMap<string, string>): Promise<Company> {
  const actors = await transactions.run(ACTOR, async (tx) => {
    const found: { member: CastMember; actor: StaffActor }[] = [];
    for (const [index, member] of CAST.entries()) {
      const actor = await loadStaffActor(tx, ids.get(member.email) ?? newId());
      if (actor) found.push({ member, actor: { ...actor, origin: { address: `192.0.2.${String(10 + index)}`, requestId: 'demonstration' } } });
    }
    return found;
  });
  const those = (role: Role, authority: Council | null): StaffActor[] => actors.filter(({ member }) => member.role === role && member.authority === authority).map(({ actor }) => actor);
  const one = (role: Role, authority: Council | null): StaffActor => {
    const [found] = those(role, authority);
    if (!found) throw new Error(`The demonstration has nobody left who is a ${role.replaceAll('_', ' ')}: begin with an empty database.`);
    return found;
  };
  return {
    hubManager: one('hub_manager', null),
    officers: those('recruitment_officer', null),
    of: Object.fromEntries(AUTHORITY_CODES.map((council) => [council, { teamManager: one('team_manager', council), socialWorkers: those('social_worker', council), panelAdministrator: one('panel_administrator', council), panelMembers: those('panel_member', council), decisionMaker: one('agency_decision_maker', council), liaisonWorker: one('liaison_worker', council) }])) as unknown as Company['of'],
  };
}
