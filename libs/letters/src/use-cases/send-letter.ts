import type { StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { DecideStage1, MakeDecision, RecordCheck } from '@app/assessments';
import { actorName, insertRows, rows, Transactions } from '@app/database';
import { applicantsOf, journeyByReference, type Journey } from '@app/journeys';
import { Clock, type LocalDate, localDateOf, newId, ok, parseEmail, refused, type Result } from '@app/kernel';
import { queueEmail } from '@app/notifications';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { maySend } from '../queries/draft-letter';
import type { Addressee, Recipient } from '../queries/letters-of';
import { DECISIONS_TOLD, LETTERS, type LetterCode } from '../rules/letter-codes';
import { openPlaces, type Wording } from '../rules/wording';

/** A letter as somebody read it through and sends it. */
export interface LetterToSend extends Wording {
  readonly reference: string;
  readonly code: LetterCode;
  readonly templateId: string;
  readonly recipients: readonly Addressee[];
  readonly way: 'email' | 'post';
  /** Made with the form: the same form sent twice is one letter. */
  readonly sentKey: string;
  /** The check that a reminder is about. */
  readonly checkId: string | null;
}

export type LetterRefusal =
  | { readonly kind: 'not_found' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'no_email'; readonly name: string }
  | { readonly kind: 'open_places'; readonly places: readonly string[] };

/** A refusal as a sentence that says what to do. */
export function letterRefusalInWords(refusal: LetterRefusal): string {
  switch (refusal.kind) {
    case 'not_found':
      return 'This letter cannot be sent by you, or not for this family';
    case 'nobody':
      return 'Choose at least one person to whom it goes';
    case 'no_email':
      return `${refusal.name} has no email address. Post the letter, or add the address first`;
    case 'open_places':
      return `Something is still to be filled in: ${refusal.places.map((place) => `{{${place}}}`).join(', ')}. Write what belongs there`;
  }
}

/** What was sent, and whether the sending was noted in the assessment with it. */
export interface SentLetter {
  readonly letterId: string;
  readonly noted: boolean;
}

interface KeptLetter {
  readonly letterId: string;
  readonly sentOn: LocalDate;
  /** False when the same form came twice. */
  readonly isNew: boolean;
}

/**
 * Sends a letter by email, or notes that it was posted, and keeps it word for word. Sending a letter of the outcome of
 * stage 1, or of a decision, is what its clock waits for, and a reminder chases its check: it is noted there too. A letter
 * to one of several applicants is theirs alone.
 */
@Injectable()
export class SendLetter {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly stage1: DecideStage1,
    private readonly decision: MakeDecision,
    private readonly checks: RecordCheck,
  ) {}

  async run(actor: StaffActor, letter: LetterToSend): Promise<Result<SentLetter, LetterRefusal>> {
    const refusal = refusalOf(letter);
    if (refusal) return refused(refusal);
    const sent = await this.transactions.run(actor, async (tx) => {
      const journey = await journeyByReference(tx, letter.reference);
      if (!journey || !maySend(actor, letter.code, journey)) return null;
      return { journey, ...(await this.keep(tx, actor, journey, letter)) };
    });
    if (!sent) return refused({ kind: 'not_found' });
    return ok({ letterId: sent.letterId, noted: await this.note(actor, sent.journey.id, letter, sent) });
  }

  private async keep(tx: EntityManager, actor: StaffActor, journey: Journey, letter: LetterToSend): Promise<KeptLetter> {
    await tx.query('SELECT FROM journeys WHERE id = $1 FOR UPDATE', [journey.id]);
    const [same] = await rows<{ letterId: string; sentOn: LocalDate }>(tx, 'SELECT id AS "letterId", sent_on AS "sentOn" FROM letters WHERE sent_key = $1', [letter.sentKey]);
    if (same) return { ...same, isNew: false };
    const now = this.clock.now();
    const { part, to } = LETTERS[letter.code];
    const kept = { letterId: newId(), sentOn: localDateOf(now), isNew: true };
    const applicantId = await onlyApplicant(tx, journey, letter.recipients);
    await insertRows(tx, 'letters', [
      {
        id: kept.letterId,
        journey_id: journey.id,
        part,
        code: letter.code,
        template_id: letter.templateId,
        about: to === 'third_party' ? 'third_party' : applicantId === null ? 'family' : 'applicant',
        applicant_id: applicantId,
        recipients: JSON.stringify(letter.recipients.map(({ name, email }): Recipient => ({ name, email }))),
        way: letter.way,
        subject: letter.subject,
        body: letter.body,
        subject_kind: letter.checkId === null ? null : 'check',
        subject_id: letter.checkId,
        sent_on: kept.sentOn,
        sent_key: letter.sentKey,
        recorded_at: now,
        recorded_by: actorName(actor),
      },
    ]);
    if (letter.way === 'email') {
      for (const { email } of letter.recipients) {
        if (email !== null) await queueEmail(tx, { kind: `letter_${letter.code}`, to: email, subject: letter.subject, body: letter.body, journeyId: journey.id, demonstration: journey.demonstration, now });
      }
    }
    await tx.query('UPDATE journeys SET last_activity_at = greatest(last_activity_at, $2) WHERE id = $1', [journey.id, now]);
    await recordAudit(tx, actor, now, { action: `letter.${letter.way === 'email' ? 'send' : 'post'}`, subjectKind: 'journey', subjectId: journey.id, authority: journey.authority, detail: { letterId: kept.letterId, code: letter.code } });
    return kept;
  }

  private async note(actor: StaffActor, journeyId: string, { code, checkId }: LetterToSend, { sentOn: on, isNew }: KeptLetter): Promise<boolean> {
    switch (code) {
      case 'chaser':
        return !isNew || (checkId !== null && (await this.checks.chase(actor, { journeyId, checkId, on })).ok);
      case 'stage_1_go_on':
      case 'stage_1_refused':
        return (await this.stage1.letterSent(actor, { journeyId, on })).ok;
      case 'approval':
      case 'qualifying_determination':
      case 'final_not_approved':
        return (await this.decision.told(actor, { journeyId, on, how: 'in_writing', of: DECISIONS_TOLD[code] ?? [] })).ok;
      default:
        return true;
    }
  }
}

/** The one of several applicants to whom alone a letter goes; null when it is not for one of them alone. */
async function onlyApplicant(tx: EntityManager, { householdId }: Journey, recipients: readonly Addressee[]): Promise<string | null> {
  const [first, ...others] = recipients;
  if (!first?.applicantId || others.length > 0) return null;
  return (await applicantsOf(tx, householdId)).length > 1 ? first.applicantId : null;
}

/** What is wrong with a letter as it stands, whoever sends it. */
export function refusalOf({ subject, body, recipients, way }: Pick<LetterToSend, 'subject' | 'body' | 'recipients' | 'way'>): LetterRefusal | null {
  const places = openPlaces({ subject, body });
  if (places.length > 0) return { kind: 'open_places', places };
  if (recipients.length === 0) return { kind: 'nobody' };
  const without = recipients.find(({ email }) => email === null || parseEmail(email) === null);
  return way === 'email' && without ? { kind: 'no_email', name: without.name } : null;
}
