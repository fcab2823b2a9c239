import { may, type StaffActor } from '@app/access';
import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { LetterCode } from '../rules/letter-codes';

/** Somebody to whom a letter goes; without an address of mail it can only be posted. */
export interface Recipient {
  readonly name: string;
  readonly email: string | null;
}

/** Somebody to whom a draft can go; of the applicants, which one. */
export interface Addressee extends Recipient {
  readonly applicantId: string | null;
}

/** A letter as it was sent. */
export interface Letter {
  readonly id: string;
  readonly code: LetterCode;
  readonly part: 'journey' | 'assessment';
  /** The one applicant to whom alone it went: the other never sees it. */
  readonly applicantId: string | null;
  readonly recipients: readonly Recipient[];
  readonly way: 'email' | 'post';
  readonly subject: string;
  readonly body: string;
  readonly sentOn: LocalDate;
  readonly recordedAt: Date;
  readonly sentByName: string | null;
}

/** Whether somebody may read the letters of a part of a case. */
export const mayReadLetters = (actor: StaffActor, part: Letter['part'], authority: AuthorityCode): boolean => may(actor, part === 'journey' ? 'journeys.read' : 'assessments.read', authority);

/** The letters of a journey that somebody may read, the latest first; one of them when its id is given. */
export async function lettersOf(tx: EntityManager, actor: StaffActor, journey: { readonly id: string; readonly authority: AuthorityCode }, letterId: string | null = null): Promise<Letter[]> {
  const found = await rows<Letter>(
    tx,
    `SELECT l.id, l.code, l.part, l.applicant_id AS "applicantId", l.recipients, l.way, l.subject, l.body, l.sent_on AS "sentOn", l.recorded_at AS "recordedAt", s.name AS "sentByName"
       FROM letters l LEFT JOIN staff s ON l.recorded_by = 'staff:' || s.id WHERE l.journey_id = $1 AND ($2::uuid IS NULL OR l.id = $2) ORDER BY l.recorded_at DESC, l.id DESC`,
    [journey.id, letterId],
  );
  return found.filter(({ part }) => mayReadLetters(actor, part, journey.authority));
}
