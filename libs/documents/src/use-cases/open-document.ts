import type { Readable } from 'node:stream';
import type { StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { insertRows, Transactions } from '@app/database';
import { Clock, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { FileStore } from '../persistence/file-store';
import { caseOfDocuments, type DocumentVersion, documentsOf } from '../queries/documents-of';
import type { DocumentRefusal } from '../rules/refusals';
import { openingRefusal } from '../rules/who-may-open';

/** A version on its way to somebody. */
export interface OpenedDocument {
  readonly version: DocumentVersion;
  readonly content: Readable;
}

/** Opens a version of a document for somebody who may, and writes down that they saw it. */
@Injectable()
export class OpenDocument {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly store: FileStore,
  ) {}

  async run(actor: StaffActor, asked: { readonly reference: string; readonly documentId: string; readonly number: number }): Promise<Result<OpenedDocument, DocumentRefusal>> {
    const allowed = await this.transactions.run(actor, async (tx): Promise<Result<DocumentVersion, DocumentRefusal>> => {
      const ofCase = await caseOfDocuments(tx, asked);
      const [document] = ofCase ? await documentsOf(tx, actor, ofCase, asked) : [];
      const version = document?.versions.find(({ number }) => number === asked.number);
      if (!ofCase || !document || !version) return refused({ kind: 'not_found' });
      const now = this.clock.now();
      const refusal = openingRefusal(actor, version.scan, ofCase);
      const trail = { subjectKind: 'journey', subjectId: ofCase.journeyId, authority: ofCase.authority, detail: { documentId: document.id, number: version.number } } as const;
      if (refusal) {
        await recordAudit(tx, actor, now, { action: `document.open_refused_${refusal}`, ...trail });
        return refused({ kind: refusal });
      }
      await insertRows(tx, 'document_openings', [{ document_id: document.id, version_id: version.id, staff_id: actor.staffId, opened_at: now }]);
      await recordAudit(tx, actor, now, { action: 'document.open', ...trail });
      return ok(version);
    });
    return allowed.ok ? ok({ version: allowed.value, content: await this.store.open(allowed.value.storageKey, allowed.value.bytes) }) : allowed;
  }
}
