import { DOCUMENT_PARTS, type NewDocument } from '@app/documents';
import { z } from 'zod';
import { choice, one, optionalLine, requiredLine, ticked } from '../fields';
import { idOrNull } from '../id-or-null';

const ABOUT = /^(family|third_party|applicant:[0-9a-f-]{36})$/;
const CHOOSE_ABOUT = 'Choose whom the document is about';

/** What is asked of a new document besides the file. */
export const documentForm = z
  .object({
    title: optionalLine(200, 'The name'),
    part: choice(DOCUMENT_PARTS, 'Choose where the document belongs'),
    about: z.preprocess(one, z.string().regex(ABOUT, CHOOSE_ABOUT)),
    forPanel: ticked,
    check: z.preprocess(idOrNull, z.string().nullable()),
  })
  .transform(({ title, part, about, forPanel, check }): NewDocument => {
    const [kind = 'family', applicantId = null] = about.split(':');
    return { title, part, about: kind as NewDocument['about'], applicantId, forPanel, subject: check === null ? null : { kind: 'check', id: check } };
  });

export const removalForm = z.object({ why: requiredLine(300, 'Say why it is removed') });
