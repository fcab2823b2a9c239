import { AUTHORITY_NAMES } from '@app/authorities';
import { parsePhone } from '@app/kernel';
import type { Answers, StepSlug } from '../answers';
import { fosteringNowWords } from '../fostering-now/fostering-now.form';
import { interestWords } from '../interests/interests.form';
import { sourceWords } from '../source/source.form';
import { spareRoomWords } from '../spare-room/spare-room.form';

/** A row of the check-answers page, as the `summary` macro takes it. */
export interface AnswerRow {
  readonly key: string;
  readonly value: string | null;
  readonly changeHref: string;
  readonly changeWhat: string;
}

const preferredWords = { phone: 'Ring me', text: 'Send me a text message', email: 'Send me an email' } as const;

/** Every answer in words, with the way back to its question. An answer that was left open has no value. */
export function answersInWords(answers: Answers): readonly AnswerRow[] {
  const { name, contact, postcode, source, message } = answers;
  const row = (key: string, value: string | null, step: StepSlug, changeWhat: string): AnswerRow => ({ key, value, changeHref: `/enquire/${step}?from=check`, changeWhat });
  const fullName = (person: { readonly firstName: string; readonly lastName: string }): string => `${person.firstName} ${person.lastName}`.trim();
  return [
    row('Your name', fullName(name), 'name', 'your name'),
    row('You would foster with', name.partner ? fullName(name.partner) : 'Nobody else', 'name', 'the person you would foster with'),
    row('Telephone', contact.phone === null ? null : (parsePhone(contact.phone)?.national ?? contact.phone), 'contact', 'your telephone number'),
    row('Email', contact.email, 'contact', 'your email address'),
    row('What suits you best', contact.preferredContact === null ? 'Either is fine' : preferredWords[contact.preferredContact], 'contact', 'what suits you best'),
    row('A good time', contact.bestTime ?? 'Any time', 'contact', 'a good time to reach you'),
    row('Postcode', postcode.postcode, 'postcode', 'your postcode'),
    row('Council', postcode.askedForAuthority === null ? 'The one where you live' : AUTHORITY_NAMES[postcode.askedForAuthority], 'postcode', 'the council'),
    row('Spare bedroom', spareRoomWords[answers['spare-room'].spareRoom], 'spare-room', 'whether you have a spare bedroom'),
    row('Fostering now or before', fosteringNowWords[answers['fostering-now'].fostersNow], 'fostering-now', 'whether you foster'),
    row('What interests you', answers.interests.interests.map((interest) => interestWords[interest]).join(', '), 'interests', 'what interests you'),
    row('How you heard about us', source.sourceMore ?? (source.source === null ? null : sourceWords[source.source]), 'source', 'how you heard about us'),
    row('Anything else', message.message, 'message', 'what else you want to tell us'),
    row('News and invitations', answers.consent.marketingConsent ? 'Yes, please' : 'No', 'consent', 'whether you want news and invitations'),
  ];
}
