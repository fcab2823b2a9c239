import type { StaffActor } from '@app/access';
import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { DocumentKind } from '../rules/document-kind';
import { type DocumentAbout, type DocumentCase, type DocumentPart, mayRead, type Scan } from '../rules/who-may-open';

/** The case that documents hang on: who works on it, and what it is called. */
export interface CaseOfDocuments extends DocumentCase {
  readonly journeyId: string;
  readonly reference: string;
  readonly name: string;
  readonly hasAssessment: boolean;
  readonly applicants: readonly { readonly id: string; readonly name: string }[];
}

/** Somebody opened a version. */
export interface Opening {
  readonly name: string;
  readonly number: number;
  readonly at: Date;
}

export interface DocumentVersion {
  readonly id: string;
  readonly number: number;
  readonly storageKey: string;
  readonly fileName: string;
  readonly kind: DocumentKind;
  readonly bytes: number;
  readonly sha256: string;
  readonly scan: Scan;
  readonly signature: string | null;
  readonly addedAt: Date;
  readonly addedByName: string | null;
}

/** What a document hangs on besides the family: a check, a session, a panel, a decision. */
export interface DocumentSubject {
  readonly kind: 'check' | 'session' | 'panel' | 'decision';
  readonly id: string;
}

/** A document with its versions, the newest first. */
export interface ListedDocument {
  readonly id: string;
  readonly part: DocumentPart;
  readonly title: string;
  readonly about: DocumentAbout;
  readonly applicantId: string | null;
  readonly forPanel: boolean;
  readonly subject: DocumentSubject | null;
  readonly addedBy: string;
  readonly versions: readonly DocumentVersion[];
  /** Who saw which version, the latest first; the last fifty. */
  readonly openings: readonly Opening[];
}

/** The case that a reference names; null when there is none, or not for the actor of `tx`. */
export async function caseOfDocuments(tx: EntityManager, by: { readonly reference: string } | { readonly journeyId: string }): Promise<CaseOfDocuments | null> {
  const [column, value] = 'reference' in by ? ['reference', by.reference] : ['id', by.journeyId];
  const [found] = await rows<CaseOfDocuments & { authority: AuthorityCode }>(
    tx,
    `SELECT j.id AS "journeyId", j.reference, h.name, j.authority, j.officer_id AS "officerId", j.social_worker_id AS "socialWorkerId", a.assessor_id AS "assessorId", j.application_on IS NOT NULL AS "hasAssessment",
            coalesce((SELECT json_agg(json_build_object('id', p.id, 'name', trim(p.first_name || ' ' || p.last_name)) ORDER BY p.position) FROM applicants p WHERE p.household_id = h.id), '[]') AS applicants
       FROM journeys j JOIN households h ON h.id = j.household_id LEFT JOIN assessments a ON a.journey_id = j.id WHERE j.${column} = $1`,
    [value],
  );
  return found ?? null;
}

type Row = Omit<ListedDocument, 'versions' | 'openings'>;
type VersionRow = DocumentVersion & { readonly documentId: string };
type OpeningRow = Opening & { readonly documentId: string };

/** The documents of a case that somebody may see, the newest first; one of them when its id is given. Removed ones are not among them. */
export async function documentsOf(tx: EntityManager, actor: StaffActor, ofCase: CaseOfDocuments, only: { readonly documentId?: string; readonly subject?: DocumentSubject } = {}): Promise<ListedDocument[]> {
  const found = await rows<Row>(
    tx,
    `SELECT d.id, d.part, d.title, d.about, d.applicant_id AS "applicantId", d.for_panel AS "forPanel", d.added_by AS "addedBy",
            CASE WHEN d.subject_kind IS NOT NULL THEN json_build_object('kind', d.subject_kind, 'id', d.subject_id) END AS subject
       FROM documents d
      WHERE d.journey_id = $1 AND d.removed_at IS NULL AND ($2::uuid IS NULL OR d.id = $2) AND ($3::uuid IS NULL OR d.subject_id = $3)
      ORDER BY d.added_at DESC, d.id DESC`,
    [ofCase.journeyId, only.documentId ?? null, only.subject?.id ?? null],
  );
  const seen = found.filter((document) => mayRead(actor, document, ofCase));
  const ids = [seen.map(({ id }) => id)];
  const versions = await rows<VersionRow>(
    tx,
    `SELECT v.document_id AS "documentId", v.id, v.number, v.storage_key AS "storageKey", v.file_name AS "fileName", v.kind, v.bytes::float8 AS bytes, v.sha256, v.scan, v.signature, v.added_at AS "addedAt", s.name AS "addedByName"
       FROM document_versions v LEFT JOIN staff s ON v.added_by = 'staff:' || s.id WHERE v.document_id = ANY ($1) ORDER BY v.number DESC`,
    ids,
  );
  const openings = await rows<OpeningRow>(
    tx,
    `SELECT d.id AS "documentId", o.number, o.name, o.at FROM unnest($1::uuid[]) d (id) CROSS JOIN LATERAL (
       SELECT v.number, s.name, o.opened_at AS at, o.id FROM document_openings o JOIN document_versions v ON v.id = o.version_id JOIN staff s ON s.id = o.staff_id WHERE o.document_id = d.id ORDER BY o.id DESC LIMIT 50) o ORDER BY o.id DESC`,
    ids,
  );
  const of = <T extends { readonly documentId: string }>(all: readonly T[], id: string): readonly T[] => all.filter(({ documentId }) => documentId === id);
  return seen.map((document) => ({ ...document, versions: of(versions, document.id), openings: of(openings, document.id) }));
}
