import type { DocumentKind } from './document-kind';

const ENDINGS: Readonly<Record<DocumentKind, readonly string[]>> = { pdf: ['pdf'], docx: ['docx'], png: ['png'], jpeg: ['jpg', 'jpeg'] };
const LONGEST = 120;

/**
 * A name that is safe to show and to save under anywhere: no folders, no control or direction-changing signs, no signs that
 * some system refuses, at most 120 characters, and the ending of what the file really is.
 */
export function cleanFileName(given: string, kind: DocumentKind): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
  const dot = plain.lastIndexOf('.');
  const ending = dot > 0 ? plain.slice(dot + 1).toLowerCase() : '';
  const kept = ENDINGS[kind].includes(ending) ? ending : (ENDINGS[kind][0] ?? kind);
  const stem = (dot > 0 && /^[a-z0-9]{1,5}$/.test(ending) ? plain.slice(0, dot) : plain).replace(/^[.\s]+|[.\s]+$/g, '');
  return `${[...(stem || 'document')].slice(0, LONGEST - kept.length - 1).join('')}.${kept}`;
}

/** A file's name without its ending: what the document is called until somebody says better. */
export const titleFromName = (fileName: string): string => fileName.replace(/\.[^.]+$/, '').replace(/_+/g, ' ').trim();
