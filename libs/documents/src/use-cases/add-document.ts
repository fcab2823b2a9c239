import type { Readable } from 'node:stream';
import type { StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { actorName, insertRows, rows, Transactions } from '@app/database';
import { Clock, newId, ok, refused, type Result } from '@app/kernel';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { codeOf, FileStore, FileTooLarge, type ReceivedFile } from '../persistence/file-store';
import { caseOfDocuments, type CaseOfDocuments, documentsOf, type DocumentSubject } from '../queries/documents-of';
import { DOCUMENT_KINDS, type DocumentKind } from '../rules/document-kind';
import { cleanFileName, titleFromName } from '../rules/file-name';
import type { DocumentRefusal } from '../rules/refusals';
import { type DocumentAbout, type DocumentPart, mayAdd, type Scan } from '../rules/who-may-open';
import { ScanDocuments } from './scan-documents';

/** A document as it is to be filed. */
export interface NewDocument {
  /** Left out: the name of the file. */
  readonly title: string | null;
  readonly part: DocumentPart;
  readonly about: DocumentAbout;
  /** The applicant whom it is about, when it is about one. */
  readonly applicantId: string | null;
  /** A paper that the panel reads. */
  readonly forPanel: boolean;
  readonly subject?: DocumentSubject | null;
}

/** A file that is coming in: its name as the sender gave it, and its bytes. */
export interface IncomingFile {
  readonly name: string;
  readonly content: Readable;
}

export interface AddedDocument {
  readonly documentId: string;
  readonly number: number;
  readonly title: string;
  readonly scan: Scan;
}

type TakenFile = ReceivedFile & { readonly kind: DocumentKind };
type Filed = Omit<AddedDocument, 'scan'> & { readonly versionId: string };
type Added = Promise<Result<AddedDocument, DocumentRefusal>>;

/** What is filed: a new document, or one more version of one that is there. */
type Filing = { readonly document: NewDocument } | { readonly documentId: string };

/** What a stream fails with that ended before its time. */
const BROKEN_OFF: readonly (string | null)[] = [null, 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'];
const BYTES_OF_A_MEGABYTE = 1_000_000;

/** Thrown inside the transaction to leave it with nothing done. */
class NotFiled extends Error {
  constructor(readonly refusal: DocumentRefusal) {
    super('not filed');
  }
}

/**
 * Takes a file: streamed to the disk, hashed and measured, judged by its content, put into its place, and only then
 * written into the database. Whatever goes wrong on the way leaves nothing, or a file without a row that the sweep
 * removes. Afterwards it is scanned; without a verdict it stays marked as not scanned.
 */
@Injectable()
export class AddDocument {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly store: FileStore,
    private readonly scan: ScanDocuments,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'documentLimitMegabytes'>,
  ) {}

  /** A new document of a family. */
  run(actor: StaffActor, journeyId: string, document: NewDocument, file: IncomingFile): Added {
    return this.take(actor, journeyId, { document }, file);
  }

  /** One more version of a document; the earlier ones stay. */
  newVersion(actor: StaffActor, journeyId: string, documentId: string, file: IncomingFile): Added {
    return this.take(actor, journeyId, { documentId }, file);
  }

  private async take(actor: StaffActor, journeyId: string, filing: Filing, file: IncomingFile): Added {
    // Asked before the bytes are taken: nobody fills the disk of a case that is not theirs.
    const asked = await this.transactions.read(actor, async (tx) => (await this.placeOf(tx, actor, journeyId, filing)) !== null);
    if (!asked) return refused({ kind: 'not_found' });
    const received = await this.receive(file);
    if (!received.ok) return received;
    const filed = await this.fileInPlace(actor, journeyId, filing, file.name, received.value);
    if (!filed.ok) return filed;
    const { versionId, ...added } = filed.value;
    return ok({ ...added, scan: await this.scan.one(versionId) });
  }

  private async fileInPlace(actor: StaffActor, journeyId: string, filing: Filing, name: string, received: TakenFile): Promise<Result<Filed, DocumentRefusal>> {
    await this.store.keep(received.key);
    try {
      return ok(await this.transactions.run(actor, (tx) => this.file(tx, actor, journeyId, filing, name, received)));
    } catch (error) {
      // Only what was certainly not committed is deleted here; a connection lost while committing leaves it to the sweep to know.
      if (!(error instanceof NotFiled)) throw error;
      await this.store.discard(received.key);
      return refused(error.refusal);
    }
  }

  private async receive({ content }: IncomingFile): Promise<Result<TakenFile, DocumentRefusal>> {
    const limitMegabytes = this.settings.documentLimitMegabytes;
    const received = await this.store.receive(content, limitMegabytes * BYTES_OF_A_MEGABYTE).catch((error: unknown): DocumentRefusal => {
      if (error instanceof FileTooLarge) return { kind: 'too_large', limitMegabytes };
      // The disk's own failures are ours to know of, and carry another code.
      if (BROKEN_OFF.includes(codeOf(error))) return { kind: 'interrupted' };
      throw error;
    });
    if (!('key' in received)) return refused(received);
    const { kind } = received;
    if (isTaken(kind) && received.bytes > 0) return ok({ ...received, kind });
    await this.store.discard(received.key);
    return refused(received.bytes === 0 || isTaken(kind) ? { kind: 'empty' } : { kind: 'not_accepted', looksLike: kind });
  }

  private async placeOf(tx: EntityManager, actor: StaffActor, journeyId: string, filing: Filing): Promise<{ readonly ofCase: CaseOfDocuments; readonly document: NewDocument } | null> {
    const ofCase = await caseOfDocuments(tx, { journeyId });
    if (!ofCase) return null;
    const document = 'document' in filing ? filing.document : (await documentsOf(tx, actor, ofCase, filing))[0];
    if (!document || !mayAdd(actor, document.part, ofCase)) return null;
    if (document.subject?.kind === 'check' && !(await isCheckOf(tx, ofCase.journeyId, document.subject.id))) return null;
    if (document.applicantId !== null && !ofCase.applicants.some(({ id }) => id === document.applicantId)) return null;
    return { ofCase, document };
  }

  private async file(tx: EntityManager, actor: StaffActor, journeyId: string, filing: Filing, name: string, received: TakenFile): Promise<Filed> {
    // Two at once come one after the other, so that neither number nor file comes twice.
    await tx.query('SELECT FROM journeys WHERE id = $1 FOR UPDATE', [journeyId]);
    const place = await this.placeOf(tx, actor, journeyId, filing);
    if (!place) throw new NotFiled({ kind: 'not_found' });
    const { ofCase, document } = place;
    const now = this.clock.now();
    const by = actorName(actor);
    const fileName = cleanFileName(name, received.kind);
    const title = document.title ?? titleFromName(fileName);
    const documentId = 'documentId' in filing ? filing.documentId : newId();
    const versionId = newId();

    const [same] = await rows<{ title: string; number: number }>(
      tx,
      `SELECT d.title, v.number FROM document_versions v JOIN documents d ON d.id = v.document_id WHERE d.journey_id = $1 AND d.removed_at IS NULL AND d.part = $3 AND v.sha256 = $2 LIMIT 1`,
      [journeyId, received.sha256, document.part],
    );
    if (same) throw new NotFiled({ kind: 'same_file', ...same });
    if ('document' in filing) {
      const { part, about, applicantId, forPanel, subject } = filing.document;
      await insertRows(tx, 'documents', [{ id: documentId, journey_id: journeyId, part, title, about, applicant_id: about === 'applicant' ? applicantId : null, for_panel: forPanel && part === 'assessment', subject_kind: subject?.kind ?? null, subject_id: subject?.id ?? null, added_at: now, added_by: by }]);
    }
    const [last] = await rows<{ number: number }>(tx, 'SELECT coalesce(max(number), 0)::int AS number FROM document_versions WHERE document_id = $1', [documentId]);
    const number = (last?.number ?? 0) + 1;
    await insertRows(tx, 'document_versions', [{ id: versionId, document_id: documentId, number, storage_key: received.key, file_name: fileName, kind: received.kind, bytes: received.bytes, sha256: received.sha256, added_at: now, added_by: by }]);
    await tx.query('UPDATE journeys SET last_activity_at = greatest(last_activity_at, $2) WHERE id = $1', [journeyId, now]);
    await recordAudit(tx, actor, now, { action: number === 1 ? 'document.add' : 'document.new_version', subjectKind: 'journey', subjectId: journeyId, authority: ofCase.authority, detail: { documentId, number } });
    return { documentId, versionId, number, title };
  }
}

const isTaken = (kind: ReceivedFile['kind']): kind is DocumentKind => (DOCUMENT_KINDS as readonly string[]).includes(kind);

/** Whether a check is one of the case's, and the actor may see it. */
const isCheckOf = async (tx: EntityManager, journeyId: string, checkId: string): Promise<boolean> => (await rows(tx, 'SELECT FROM checks WHERE id = $1 AND journey_id = $2', [checkId, journeyId])).length > 0;
