import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import type { AuthorityCode } from '@app/authorities';
import { insertRows, Transactions } from '@app/database';
import { Clock, newId, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type SavedReport, savedReport } from '../queries/saved-reports';

/** Why a commentary or a signature was not taken. */
export type SignRefusal = 'not_there' | 'signed_already' | 'newer_version' | 'no_commentary' | 'commentary_changed';

/** Keeps an analyst's words about a saved report, until it is signed off; earlier words stay on record. */
@Injectable()
export class WriteCommentary {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  run(actor: StaffActor, { reportId, words }: { readonly reportId: string; readonly words: string }): Promise<Result<undefined, SignRefusal>> {
    return this.transactions.run(actor, async (tx) => {
      const report = await openReport(tx, actor, reportId, 'reports.comment');
      if (!report.ok) return report;
      const now = this.clock.now();
      await insertRows(tx, 'report_commentaries', [{ id: newId(), report_id: reportId, words, written_at: now, written_by: actor.staffId }]);
      await recordAudit(tx, actor, now, { action: 'report.comment', subjectKind: 'report', subjectId: reportId, authority: report.value.authority });
      return ok();
    });
  }
}

/** Signs a saved report off with the commentary that was read. Nothing about it changes afterwards. */
@Injectable()
export class SignReportOff {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  run(actor: StaffActor, { reportId, commentaryId }: { readonly reportId: string; readonly commentaryId: string }): Promise<Result<undefined, SignRefusal>> {
    return this.transactions.run(actor, async (tx) => {
      const report = await openReport(tx, actor, reportId, 'reports.sign');
      if (!report.ok) return report;
      if (report.value.commentary === null) return refused('no_commentary');
      if (report.value.commentary.id !== commentaryId) return refused('commentary_changed');
      const now = this.clock.now();
      await insertRows(tx, 'report_sign_offs', [{ report_id: reportId, commentary_id: commentaryId, signed_at: now, signed_by: actor.staffId }]);
      await recordAudit(tx, actor, now, { action: 'report.sign', subjectKind: 'report', subjectId: reportId, authority: report.value.authority, detail: { version: report.value.version, sha256: report.value.sha256 } });
      return ok();
    });
  }
}

/** The newest version of a report that is not signed yet; one is written about at a time. */
async function openReport(tx: EntityManager, actor: StaffActor, reportId: string, action: 'reports.comment' | 'reports.sign'): Promise<Result<SavedReport, SignRefusal>> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 50))', [reportId]);
  const report = await savedReport(tx, reportId);
  if (report === null || !may(actor, action, report.authority as AuthorityCode | null)) return refused('not_there');
  if (report.signedAt !== null) return refused('signed_already');
  return report.versions[0]?.id === reportId ? ok(report) : refused('newer_version');
}
