import { type NotAccepted, notAcceptedInWords } from './document-kind';

/** Why a document was not taken, not opened or not removed. */
export type DocumentRefusal =
  | { readonly kind: 'not_found' }
  | { readonly kind: 'too_large'; readonly limitMegabytes: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'not_accepted'; readonly looksLike: NotAccepted }
  | { readonly kind: 'same_file'; readonly title: string; readonly number: number }
  | { readonly kind: 'unscanned' }
  | { readonly kind: 'infected' };

/** A refusal as a sentence that says what to do. */
export function documentRefusalInWords(refusal: DocumentRefusal): string {
  switch (refusal.kind) {
    case 'not_found':
      return 'This document is not here, or not yours to change';
    case 'too_large':
      return `The file is larger than ${String(refusal.limitMegabytes)} MB. Save it smaller, for example as PDF with smaller pictures, and choose that file`;
    case 'empty':
      return 'The file is empty. Choose another';
    case 'interrupted':
      return 'The file did not arrive whole. Choose it again';
    case 'not_accepted':
      return notAcceptedInWords(refusal.looksLike);
    case 'same_file':
      return `This very file is here already: “${refusal.title}”, version ${String(refusal.number)}`;
    case 'unscanned':
      return 'No scanner has looked at this document yet. Until then only the family’s own officer, social worker and assessor and the council’s team managers can open it';
    case 'infected':
      return 'A virus was found in this document. Nobody can open it';
  }
}
