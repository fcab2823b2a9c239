import { may, type StaffActor } from '@app/access';
import { FOSTERS_NOW_NAMES, INTEREST_NAMES, type FostersNow, type Interest } from '@app/enquiries';
import { type FamilyPage, furthestMilestone, hasReached, MILESTONE_MEANINGS, MILESTONES, milestonesOf, STATUS_NAMES, type Milestone } from '@app/journeys';
import { dateInWords, momentInWords, shortDateInWords } from '@app/kernel';
import { AUTHORITY_NAMES } from '@app/authorities';
import { listInWords } from '../../platform/words';
import { phoneInWords } from '../in-words';
import { registerPath } from '../carers/paths';
import { assessmentPath, familyFormPath, familyPath } from '../paths';
import { documentsPath } from '../documents/paths';
import { lettersPath } from '../letters/paths';
import { MEMBER_KIND_NAMES } from './forms/members.form';
import { PREFERRED_CONTACT_NAMES } from './forms/people.form';
import { SMOKING_NAMES, TENURE_NAMES } from './forms/home.form';

type Row = { readonly key: string; readonly value: string | null; readonly changeHref?: string; readonly changeWhat?: string };

const named = (names: Readonly<Record<string, string>>, code: string | null): string | null => (code === null ? null : (names[code] ?? code));

/** The milestones as the line shows them: done with their dates, the present one, those to come with what is due. */
export function milestoneLine({ journey, clocks }: FamilyPage) {
  const dates = milestonesOf(journey);
  const furthest = furthestMilestone(MILESTONES.filter((milestone) => dates[milestone]));
  const visit = clocks.find(({ rule, state }) => rule === 'home_visit' && (state === 'running' || state === 'paused'));
  const turnaround = clocks.find(({ rule, state }) => rule === 'turnaround' && (state === 'running' || state === 'paused'));
  const dueOn = (milestone: Milestone) => (milestone === 'home_visit' ? visit : milestone === 'approved' ? turnaround : undefined);
  return MILESTONES.map((milestone) => {
    const on = dates[milestone];
    const due = dueOn(milestone);
    const state = on ? (milestone === furthest && journey.status !== 'approved' ? 'current' : 'done') : hasReached(furthest, milestone) ? 'skipped' : 'ahead';
    return { name: MILESTONE_MEANINGS[milestone].name, state, when: on ? shortDateInWords(on) : due ? `due ${shortDateInWords(due.dueOn)}` : null };
  });
}

/** Everything that this actor can do to the family as it stands, for the list of links. */
export function actionsFor(actor: StaffActor, family: FamilyPage) {
  const { journey } = family;
  const open = journey.status === 'open' || journey.status === 'on_hold';
  const all = [
    { form: 'contact', text: 'Log a call or message', shown: may(actor, 'journeys.work', journey.authority) },
    { form: 'note', text: 'Add a note', shown: may(actor, 'journeys.work', journey.authority) },
    { form: 'move', text: 'Move on', shown: may(actor, 'journeys.work', journey.authority) && journey.status === 'open' },
    { form: 'assign', text: 'Assign', shown: may(actor, 'journeys.assign', journey.authority) && open },
    { form: 'hold', text: 'Put on hold', shown: may(actor, 'journeys.work', journey.authority) && journey.status === 'open' },
    { form: 'resume', text: 'Bring back from hold', shown: may(actor, 'journeys.work', journey.authority) && journey.status === 'on_hold' },
    { form: 'route', text: journey.authority === 'unrouted' ? 'Route to a council' : 'Route to another council', shown: may(actor, 'journeys.route', journey.authority) && open },
    { form: 'close', text: 'Close without approval', shown: may(actor, 'journeys.close', journey.authority) && open },
    { form: 'reopen', text: 'Reopen', shown: may(actor, 'journeys.reopen', journey.authority) && journey.status === 'closed' },
    { form: 'kinship', text: journey.kinship ? 'Take the kinship mark off' : 'Mark as kinship', shown: may(actor, 'journeys.work', journey.authority) },
    { form: 'safeguarding', text: journey.safeguarding ? 'Safeguarding concern resolved' : 'Mark a safeguarding concern', shown: may(actor, 'journeys.work', journey.authority) },
    { form: 'correct', text: 'Correct a date', shown: may(actor, 'journeys.correct', journey.authority) },
    { form: 'merge', text: 'Merge with another journey', shown: may(actor, 'journeys.merge', journey.authority) && journey.mergedInto === null },
  ];
  const assessment = journey.applicationOn !== null && may(actor, 'assessments.read', journey.authority) ? [{ form: 'assessment', text: 'Open the assessment', href: assessmentPath(journey.reference) }] : [];
  const documents = { form: 'documents', text: 'Documents', href: documentsPath(journey.reference) };
  const letters = { form: 'letters', text: 'Letters', href: lettersPath(journey.reference) };
  const register = journey.status === 'approved' && may(actor, 'carers.work', journey.authority) ? [{ form: 'register', text: 'The register of approved carers', href: registerPath(journey.reference) }] : [];
  return [...register, ...assessment, documents, letters, ...all.filter(({ shown }) => shown).map(({ form, text }) => ({ form, text, href: familyFormPath(journey.reference, form) }))];
}

/** Facts as a summary list: what is known in rows, what is not in one line, so that the page stays short. */
export interface Facts {
  readonly rows: readonly Row[];
  readonly unknown: string | null;
}

function factsOf(rows: readonly Row[]): Facts {
  const unknown = rows.filter(({ value }) => value === null).map(({ key }) => key.toLowerCase());
  return { rows: rows.filter(({ value }) => value !== null), unknown: unknown.length === 0 ? null : listInWords(unknown) };
}

/** The applicants, each with what is known of them. */
export function peopleFacts({ applicants, journey }: FamilyPage, canChange: boolean): readonly Facts[] {
  return applicants.map((applicant) => {
    const name = `${applicant.firstName} ${applicant.lastName}`.trim();
    return factsOf([
      { key: 'Name', value: name, ...(canChange ? { changeHref: familyFormPath(journey.reference, 'people'), changeWhat: name } : {}) },
      { key: 'Telephone', value: phoneInWords(applicant.phone) },
      { key: 'Email', value: applicant.email },
      { key: 'Prefers', value: [named(PREFERRED_CONTACT_NAMES, applicant.preferredContact), applicant.bestTime].filter(Boolean).join(', ') || null },
    ]);
  });
}

/** The home and what the family is interested in. */
export function homeFacts({ home, marketingConsentAt, marketingWithdrawnAt }: FamilyPage): Facts {
  const consentedAt = marketingConsentAt !== null && (marketingWithdrawnAt === null || marketingWithdrawnAt < marketingConsentAt) ? marketingConsentAt : null;
  return factsOf([
    { key: 'Address', value: [home.addressLine1, home.addressLine2, home.town, home.postcode].filter(Boolean).join(', ') || null },
    { key: 'Spare rooms', value: home.spareRooms === null ? null : String(home.spareRooms) },
    { key: 'The home is', value: named(TENURE_NAMES, home.tenure) },
    { key: 'Pets', value: home.pets },
    { key: 'Smoking and vaping', value: named(SMOKING_NAMES, home.smoking) },
    { key: 'Fosters now', value: home.fostersNow === null ? null : FOSTERS_NOW_NAMES[home.fostersNow as FostersNow] },
    { key: 'Interested in', value: home.interests.map((interest) => INTEREST_NAMES[interest as Interest]).join(', ') || null },
    { key: 'Languages', value: home.languages.join(', ') || null },
    { key: 'News by email', value: consentedAt ? `Agreed on ${momentInWords(consentedAt)}` : 'Not agreed' },
  ]);
}

export function memberRows({ members }: FamilyPage) {
  return members.map(({ id, name, kind, relationship, bornOn, leftOn }) => ({
    id,
    name,
    words: [MEMBER_KIND_NAMES[kind].toLowerCase(), relationship, bornOn && `born ${shortDateInWords(bornOn)}`].filter(Boolean).join(', '),
    left: leftOn && `moved out ${shortDateInWords(leftOn)}`,
  }));
}

export const otherJourneyRows = ({ otherJourneys }: FamilyPage) =>
  otherJourneys.map(({ reference, status, authority, enquiryOn }) => ({ reference, href: familyPath(reference), words: `${STATUS_NAMES[status]}, enquired ${dateInWords(enquiryOn)}, ${AUTHORITY_NAMES[authority]}` }));
