import { AUTHORITY_CODES } from '@app/authorities';
import { INTERESTS } from '@app/enquiries';
import { z } from 'zod';
import { LONGEST_MESSAGE } from '../../public/enquire/message/message.form';
import { SOURCES } from '../../public/enquire/source/source.form';

/** A text whose content the form's own rules check; the length stands here for the description. */
const text = (maxLength: number, description: string) => z.string().meta({ maxLength, description });

/**
 * An enquiry as a council's website sends it: the answers of the public form, by the same names. This checks the kinds
 * of the values; what the answers have to be is checked by the form's own rules (see `readEnquiry`).
 */
export const enquiryBody = z
  .strictObject({
    firstName: text(100, 'First name of the person who enquires.'),
    lastName: text(100, 'Last name.').nullish(),
    partnerFirstName: text(100, 'First name of the person they would foster with.').nullish(),
    partnerLastName: text(100, 'Last name of the person they would foster with. Only with their first name.').nullish(),
    phone: text(40, 'Telephone number, written in any way. A telephone number or an email address is needed.').nullish(),
    email: text(254, 'Email address. The acknowledgement goes there.').nullish(),
    preferredContact: z.enum(['phone', 'text', 'email']).nullish().meta({ description: 'How they would like to hear from the hub. What it needs has to be given.' }),
    bestTime: text(200, 'When it is best to reach them, in their own words.').nullish(),
    postcode: text(40, 'Full postcode, in any case and spacing; it finds the council. A postcode or a council is needed.').nullish(),
    askedForAuthority: z.enum(AUTHORITY_CODES).nullish().meta({ description: 'The council that they would rather foster with, whatever their postcode.' }),
    spareRoom: z.enum(['yes', 'no', 'not_sure']).meta({ description: 'Whether they have a spare bedroom.' }),
    fostersNow: z.enum(['no', 'council', 'agency', 'before']).meta({ description: 'Whether they foster now, for whom, or have fostered before.' }),
    interests: z.array(z.enum(INTERESTS)).min(1).meta({ description: 'The kinds of fostering that interest them; not_sure is an answer.' }),
    source: z.enum(SOURCES).nullish().meta({ description: 'How they heard of fostering with the councils.' }),
    sourceMore: text(200, 'The same in their own words, with the source “other”.').nullish(),
    message: text(LONGEST_MESSAGE, 'Anything else they want to say or ask.').nullish(),
    marketingConsent: z.boolean().nullish().meta({ description: 'True only when they asked for news and invitations, by a box of its own that was not ticked beforehand.' }),
  })
  .meta({ id: 'Enquiry', description: 'The answers of somebody who thinks about fostering. What is left out or null was not answered.' });

export type EnquiryBody = z.output<typeof enquiryBody>;
