/** The kinds of document that are taken. */
export const DOCUMENT_KINDS = ['pdf', 'docx', 'png', 'jpeg'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const DOCUMENT_KIND_NAMES: Readonly<Record<DocumentKind, string>> = { pdf: 'PDF', docx: 'Word document', png: 'PNG picture', jpeg: 'JPEG picture' };

/** The media type with which a document of a kind is sent. */
export const MEDIA_TYPES: Readonly<Record<DocumentKind, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  png: 'image/png',
  jpeg: 'image/jpeg',
};

/** What a file looks like that is not taken, where it can be told: for words that help. */
export type NotAccepted = 'heic' | 'old_word' | 'macros' | 'zip' | 'unknown';

/** How many bytes of the beginning `firstLook` wants to see. */
export const FIRST_LOOK_BYTES = 16;

const starts = (head: Uint8Array, signature: readonly number[]): boolean => signature.every((byte, index) => head[index] === byte);
const text = (head: Uint8Array, from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/**
 * What the first bytes of a file say it is, whatever its name says. `zip` may be a Word document: `wordDocument` decides
 * by the names of what is in it.
 */
export function firstLook(head: Uint8Array): Exclude<DocumentKind, 'docx'> | NotAccepted {
  if (text(head, 0, 5) === '%PDF-') return 'pdf';
  if (starts(head, PNG)) return 'png';
  if (starts(head, JPEG)) return 'jpeg';
  if (starts(head, ZIP)) return 'zip';
  if (starts(head, COMPOUND_FILE)) return 'old_word';
  if (text(head, 4, 8) === 'ftyp' && /^(hei[cmsx]|hev[cmx]|mif1|msf1|avif)$/.test(text(head, 8, 12))) return 'heic';
  return 'unknown';
}

/** Whether an archive with these names in it is a Word document without programs (macros) in it. Nothing is unpacked. */
export function wordDocument(names: readonly string[]): 'docx' | 'macros' | 'zip' {
  if (!names.includes('[Content_Types].xml') || !names.includes('word/document.xml')) return 'zip';
  return names.some((name) => /vbaProject\.bin$|\/activeX\//i.test(name)) ? 'macros' : 'docx';
}

/** Why a file of this kind is not taken, and what to do instead. */
export function notAcceptedInWords(looksLike: NotAccepted): string {
  return {
    heic: 'This is a picture in Apple’s own format (HEIC). Save it as JPEG and choose that file',
    old_word: 'This is a document of an old Word or Excel. Save it as PDF or as a Word document (.docx) and choose that file',
    macros: 'This Word document has programs (macros) in it. Save it without them, or as PDF, and choose that file',
    zip: 'This is an archive or a document of another program. Save it as PDF and choose that file',
    unknown: 'Choose a PDF, a Word document (.docx), or a JPEG or PNG picture. What is in the file decides, not its name',
  }[looksLike];
}
