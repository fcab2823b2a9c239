import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { actorName, Transactions } from '@app/database';
import { Clock, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { FileStore } from '../persistence/file-store';
import { caseOfDocuments, documentsOf } from '../queries/documents-of';
import type { DocumentRefusal } from '../rules/refusals';
import { mayAdd } from '../rules/who-may-open';

/**
 * Removes a document that does not belong here, such as another family's: the files of all its versions are destroyed,
 * that it was here and why it went stays. For whoever added it, and for those who may correct the history.
 */
@Injectable()
export class RemoveDocument {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly store: FileStore,
  ) {}

  async run(actor: StaffActor, asked: { readonly reference: string; readonly documentId: string; readonly why: string }): Promise<Result<undefined, DocumentRefusal>> {
    const keys = await this.transactions.run(actor, async (tx): Promise<readonly string[] | null> => {
      const ofCase = await caseOfDocuments(tx, asked);
      const [document] = ofCase ? await documentsOf(tx, actor, ofCase, asked) : [];
      if (!ofCase || !document || !mayRemove(actor, document, ofCase)) return null;
      const now = this.clock.now();
      await tx.query('UPDATE documents SET removed_at = $2, removed_by = $3, removed_why = $4 WHERE id = $1', [document.id, now, actorName(actor), asked.why]);
      await recordAudit(tx, actor, now, { action: 'document.remove', subjectKind: 'journey', subjectId: ofCase.journeyId, authority: ofCase.authority, detail: { documentId: document.id, versions: document.versions.length } });
      return document.versions.map(({ storageKey }) => storageKey);
    });
    if (keys === null) return refused({ kind: 'not_found' });
    // Should this be cut short, the sweep does the rest.
    for (const key of keys) await this.store.discard(key);
    return ok();
  }
}

/** Whether somebody may remove a document: who added it and may still add there, or who may correct the case's history. */
export function mayRemove(actor: StaffActor, document: { readonly part: 'journey' | 'assessment'; readonly addedBy: string }, ofCase: { readonly authority: Parameters<typeof mayAdd>[2]['authority'] }): boolean {
  return mayAdd(actor, document.part, ofCase) && (document.addedBy === actorName(actor) || may(actor, 'journeys.correct', ofCase.authority));
}
