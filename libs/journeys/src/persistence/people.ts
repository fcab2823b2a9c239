import { insertRows, rows } from '@app/database';
import { newId } from '@app/kernel';
import type { EntityManager } from 'typeorm';

/** One of the one or two people who would foster. A couple may share a telephone number or an address of mail. */
export interface ApplicantDetails {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly preferredContact: 'phone' | 'text' | 'email' | null;
  readonly bestTime: string | null;
}

export interface Applicant extends ApplicantDetails {
  readonly id: string;
  readonly position: 1 | 2;
}

const fullName = ({ firstName, lastName }: ApplicantDetails): string => `${firstName} ${lastName}`.trim();

/** What a household is called on pages: "Sam Ashby", "Sam and Priya Ashby", "Sam Ashby and Priya Shah". */
export function householdName(applicants: readonly ApplicantDetails[]): string {
  const [first, second] = applicants;
  if (!first) return '';
  if (!second) return fullName(first);
  if (first.lastName !== '' && first.lastName === second.lastName && first.firstName !== '' && second.firstName !== '') return `${first.firstName} and ${second.firstName} ${first.lastName}`;
  return `${fullName(first)} and ${fullName(second)}`;
}

/** The applicants of a household, in their order. */
export function applicantsOf(tx: EntityManager, householdId: string): Promise<Applicant[]> {
  return rows<Applicant>(
    tx,
    `SELECT id, position, first_name AS "firstName", last_name AS "lastName", email, phone, preferred_contact AS "preferredContact", best_time AS "bestTime"
       FROM applicants WHERE household_id = $1 ORDER BY position`,
    [householdId],
  );
}

/** An applicant as a row. */
export function applicantRow(householdId: string, position: number, applicant: ApplicantDetails): Readonly<Record<string, unknown>> {
  return {
    id: newId(),
    household_id: householdId,
    position,
    first_name: applicant.firstName,
    last_name: applicant.lastName,
    email: applicant.email,
    phone: applicant.phone,
    preferred_contact: applicant.preferredContact,
    best_time: applicant.bestTime,
  };
}

/** Adds the applicants of a new household. */
export async function insertApplicants(tx: EntityManager, householdId: string, applicants: readonly ApplicantDetails[]): Promise<void> {
  await insertRows(tx, 'applicants', applicants.map((applicant, index) => applicantRow(householdId, index + 1, applicant)));
}
