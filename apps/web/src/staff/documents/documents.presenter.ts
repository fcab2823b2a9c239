import type { StaffActor } from '@app/access';
import { type CaseOfDocuments, DOCUMENT_KIND_NAMES, type DocumentSubject, type DocumentVersion, isOwnTeam, type ListedDocument, mayAdd, mayRemove } from '@app/documents';
import { momentInWords } from '@app/kernel';
import { assessmentPath } from '../paths';
import { documentVersionPath, documentVersionsPath, removeDocumentPath } from './paths';

const KILOBYTE = 1_000;
const MEGABYTE = 1_000_000;

/** A size as people say it: "48 kB", "2.4 MB". */
export const sizeInWords = (bytes: number): string => (bytes < MEGABYTE ? `${String(Math.max(1, Math.round(bytes / KILOBYTE)))} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`);

const SCANS = {
  clean: { text: 'No virus found', tone: 'good' },
  unscanned: { text: 'Not scanned yet', tone: 'wait' },
  infected: { text: 'Virus found', tone: 'alarm' },
} as const;

/** A family's documents as its page lists them. */
export const shownDocuments = (actor: StaffActor, ofCase: CaseOfDocuments, documents: readonly ListedDocument[]) => documents.map((document) => shown(actor, ofCase, document));

function shown(actor: StaffActor, ofCase: CaseOfDocuments, document: ListedDocument) {
  const { reference } = ofCase;
  return {
    id: document.id,
    title: document.title,
    subjectHref: subjectPath(reference, document.subject),
    tags: [
      ...(document.part === 'assessment' ? [{ text: 'Assessment file', tone: 'plain' }] : []),
      ...(document.forPanel ? [{ text: 'Paper for the panel', tone: 'plain' }] : []),
      ...(document.about === 'family' ? [] : [{ text: aboutInWords(ofCase, document), tone: 'private' }]),
    ],
    versions: document.versions.map((version) => shownVersion(actor, ofCase, document, version)),
    openings: document.openings.map(({ name, number, at }) => `${name}, version ${String(number)}, ${momentInWords(at)}`),
    addVersion: mayAdd(actor, document.part, ofCase) ? documentVersionsPath(reference, document.id) : null,
    remove: mayRemove(actor, document, ofCase) ? removeDocumentPath(reference, document.id) : null,
  };
}

/** Where that is on which a document hangs: its check. */
export const subjectPath = (reference: string, subject: DocumentSubject | null | undefined): string | null => (subject?.kind === 'check' ? assessmentPath(reference, `checks/${subject.id}`) : null);

function shownVersion(actor: StaffActor, ofCase: CaseOfDocuments, document: ListedDocument, version: DocumentVersion) {
  const { number, fileName, kind, bytes, scan, addedAt, addedByName } = version;
  const opens = scan === 'clean' || (scan === 'unscanned' && isOwnTeam(actor, ofCase));
  return {
    number,
    fileName,
    href: opens ? documentVersionPath(ofCase.reference, document.id, number) : null,
    what: `${DOCUMENT_KIND_NAMES[kind]}, ${sizeInWords(bytes)}`,
    added: `${momentInWords(addedAt)}, ${addedByName ?? 'the system'}`,
    scan: SCANS[scan],
  };
}

function aboutInWords(ofCase: CaseOfDocuments, { about, applicantId }: ListedDocument): string {
  if (about === 'third_party') return 'Told in confidence';
  const name = ofCase.applicants.find(({ id }) => id === applicantId)?.name;
  return `Confidential to ${name ?? 'one applicant'}`;
}

/** Where a new document can belong, for this person; empty when they may not add any. */
export function partChoices(actor: StaffActor, ofCase: CaseOfDocuments) {
  return [
    ...(ofCase.hasAssessment && mayAdd(actor, 'assessment', ofCase) ? [{ value: 'assessment', text: 'The assessment file', hint: { text: 'Only the family’s council sees it, not the hub’s officers.' } }] : []),
    ...(mayAdd(actor, 'journey', ofCase) ? [{ value: 'journey', text: 'The family’s page', hint: { text: 'Everybody sees it who may see the family.' } }] : []),
  ];
}

export function aboutChoices(ofCase: CaseOfDocuments) {
  return [
    { value: 'family', text: 'The family as a whole' },
    ...(ofCase.applicants.length > 1 ? ofCase.applicants.map(({ id, name }) => ({ value: `applicant:${id}`, text: `${name} alone: never shown to the other applicant` })) : []),
    { value: 'third_party', text: 'What a referee or somebody else told in confidence: never shown to an applicant' },
  ];
}
