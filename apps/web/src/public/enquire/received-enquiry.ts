import type { ReceivedEnquiry, Suspicion } from '@app/enquiries';
import type { Answers } from './answers';
import { sourceNames } from './source/source.form';

/** The answers of the form as an enquiry. How to reach them belongs to the person who filled it in. */
export function receivedEnquiry(answers: Answers, suspicions: readonly Suspicion[], demonstration: boolean): ReceivedEnquiry {
  const { name, contact, postcode, source } = answers;
  const nothing = { email: null, phone: null, preferredContact: null, bestTime: null };
  return {
    channel: 'web',
    source: source.sourceMore ?? (source.source === null ? null : sourceNames[source.source]),
    applicants: [
      { firstName: name.firstName, lastName: name.lastName, ...contact },
      ...(name.partner ? [{ ...name.partner, ...nothing }] : []),
    ],
    postcode: postcode.postcode,
    askedForAuthority: postcode.askedForAuthority,
    spareRoom: answers['spare-room'].spareRoom,
    fostersNow: answers['fostering-now'].fostersNow,
    interests: answers.interests.interests,
    message: answers.message.message,
    marketingConsent: answers.consent.marketingConsent,
    suspicions,
    demonstration,
  };
}
