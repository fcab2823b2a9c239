import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { AUTHORITY_NAMES } from '@app/authorities';
import { recordAudit } from '@app/audit';
import { insertRows, rows, system, Transactions } from '@app/database';
import { Clock, newId, ok, refused, type Result } from '@app/kernel';
import { applicantsOf, type ChangingActor, type JourneyRequest } from '@app/journeys';
import { queueEmail } from '@app/notifications';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { applicantCodeEmail, applicantCommentEmail, applicantLinkEmail } from '../emails/applicant.email';
import { type ApplicantView, applicantView } from '../queries/applicant-view';
import { AssessmentChanges, type AssessmentRefusal } from './assessment-changes';

const MINUTE_MS = 60_000;
const LINK_DAYS = 90;
const CODE_MINUTES = 15;
/** A new code goes out so long after the last at the earliest. */
const CODE_PAUSE_MINUTES = 2;
const WRONG_CODES = 5;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const sameHash = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Sends an applicant the link to their own page. It takes the place of any earlier one. */
@Injectable()
export class InviteApplicant {
  constructor(
    private readonly changes: AssessmentChanges,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  /** Refuses an applicant without a mailbox of their own: what only one of a couple may see must not reach the other. */
  run(actor: ChangingActor, request: JourneyRequest & { readonly applicantId: string }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.applicant_invited', async ({ tx, journey, now }) => {
      const applicants = await applicantsOf(tx, journey.householdId);
      const applicant = applicants.find(({ id }) => id === request.applicantId);
      if (!applicant) return [{ kind: 'not_found' }];
      const email = applicant.email?.toLowerCase() ?? null;
      if (email === null || applicants.some((other) => other.id !== applicant.id && other.email?.toLowerCase() === email)) return [{ kind: 'no_own_mailbox', name: applicant.firstName }];
      const token = randomBytes(32).toString('base64url');
      await tx.query('UPDATE applicant_links SET revoked_at = $3 WHERE journey_id = $1 AND applicant_id = $2 AND revoked_at IS NULL', [journey.id, applicant.id, now]);
      await insertRows(tx, 'applicant_links', [{ token_hash: hashOf(token), journey_id: journey.id, applicant_id: applicant.id, created_at: now, expires_at: new Date(now.getTime() + LINK_DAYS * 24 * 60 * MINUTE_MS) }]);
      const link = `${this.settings.publicUrl}/your-assessment/${token}`;
      await queueEmail(tx, { kind: 'applicant_link', to: email, journeyId: journey.id, ...applicantLinkEmail({ firstName: applicant.firstName, council: AUTHORITY_NAMES[journey.authority], link, reference: journey.reference }), demonstration: journey.demonstration, now });
      return undefined;
    });
  }
}

interface OpenLink {
  readonly journeyId: string;
  readonly applicantId: string;
  readonly codeHash: string | null;
  readonly codeExpiresAt: Date | null;
  readonly wrongCodes: number;
}

/** Why a code was not taken. */
export type CodeRefusal = 'no_such_link' | 'wrong_code' | 'ask_for_another';

/**
 * An applicant's own page, behind a personal link and a code by mail. It is read by the system on the applicant's behalf
 * and shows only what `ApplicantView` names, to whoever holds both.
 */
@Injectable()
export class ApplicantPages {
  private readonly actor = system('applicant page');

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Whether a link works. */
  works(token: string): Promise<boolean> {
    return this.transactions.read(this.actor, async (tx) => (await this.open(tx, token)) !== null);
  }

  /** Mails a new code to the applicant of a link, not more often than every two minutes. False when the link does not work. */
  sendCode(token: string): Promise<boolean> {
    return this.transactions.run(this.actor, async (tx) => {
      const link = await this.open(tx, token, true);
      if (!link) return false;
      const now = this.clock.now();
      const newest = link.codeExpiresAt && link.codeExpiresAt.getTime() - CODE_MINUTES * MINUTE_MS;
      if (newest !== null && now.getTime() - newest < CODE_PAUSE_MINUTES * MINUTE_MS) return true;
      const code = String(randomInt(0, 100_000_000)).padStart(8, '0');
      await tx.query('UPDATE applicant_links SET code_hash = $2, code_expires_at = $3, wrong_codes = 0 WHERE token_hash = $1', [hashOf(token), hashOf(`${token}:${code}`), new Date(now.getTime() + CODE_MINUTES * MINUTE_MS)]);
      const [to] = await rows<{ firstName: string; email: string; demonstration: boolean }>(tx, `SELECT a.first_name AS "firstName", a.email, h.demonstration FROM applicants a JOIN households h ON h.id = a.household_id 
          WHERE a.id = $1 AND a.email IS NOT NULL AND NOT EXISTS (SELECT FROM applicants o WHERE o.household_id = a.household_id AND o.id <> a.id AND lower(o.email) = lower(a.email))`, [link.applicantId]);
      if (to) await queueEmail(tx, { kind: 'applicant_code', to: to.email, journeyId: link.journeyId, ...applicantCodeEmail({ firstName: to.firstName, code, minutes: CODE_MINUTES }), demonstration: to.demonstration, now });
      return true;
    });
  }

  /** Takes a code: it works once, for fifteen minutes, and is void after five wrong tries. */
  takeCode(token: string, typed: string): Promise<Result<undefined, CodeRefusal>> {
    return this.transactions.run(this.actor, async (tx): Promise<Result<undefined, CodeRefusal>> => {
      const link = await this.open(tx, token, true);
      if (!link) return refused('no_such_link');
      const now = this.clock.now();
      if (link.codeHash === null || link.codeExpiresAt === null || link.codeExpiresAt <= now || link.wrongCodes >= WRONG_CODES) return refused('ask_for_another');
      if (!sameHash(link.codeHash, hashOf(`${token}:${typed.replace(/\D/g, '')}`))) {
        await tx.query('UPDATE applicant_links SET wrong_codes = wrong_codes + 1 WHERE token_hash = $1', [hashOf(token)]);
        return refused('wrong_code');
      }
      await tx.query('UPDATE applicant_links SET code_hash = NULL WHERE token_hash = $1', [hashOf(token)]);
      await recordAudit(tx, this.actor, now, { action: 'applicant.sign_in', subjectKind: 'journey', subjectId: link.journeyId, detail: { applicant: link.applicantId } });
      return ok();
    });
  }

  /** The page of a link; ask it only for somebody whose code was taken. Null when the link does not work any more. */
  view(token: string): Promise<ApplicantView | null> {
    return this.transactions.read(this.actor, async (tx) => {
      const link = await this.open(tx, token);
      return link && applicantView(tx, link.journeyId, link.applicantId, this.clock.now());
    });
  }

  /** Keeps what an applicant says to the shared report, and tells their social worker. False when there is nothing to comment on. */
  comment(token: string, body: string): Promise<boolean> {
    return this.transactions.run(this.actor, async (tx) => {
      const link = await this.open(tx, token);
      const now = this.clock.now();
      const view = link && (await applicantView(tx, link.journeyId, link.applicantId, now));
      if (!link || !view?.report || !view.open) return false;
      await insertRows(tx, 'applicant_comments', [{ id: newId(), journey_id: link.journeyId, applicant_id: link.applicantId, body, made_at: now }]);
      await recordAudit(tx, this.actor, now, { action: 'applicant.comment', subjectKind: 'journey', subjectId: link.journeyId, detail: { applicant: link.applicantId } });
      const [worker] = await rows<{ staffId: string; email: string; demonstration: boolean }>(tx, `SELECT s.id AS "staffId", s.email, s.demonstration FROM journeys j JOIN staff s ON s.id = j.social_worker_id WHERE j.id = $1 AND s.state = 'active'`, [link.journeyId]);
      if (worker) await queueEmail(tx, { kind: 'applicant_comment', to: worker.email, staffId: worker.staffId, journeyId: link.journeyId, ...applicantCommentEmail(view.reference), demonstration: worker.demonstration, now });
      return true;
    });
  }

  private async open(tx: EntityManager, token: string, lock = false): Promise<OpenLink | null> {
    const [link] = await rows<OpenLink>(
      tx,
      `SELECT journey_id AS "journeyId", applicant_id AS "applicantId", code_hash AS "codeHash", code_expires_at AS "codeExpiresAt", wrong_codes AS "wrongCodes"
         FROM applicant_links WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2${lock ? ' FOR UPDATE' : ''}`,
      [hashOf(token), this.clock.now()],
    );
    return link ?? null;
  }
}
