import { momentInWords } from '@app/kernel';
import type { EnquiryConfirmation } from '../rules/enquiry';

/** The mail that goes out when an enquiry has come in: reference, by when somebody rings, how to change one's mind. Plain text. */
export function acknowledgementEmail(confirmation: EnquiryConfirmation, firstName: string, hub: { readonly phone: string; readonly email: string; readonly hours: string }): { readonly subject: string; readonly body: string } {
  return {
    subject: `Thank you for asking about fostering (${confirmation.reference})`,
    body: `Hello${firstName === '' ? '' : ` ${firstName}`},

Thank you for getting in touch with Foster for East Midlands, the fostering hub of Derby, Derbyshire, Nottingham and Nottinghamshire councils.

Your reference is ${confirmation.reference}.

What happens next
We will be in touch by ${momentInWords(confirmation.dueAt)}, at the latest. Our number is ${hub.phone}, so you will know that it is us. There is nothing that you need to prepare. It helps to have your diary at hand, and any questions that you want to ask.

If you change your mind, or cannot talk then
Ring us on ${hub.phone} (${hub.hours}) or write to ${hub.email}, and give your reference. You do not have to say why.

If you are worried about a child
Do not wait for our call. In an emergency ring 999. Otherwise tell your council's children's services: our website says how.

Foster for East Midlands
`,
  };
}
