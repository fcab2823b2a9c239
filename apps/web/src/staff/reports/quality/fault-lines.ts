import { type Action, may, type StaffActor } from '@app/access';
import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import { FAULT_MEANINGS, type QualityFault, type RecordFault } from '@app/publications';
import { familyFormPath, familyPath } from '../../paths';

/** As many families as a page lists; mending those brings the next. */
export const FAULTS_LISTED = 200;

type Form = (typeof FAULT_MEANINGS)[QualityFault]['mendedBy'] | 'contact';

/** What whoever mends a fault with a form has to be allowed. */
const MENDED_WITH: Readonly<Record<Form, Action>> = { correct: 'journeys.correct', note: 'journeys.work', route: 'journeys.route', merge: 'journeys.merge', people: 'journeys.work', contact: 'journeys.work' };
/** The form for whoever may not use that one: a forgotten answer can be logged as of the day on which it was given. */
const OR_ELSE: Readonly<Partial<Record<QualityFault, Form>>> = { no_first_response: 'contact' };

/** A fault of a family as lists show it, with the way to the form that mends it for whoever may; `back` is where that leads to when it is done. */
export function faultLine(actor: StaffActor, { fault, reference, name, authority, owner, sharedWith }: RecordFault, back: string) {
  const { name: what, mendedBy, mend } = FAULT_MEANINGS[fault];
  const form = [mendedBy, OR_ELSE[fault]].find((one) => one !== undefined && may(actor, MENDED_WITH[one], authority as AuthorityCode));
  return {
    what,
    name,
    reference,
    href: familyPath(reference),
    authority: AUTHORITY_NAMES[authority as AuthorityCode],
    owner: owner ?? 'Nobody yet',
    mend,
    mendHref: form === undefined ? null : familyFormPath(reference, form, back),
    sharedWith: sharedWith.map((other) => ({ reference: other, href: familyPath(other) })),
  };
}
