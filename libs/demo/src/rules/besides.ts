import { type FinancialYear, localDateOf, type OpeningCalendar } from '@app/kernel';
import { type Arrival, arrivalsOf } from './arrivals';
import { diceOf } from './dice';
import { type EnquiryAsked, writeEnquiry } from './journey';
import { makeFamily } from './people';
import { Pen } from './pen';
import type { Places } from './places';
import { storyFrom } from './promises';
import { BESIDES } from './rates';
import type { Story } from './story';
import { KINSHIP, KINSHIP_ENDS, MISDIRECTED, SPAM } from './words';

interface World {
  readonly seed: number;
  readonly places: Places;
  readonly calendar: OpeningCalendar;
}

type Kind = 'misdirected' | 'kinship' | 'spam';
const RATES: Readonly<Record<Kind, number>> = { misdirected: BESIDES.not_an_enquiry, kinship: BESIDES.kinship, spam: BESIDES.spam };

/** What comes in beside the enquiries that count: what is none, families for a particular child, spam. Families are numbered from `first` on. */
export function storiesBesides(world: World, year: FinancialYear, enquiries: number, first: number): readonly Story[] {
  const coming = (Object.keys(RATES) as Kind[]).flatMap((kind, place) => arrivalsOf(world.seed + 1 + place, year, Math.round(enquiries * RATES[kind]), world.calendar).map((arrival) => ({ kind, arrival })));
  return coming.map(({ kind, arrival }, index) => storyOf(world, kind, `${kind}-${year.from}-${String(index)}`, first + index, arrival));
}

/** More than come in beside so many enquiries: whoever numbers families leaves this many out. */
export const atMostBesides = (enquiries: number): number => Math.ceil(enquiries * Object.values(RATES).reduce((sum, rate) => sum + rate, 0)) + 3;

function storyOf({ seed, places, calendar }: World, kind: Kind, name: string, number: number, arrival: Arrival): Story {
  const dice = diceOf(seed, name);
  const pen = new Pen(dice, calendar, arrival.at);
  const postcode = dice.pick(places.of[arrival.livesIn]);
  const family = makeFamily(dice, { number, livesIn: arrival.livesIn, postcode, around: localDateOf(arrival.at) });
  const enquiry: EnquiryAsked = { family, postcode, asksFor: null, channel: 'web', source: arrival.source };
  if (kind === 'spam') return spamStory(pen, enquiry, name);
  writeEnquiry(pen, enquiry, false);
  pen.workingMinutes(dice.between(20, 300)).write('officer', { kind: 'take' });
  if (kind === 'kinship') pen.workingMinutes(15).write('officer', { kind: 'talk', how: 'conversation', answers: true, note: 'They ask about a child whom they know.', next: null });
  if (kind === 'kinship' && dice.chance(0.4)) pen.workingMinutes(3).write('officer', { kind: 'kinship', reason: dice.pick(KINSHIP) }).workingDays(dice.between(1, 6));
  pen.workingMinutes(dice.between(4, 120));
  pen.write('officer', { kind: 'close', on: pen.today, by: 'service', ...(kind === 'kinship' ? { reason: 'kinship', note: dice.pick(KINSHIP_ENDS) } : { reason: 'not_an_enquiry', note: dice.pick(MISDIRECTED) }) });
  return storyFrom(name, dice, calendar, pen.steps);
}

/** Held aside as it comes in, and kept out by an officer. */
function spamStory(pen: Pen, enquiry: EnquiryAsked, name: string): Story {
  writeEnquiry(pen, spamEnquiry(pen, enquiry), false);
  pen.workingMinutes(pen.dice.between(30, 700)).write('officer', { kind: 'screen', letIn: false });
  return storyFrom(name, pen.dice, pen.calendar, pen.steps);
}

/** An enquiry as a machine fills it in. */
export function spamEnquiry({ dice }: Pen, enquiry: EnquiryAsked): EnquiryAsked {
  const sender = { firstName: dice.pick(['Best', 'Mr', 'Admin']), lastName: dice.pick(['Offer', 'Manager', 'Deals']), email: `offers${String(dice.between(1, 999))}@example.org`, phone: null, preferredContact: null, bestTime: null };
  return { ...enquiry, family: { ...enquiry.family, applicants: [sender] }, source: null, message: dice.pick(SPAM), suspicions: ['honeypot', 'links_in_message'] };
}
