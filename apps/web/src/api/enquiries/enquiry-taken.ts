import { REPORTED_AUTHORITIES } from '@app/authorities';
import type { EnquiryConfirmation } from '@app/enquiries';
import { momentInWords } from '@app/kernel';
import { z } from 'zod';

/** What a website is told about an enquiry that was taken in: nothing of what the person said. */
export const enquiryTakenBody = z
  .strictObject({
    reference: z.string().meta({ description: 'The reference to give to the person, and to quote to the hub.', examples: ['FEM-7K2M-9QXD'] }),
    receivedAt: z.iso.datetime().meta({ description: 'When the enquiry was received, in UTC.' }),
    dueAt: z.iso.datetime().meta({ description: 'By when somebody from the hub answers in person, in UTC.' }),
    dueAtInWords: z.string().meta({ description: 'The same in local time, as words for the person.', examples: ['Thursday 19 November 2026 at 5pm'] }),
    authority: z.enum(REPORTED_AUTHORITIES).meta({ description: 'The council that it is with; unrouted while an officer has still to decide.' }),
  })
  .meta({ id: 'EnquiryTaken', description: 'The enquiry is with the hub. The person gets an acknowledgement when they left an email address.' });

/** The answer for one enquiry. */
export function enquiryTaken({ reference, receivedAt, dueAt, authority }: EnquiryConfirmation): z.output<typeof enquiryTakenBody> {
  return { reference, receivedAt: receivedAt.toISOString(), dueAt: dueAt.toISOString(), dueAtInWords: momentInWords(dueAt), authority };
}
