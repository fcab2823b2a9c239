import { covers, may, type StaffActor } from '@app/access';
import type { AuthorityCode } from '@app/authorities';

/** What a document belongs to: the family's page, or the assessment file that only its council opens. */
export const DOCUMENT_PARTS = ['journey', 'assessment'] as const;
export type DocumentPart = (typeof DOCUMENT_PARTS)[number];

/** Whom it is about: all of the family, one applicant in confidence, or somebody who speaks in confidence. */
export type DocumentAbout = 'family' | 'applicant' | 'third_party';

export type Scan = 'unscanned' | 'clean' | 'infected';

/** What decides about a document, besides who asks. */
export interface GuardedDocument {
  readonly part: DocumentPart;
  readonly forPanel: boolean;
  readonly about: DocumentAbout;
  readonly applicantId: string | null;
}

/** The case that a document belongs to. */
export interface DocumentCase {
  readonly authority: AuthorityCode;
  readonly officerId: string | null;
  readonly socialWorkerId: string | null;
  readonly assessorId: string | null;
}

type Asking = Pick<StaffActor, 'staffId' | 'roles'>;

/** Whether somebody sees that a document is there. A panel member sees the panel's papers, of the cases that row-level security shares. */
export function mayRead(actor: Asking, document: GuardedDocument, { authority }: DocumentCase): boolean {
  if (document.forPanel && may(actor, 'panels.attend', authority)) return true;
  return may(actor, document.part === 'journey' ? 'journeys.read' : 'assessments.read', authority);
}

/** Whether somebody may add a document to this part of a case, or a version to one. */
export function mayAdd(actor: Asking, part: DocumentPart, { authority }: Pick<DocumentCase, 'authority'>): boolean {
  return part === 'journey' ? may(actor, 'journeys.work', authority) : may(actor, 'assessments.work', authority) || may(actor, 'panels.manage', authority);
}

/** The case's own team: its officer, social worker and assessor, and the team managers of its council. */
export function isOwnTeam(actor: Asking, { authority, officerId, socialWorkerId, assessorId }: DocumentCase): boolean {
  return [officerId, socialWorkerId, assessorId].includes(actor.staffId) || actor.roles.some((held) => held.role === 'team_manager' && covers(held, authority));
}

/**
 * Why a version cannot be opened by somebody who may see that it is there. Infected: by nobody. Not scanned: by nobody
 * outside the case's own team.
 */
export function openingRefusal(actor: Asking, scan: Scan, ofCase: DocumentCase): 'infected' | 'unscanned' | null {
  if (scan === 'infected') return 'infected';
  return scan === 'unscanned' && !isOwnTeam(actor, ofCase) ? 'unscanned' : null;
}

/** Whether a document must never be shown to an applicant: it is about the other one, or somebody spoke in confidence. */
export function isConfidentialFrom(document: Pick<GuardedDocument, 'about' | 'applicantId'>, applicantId: string): boolean {
  return document.about === 'third_party' || (document.about === 'applicant' && document.applicantId !== applicantId);
}
