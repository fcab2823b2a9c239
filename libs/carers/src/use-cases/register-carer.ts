import { decisionsOf, type ApprovalTerms, rulesInForce, termsRefusals } from '@app/assessments';
import { recordAudit } from '@app/audit';
import { isCouncil } from '@app/authorities';
import { actorName, insertRows, rows } from '@app/database';
import { applicantsOf, loadJourney } from '@app/journeys';
import { type LocalDate, newId, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { termsColumns } from '../persistence/carer-record';
import { planReview } from '../persistence/review-record';
import type { CarerBlocker } from '../rules/blockers';
import { actorMay, CarerChanges, type CarerRefusal, recordCarerEvent, type RegisterActor, type RegisterContext } from './carer-changes';

export interface CarerRegistration {
  readonly journeyId: string;
  readonly agreementSignedOn: LocalDate;
  readonly supervisorId: string | null;
  readonly beds: number;
  readonly terms: ApprovalTerms;
}

/** What is wrong with terms at an authority on a day, as blockers. */
export async function termsBlockers({ tx }: Pick<RegisterContext, 'tx'>, authority: string, terms: ApprovalTerms, on: LocalDate): Promise<readonly CarerBlocker[]> {
  const { usualFosteringLimit } = await rulesInForce(tx, authority, on);
  return termsRefusals(terms, usualFosteringLimit).map((refusal) => ({ kind: 'terms', refusal, usualLimit: usualFosteringLimit }));
}

/** Whether somebody is a social worker of the authority now. */
export async function isSocialWorkerOf(tx: EntityManager, staffId: string, authority: string): Promise<boolean> {
  const found = await rows(tx, `SELECT 1 FROM staff_roles r JOIN staff s ON s.id = r.staff_id WHERE r.staff_id = $1 AND r.role IN ('social_worker', 'team_manager') AND r.authority = $2 AND r.revoked_at IS NULL AND s.state = 'active'`, [staffId, authority]);
  return found.length > 0;
}

/** The terms on which the agency decision maker approved, where the actor may open the assessment; null otherwise. */
export async function approvedTerms(tx: EntityManager, journeyId: string): Promise<ApprovalTerms | null> {
  return (await decisionsOf(tx, journeyId)).find(({ terms }) => terms !== null)?.terms ?? null;
}

/** Puts an approved family on the register of its authority: terms from the day of approval, the people, the clock of the first review. */
@Injectable()
export class RegisterCarer {
  constructor(private readonly changes: CarerChanges) {}

  run(actor: RegisterActor, registration: CarerRegistration): Promise<Result<{ readonly id: string; readonly reference: string }, CarerRefusal>> {
    return this.changes.attempt(actor, (context) => registerCarer(context, registration));
  }
}

/** The same inside a transaction. */
export async function registerCarer(context: RegisterContext, registration: CarerRegistration): Promise<{ readonly id: string; readonly reference: string } | readonly CarerBlocker[]> {
  const { tx, actor, now, today, calendars } = context;
  const journey = await loadJourney(tx, registration.journeyId);
  if (!journey || !isCouncil(journey.authority)) return [{ kind: 'not_found' }];
  if (!actorMay(actor, 'carers.work', journey.authority)) return [{ kind: 'not_permitted' }];
  if (journey.approvedOn === null) return [{ kind: 'not_approved' }];
  const [known] = await rows<{ reference: string }>(tx, 'SELECT reference FROM carer_households WHERE journey_id = $1 OR reference = $2', [journey.id, journey.reference]);
  if (known) return [{ kind: 'registered_already', reference: known.reference }];
  if (registration.agreementSignedOn > today) return [{ kind: 'future', on: registration.agreementSignedOn }];
  if (registration.agreementSignedOn < journey.approvedOn) return [{ kind: 'earlier_than', what: 'the approval', on: journey.approvedOn }];
  if (registration.supervisorId !== null && !(await isSocialWorkerOf(tx, registration.supervisorId, journey.authority))) return [{ kind: 'supervisor', why: 'not_there' }];
  const wrong = await termsBlockers(context, journey.authority, registration.terms, journey.approvedOn);
  if (wrong.length > 0) return wrong;
  const [home] = await rows<{ name: string; town: string | null }>(tx, 'SELECT name, town FROM households WHERE id = $1', [journey.householdId]);
  if (!home) return [{ kind: 'not_found' }];
  const id = newId();
  const recorded = { recorded_at: now, recorded_by: actorName(actor) };
  await insertRows(tx, 'carer_households', [
    {
      id,
      reference: journey.reference,
      authority: journey.authority,
      kind: journey.kinship ? 'kinship' : 'foster',
      name: home.name,
      household_id: journey.householdId,
      journey_id: journey.id,
      town: home.town,
      approved_on: journey.approvedOn,
      agreement_signed_on: registration.agreementSignedOn,
      supervisor_id: registration.supervisorId,
      beds: registration.beds,
      demonstration: journey.demonstration,
      registered_at: now,
      registered_by: actorName(actor),
    },
  ]);
  const people = await applicantsOf(tx, journey.householdId);
  await insertRows(tx, 'carer_people', people.map((person, index) => ({ id: newId(), carer_id: id, position: index + 1, name: `${person.firstName} ${person.lastName}`.trim(), email: person.email, phone: person.phone })));
  await insertRows(tx, 'carer_terms', [{ carer_id: id, holds_from: journey.approvedOn, ...termsColumns(registration.terms), reason: 'Approval', ...recorded }]);
  await planReview(tx, calendars, { carerId: id, authority: journey.authority, number: 1, startOn: journey.approvedOn });
  await recordCarerEvent(context, id, { what: 'registered', words: 'Put on the register', on: today });
  await recordAudit(tx, actor, now, { action: 'carer.register', subjectKind: 'carer', subjectId: id, authority: journey.authority, detail: { journey: journey.id } });
  return { id, reference: journey.reference };
}
