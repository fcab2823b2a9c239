import { familyPath } from '../paths';

/** The addresses of letters: every link and redirect there is made here. */
export const lettersPath = (reference: string): string => `${familyPath(reference)}/letters`;
export const letterPath = (reference: string, letterId: string): string => `${lettersPath(reference)}/${letterId}`;

/** A letter to be written; a reminder is of one check. */
export const newLetterPath = (reference: string, code: string, checkId?: string): string => `${lettersPath(reference)}/new/${code}${checkId === undefined ? '' : `?check=${checkId}`}`;

export const letterTemplatesPath = (): string => '/staff/administration/letter-templates';
export const letterTemplatePath = (code: string): string => `${letterTemplatesPath()}/${code}`;
