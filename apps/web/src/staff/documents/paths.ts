import { familyPath } from '../paths';

/** The addresses of a family's documents: every link and redirect there is made here. */
export const documentsPath = (reference: string): string => `${familyPath(reference)}/documents`;

/** Adding a document to a check: it belongs to the assessment file, and says of whom the check is. */
export const checkDocumentPath = (reference: string, checkId: string, about: string, title: string): string => `${documentsPath(reference)}?${new URLSearchParams({ check: checkId, about, title }).toString()}#add`;

export const documentVersionsPath = (reference: string, documentId: string): string => `${documentsPath(reference)}/${documentId}/versions`;

export const documentVersionPath = (reference: string, documentId: string, number: number): string => `${documentVersionsPath(reference, documentId)}/${String(number)}`;

export const removeDocumentPath = (reference: string, documentId: string): string => `${documentsPath(reference)}/${documentId}/remove`;
