import type { ApprovalTerms, CareKind } from '@app/assessments';
import type { Council } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { HomeKind } from '../rules/home-kinds';
import type { LeaveReason, LeftBy } from '../rules/leaving';

/** A household on the register as it stands. Dates are local (Europe/London). */
export interface Carer {
  readonly id: string;
  readonly reference: string;
  readonly authority: Council;
  readonly kind: HomeKind;
  readonly name: string;
  readonly journeyId: string | null;
  readonly town: string | null;
  readonly approvedOn: LocalDate | null;
  readonly agreementSignedOn: LocalDate | null;
  readonly supervisorId: string | null;
  readonly beds: number;
  readonly heldOn: LocalDate | null;
  readonly holdUntil: LocalDate | null;
  readonly holdReason: string | null;
  /** The day from which the household fosters no longer. */
  readonly leftOn: LocalDate | null;
  readonly leftBy: LeftBy | null;
  readonly leftReason: LeaveReason | null;
  readonly exitInterviewOn: LocalDate | null;
  readonly exitFeedback: string | null;
  readonly version: number;
  readonly demonstration: boolean;
}

const COLUMNS = `id, reference, authority, kind, name, journey_id AS "journeyId", town, approved_on AS "approvedOn", agreement_signed_on AS "agreementSignedOn", supervisor_id AS "supervisorId", beds,
  held_on AS "heldOn", hold_until AS "holdUntil", hold_reason AS "holdReason", left_on AS "leftOn", left_by AS "leftBy", left_reason AS "leftReason", exit_interview_on AS "exitInterviewOn",
  exit_feedback AS "exitFeedback", version, demonstration`;

/** One household that the actor may see, or null. `forChange` locks it until the transaction ends. */
export async function loadCarer(tx: EntityManager, carerId: string, forChange = false): Promise<Carer | null> {
  const [carer] = await rows<Carer>(tx, `SELECT ${COLUMNS} FROM carer_households WHERE id = $1 ${forChange ? 'FOR UPDATE' : ''}`, [carerId]);
  return carer ?? null;
}

/** The household with this reference, or null. */
export async function carerByReference(tx: EntityManager, reference: string): Promise<Carer | null> {
  const [carer] = await rows<Carer>(tx, `SELECT ${COLUMNS} FROM carer_households WHERE reference = $1`, [reference]);
  return carer ?? null;
}

/** Terms with the day from which they hold and why. */
export interface HeldTerms extends ApprovalTerms {
  readonly holdsFrom: LocalDate;
  readonly reason: string;
}

/** Every terms of a household, the newest first. */
export async function termsOf(tx: EntityManager, carerId: string): Promise<readonly HeldTerms[]> {
  return rows<HeldTerms>(
    tx,
    `SELECT children, age_from AS "ageFrom", age_to AS "ageTo", care, named_child AS "namedChild", above_limit AS "aboveLimit", holds_from AS "holdsFrom", reason
       FROM carer_terms WHERE carer_id = $1 ORDER BY holds_from DESC`,
    [carerId],
  );
}

/** Terms as columns of their table. */
export const termsColumns = (terms: ApprovalTerms): Readonly<Record<string, unknown>> => ({
  children: terms.children,
  age_from: terms.ageFrom,
  age_to: terms.ageTo,
  care: [...terms.care] satisfies CareKind[],
  named_child: terms.namedChild,
  above_limit: terms.aboveLimit && JSON.stringify(terms.aboveLimit),
});
