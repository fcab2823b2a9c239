import type { LetterCode } from '@app/letters';
import { familyPath } from '../paths';

/** The addresses of letters: every link and redirect there is made here. */
export const lettersPath = (reference: string): string => `${familyPath(reference)}/letters`;
export const letterPath = (reference: string, letterId: string): string => `${lettersPath(reference)}/${letterId}`;

/** A letter to be written; a reminder is of one `check`, a letter `to` one applicant is theirs alone. */
export function newLetterPath(reference: string, code: LetterCode, about: { readonly check?: string; readonly to?: string } = {}): string {
  const query = new URLSearchParams(Object.entries(about)).toString();
  return `${lettersPath(reference)}/new/${code}${query === '' ? '' : `?${query}`}`;
}

export const letterTemplatesPath = (): string => '/staff/administration/letter-templates';
export const letterTemplatePath = (code: string): string => `${letterTemplatesPath()}/${code}`;
