import { AUTHORITY_CODES, AUTHORITY_NAMES } from '@app/authorities';
import { FOSTERS_NOW_NAMES, INTEREST_NAMES, INTERESTS, type Likeness, type PossibleDuplicates } from '@app/enquiries';
import { CHANNEL_NAMES, STATUS_NAMES } from '@app/journeys';
import { listInWords } from '../../platform/words';
import { shortDateInWords } from '@app/kernel';
import { PREFERRED_CONTACT_NAMES, PREFERRED_CONTACTS } from '../families/forms/people.form';
import { familyPath } from '../paths';
import { STAGE_NAMES } from '../stage-names';
import { FOSTERS_NOW, LOGGED_CHANNELS, NEW_HOUSEHOLD, SPARE_ROOM_NAMES, SPARE_ROOMS } from './log-enquiry.form';

/** The choices of the page, in the order in which a call brings them up. */
export const callChoices = {
  channels: LOGGED_CHANNELS.map((value) => ({ value, text: CHANNEL_NAMES[value] })),
  preferred: [{ value: '', text: 'Not asked' }, ...PREFERRED_CONTACTS.map((value) => ({ value, text: PREFERRED_CONTACT_NAMES[value] }))],
  councils: [{ value: '', text: 'The council where they live' }, ...AUTHORITY_CODES.map((value) => ({ value, text: AUTHORITY_NAMES[value] }))],
  spareRoom: [{ value: '', text: 'Not asked' }, ...SPARE_ROOMS.map((value) => ({ value, text: SPARE_ROOM_NAMES[value] }))],
  fostersNow: [{ value: '', text: 'Not asked' }, ...FOSTERS_NOW.map((value) => ({ value, text: FOSTERS_NOW_NAMES[value] }))],
  interests: INTERESTS.map((value) => ({ value, text: INTEREST_NAMES[value] })),
  spoken: [
    { value: 'yes', text: 'Yes: this counts as our first answer' },
    { value: 'no', text: 'No: somebody has to ring them' },
  ],
};

const LIKENESS_WORDS: Readonly<Record<Likeness, string>> = { email: 'the same email', phone: 'the same telephone', postcode: 'the same postcode', name: 'a similar name' };

/** Households that it may be: those in sight with a link and a choice, of others only that they are known. */
export function shownDuplicates({ known, knownElsewhere }: PossibleDuplicates, chosen: unknown) {
  return {
    known: known.map(({ householdId, name, reference, authority, stage, status, enquiryOn, alike }) => ({
      value: householdId,
      name,
      href: familyPath(reference),
      reference,
      words: `${AUTHORITY_NAMES[authority]}, ${status === 'open' ? STAGE_NAMES[stage].toLowerCase() : STATUS_NAMES[status].toLowerCase()}, enquired ${shortDateInWords(enquiryOn)}`,
      alike: listInWords(alike.map((likeness) => LIKENESS_WORDS[likeness])),
      checked: chosen === householdId,
    })),
    newChosen: chosen === NEW_HOUSEHOLD,
    knownElsewhere,
  };
}
