import type { Council } from '@app/authorities';
import type { Suspicion } from '@app/enquiries';
import type { Channel } from '@app/journeys';
import { isOpen } from '@app/kernel';
import { type Fate, getsTo } from './fate';
import { answerEnquiry, drawAnswer, told } from './first-contact';
import type { Family } from './people';
import type { Representations } from './panel-and-decision';
import { close, rest, thinkItOver } from './pauses-and-ends';
import type { Pen } from './pen';
import { UNUSUAL } from './rates';
import { type Pace, walkToApproval } from './way-to-approval';
import { AGAIN, ATTEMPTS, FIRST_TALKS, MESSAGES, REOPENINGS, ROUTES } from './words';

/** An enquiry that is to be written. It is received at the present moment of the pen. */
export interface EnquiryAsked {
  readonly family: Pick<Family, 'applicants' | 'home'>;
  readonly postcode: string | null;
  readonly asksFor: Council | null;
  readonly channel: Channel;
  readonly source: string | null;
  readonly message?: string;
  readonly suspicions?: readonly Suspicion[];
  readonly household?: 'new' | 'known' | 'unnoticed';
}

/** An enquiry with all that follows from it. */
export interface JourneyAsked extends EnquiryAsked {
  readonly family: Family;
  /** The council that the family ends up with. */
  readonly livesIn: Council;
  /** Whether the postcode leads to it; otherwise an officer has to route the family by hand. */
  readonly routed: boolean;
  readonly fate: Fate;
  readonly pace?: Pace;
  /** Whom the family turns to when it is determined not to approve it; left out: by chance. */
  readonly turnsTo?: Representations;
}

/** Channels on which somebody of the hub is there when the enquiry comes. */
const IN_PERSON: readonly Channel[] = ['phone', 'event'];

/** Writes a journey from its enquiry to its end. */
export function writeJourney(pen: Pen, asked: JourneyAsked): void {
  const { dice } = pen;
  const { family, fate } = asked;
  const silent = fate.furthest === 'enquiry' && fate.reason === 'no_response';
  const answer = drawAnswer(pen, fate, IN_PERSON.includes(asked.channel) && !silent && dice.chance(0.86));
  const receivedAt = pen.at;
  const shown = writeEnquiry(pen, asked, answer === 'at_once');
  if (asked.suspicions && asked.suspicions.length > 0) pen.workingMinutes(dice.between(60, 500)).write('officer', { kind: 'screen', letIn: true });
  answerEnquiry(pen, family, answer, receivedAt, silent);
  if (!asked.routed && answer !== 'never') pen.workingMinutes(dice.between(10, 200)).write('officer', { kind: 'route', authority: asked.livesIn, reason: dice.pick(ROUTES) });
  if (answer !== 'never' && !silent) findOut(pen, family, shown);
  if (dice.chance(UNUSUAL.enquires_again) && !silent) writeAgain(pen, asked);
  if (getsTo(fate, 'initial_application')) {
    if (dice.chance(UNUSUAL.closed_and_reopened)) closeAndReopen(pen, family);
    thinkItOver(pen, 'officer', dice.around(8, 0.6));
    walkToApproval(pen, asked);
  } else {
    endEarly(pen, family, fate);
  }
}

/** The enquiry itself; answers how many of the applicants it names. */
export function writeEnquiry(pen: Pen, asked: EnquiryAsked, spokenTo: boolean): number {
  const { dice } = pen;
  const { family, channel, source, postcode, asksFor } = asked;
  const named = channel === 'web' ? dice.chance(0.6) : dice.chance(0.3);
  const applicants = named ? family.applicants : [family.applicants[0]];
  const receivedAt = pen.at;
  const typedIn = channel !== 'web';
  // A call is typed in while it goes on; what comes by mail or at an event, when somebody sits at a desk.
  if (typedIn && isOpen(pen.calendar, pen.at)) pen.minutesBeforeClosing(dice.between(4, 14));
  else if (typedIn) pen.workingMinutes(dice.between(10, 120));
  pen.write(typedIn ? 'officer' : 'family', {
    kind: 'enquire',
    channel,
    source,
    applicants,
    postcode,
    asksFor,
    home: { spareRooms: family.home.spareRooms, fostersNow: family.home.fostersNow, interests: family.home.interests },
    message: asked.message ?? (typedIn ? null : dice.pick(MESSAGES)),
    marketingConsent: dice.chance(0.42),
    suspicions: asked.suspicions ?? [],
    spokenTo,
    household: asked.household ?? 'new',
    receivedAt,
  });
  return applicants.length;
}

/** What an officer asks about the home on the telephone, and who else would foster. */
function findOut(pen: Pen, family: Family, shown: number): void {
  if (pen.dice.chance(0.62)) pen.workingMinutes(4).write('officer', { kind: 'home', home: { ...family.home, addressLine1: null, town: null } });
  if (shown < family.applicants.length) pen.workingMinutes(1).write('officer', { kind: 'applicants', applicants: family.applicants });
}

/** The family asks once more while its journey is open. */
function writeAgain(pen: Pen, asked: JourneyAsked): void {
  const { dice } = pen;
  pen.workingMinutes(dice.between(200, 1_500)).write('officer', {
    kind: 'enquire',
    channel: dice.pick(['phone', 'email', 'event'] as const),
    source: asked.source,
    applicants: [asked.family.applicants[0]],
    postcode: null,
    asksFor: null,
    home: { spareRooms: null, fostersNow: null, interests: [] },
    message: dice.pick(AGAIN),
    marketingConsent: false,
    suspicions: [],
    spokenTo: true,
    household: 'known',
    receivedAt: pen.at,
  });
}

function endEarly(pen: Pen, family: Family, fate: Fate): void {
  if (fate.furthest === 'approved') return;
  const { dice } = pen;
  if (fate.reason === 'no_response') {
    const tries = family.applicants[0].phone === null ? 1 : dice.between(1, 3);
    for (let tried = 0; tried < tries; tried += 1) pen.days(dice.between(3, 7)).write('officer', { kind: 'attempt', note: pen.words(ATTEMPTS), next: null });
    pen.days(dice.between(4, 10));
  } else if (fate.by === 'service' && dice.chance(0.55)) {
    pen.workingMinutes(dice.between(5, 60));
  } else {
    if (fate.reason === 'not_now' && dice.chance(UNUSUAL.on_hold * 2)) rest(pen, 'officer');
    thinkItOver(pen, 'officer', dice.around(fate.by === 'service' ? 5 : 13, 0.7));
  }
  close(pen, 'officer', fate);
}

function closeAndReopen(pen: Pen, family: Family): void {
  const { dice } = pen;
  const [first] = family.applicants;
  pen.days(dice.between(9, 20)).write('officer', { kind: 'attempt', note: pen.words(ATTEMPTS), next: null });
  pen.days(dice.between(6, 12));
  close(pen, 'officer', { furthest: 'enquiry', by: 'no_contact', reason: 'no_response' });
  pen.days(dice.between(10, 50)).write('officer', { kind: 'reopen', reason: dice.pick(REOPENINGS) });
  pen.workingMinutes(5).write('officer', { kind: 'talk', how: 'conversation', answers: true, note: told(pen.words(FIRST_TALKS), first.firstName), next: null });
}
