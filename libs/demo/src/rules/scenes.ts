import { AUTHORITY_CODES, type Council } from '@app/authorities';
import type { Milestone } from '@app/journeys';
import { addDays, addMonthsClamped, type LocalDate, localDateOf, momentAt, type OpeningCalendar, subtractWorkingMinutes } from '@app/kernel';
import { spamEnquiry } from './besides';
import { diceOf } from './dice';
import { fateOf } from './fate';
import { answerEnquiry } from './first-contact';
import { type JourneyAsked, writeEnquiry, writeJourney } from './journey';
import { LONG_LAST_NAMES } from './names';
import { type Family, makeFamily } from './people';
import type { Representations } from './panel-and-decision';
import { Pen } from './pen';
import { phoneNumber } from './phones';
import type { Places } from './places';
import { storyFrom } from './promises';
import { type Deed, milestoneOf, type Step, type Story } from './story';
import { applyInitially } from './way-to-approval';
import { ATTEMPTS, CONCERNS, FOLLOW_UPS, HOLDS } from './words';

/** What the scenes are set in. */
export interface Stage {
  readonly seed: number;
  /** They lead up to this moment. */
  readonly now: Date;
  readonly places: Places;
  readonly calendar: OpeningCalendar;
  /** The number of the first family. */
  readonly firstNumber: number;
}

/** What a scene is given: a family, an enquiry to write, and how long ago it was in open days. */
interface Scenery {
  readonly now: Date;
  readonly today: LocalDate;
  readonly asked: JourneyAsked;
  readonly places: Places;
  /** The moment so many open days (of eight hours) ago. */
  readonly ago: (openDays: number) => Date;
  /** A pen at a moment, with the same dice every time. */
  readonly penAt: (moment: Date) => Pen;
}

type Scene = (scenery: Scenery) => readonly Step[];

/** Work that is due around now, so that every page has something to show on whatever day the demonstration is loaded. */
export function scenesOf({ seed, now, places, calendar, firstNumber }: Stage): readonly Story[] {
  return PLAYBILL.map(({ name, scene, livesIn }, index) => {
    const dice = diceOf(seed, 'scene', name);
    const postcode = dice.pick(places.of[livesIn]);
    const family = makeFamily(dice, { number: firstNumber + index, livesIn, postcode, around: localDateOf(now) });
    const scenery: Scenery = {
      now,
      today: localDateOf(now),
      places,
      asked: { family: reachable(family, firstNumber + index, livesIn), livesIn, postcode, routed: true, asksFor: null, channel: 'web', source: dice.pick(['Social media', 'Council', 'Friend or family', 'Internet search']), fate: { furthest: 'approved' } },
      ago: (openDays) => subtractWorkingMinutes(calendar, now, Math.round(openDays * 480)),
      penAt: (moment) => new Pen(diceOf(seed, 'scene', name, 'course'), calendar, moment),
    };
    // Mostly those who can be signed in as look after them.
    return { ...storyFrom(`scene-${name}`, dice, calendar, scene(scenery)), officer: index % 4 === 3 ? 1 : 0, socialWorker: 0 };
  });
}

/** Somebody who can be rung and written to. */
function reachable(family: Family, number: number, livesIn: Council): Family {
  const [first, second] = family.applicants;
  const there = { ...first, phone: phoneNumber(number, livesIn), email: first.email ?? `family${String(number)}@example.org`, preferredContact: 'phone' as const };
  return { ...family, applicants: second ? [there, second] : [there] };
}

/** An enquiry by the form at a moment, and nothing else yet. */
function enquired({ penAt, asked }: Scenery, at: Date, more: Partial<JourneyAsked> = {}): Pen {
  const pen = penAt(at);
  writeEnquiry(pen, { ...asked, ...more }, false);
  return pen;
}

/** The same, answered in time. */
function answered(scenery: Scenery, at: Date, more: Partial<JourneyAsked> = {}): Pen {
  const pen = enquired(scenery, at, more);
  answerEnquiry(pen, more.family ?? scenery.asked.family, 'in_time', at, false);
  return pen;
}

const tried = (pen: Pen, at: Date): Pen => pen.jumpTo(at).write('officer', { kind: 'attempt', note: pen.words(ATTEMPTS), next: null });

const DAY_MS = 86_400_000;
const ROUNDS = 24;
/** From this round on it is enough to be early: weekends and holidays keep some days from being hit. */
const EARLY_IS_ENOUGH = 6;

/** A whole journey that is begun so that what is looked for happens at the target or shortly before it, and ends with it. */
function leadingTo(scenery: Scenery, isIt: (deed: Deed) => boolean, target: Date): readonly Step[] {
  let start = new Date(target.getTime() - 170 * DAY_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const pen = scenery.penAt(start);
    writeJourney(pen, scenery.asked);
    const at = pen.steps.findIndex(({ deed }) => isIt(deed));
    const found = pen.steps[at];
    if (!found) break;
    const daysEarly = Math.floor((target.getTime() - found.at.getTime()) / DAY_MS);
    if (daysEarly === 0 || (daysEarly > 0 && round >= EARLY_IS_ENOUGH)) return pen.steps.slice(0, at + 1);
    start = new Date(start.getTime() + (round < EARLY_IS_ENOUGH ? daysEarly : -1) * DAY_MS);
  }
  throw new RangeError('The scene does not come to what it is for');
}

const reaches = (milestone: Milestone) => (deed: Deed): boolean => milestoneOf(deed) === milestone;
const is = (kind: Deed['kind']) => (deed: Deed): boolean => deed.kind === kind;

/** A family that is not approved, up to something that happens then. */
const notApproved = (s: Scenery, turnsTo: Representations, upTo: Deed['kind'], openDaysAgo: number): readonly Step[] =>
  leadingTo({ ...s, asked: { ...s.asked, fate: fateOf('panel', 'service/not_approved'), turnsTo } }, is(upTo), s.ago(openDaysAgo));

/** A whole journey, slow, that began so many months and days ago. */
function begunMonthsAgo({ penAt, asked, today }: Scenery, months: number, days: number): readonly Step[] {
  const pen = penAt(momentAt(addDays(addMonthsClamped(today, -months), days), 19 * 60 + 20));
  writeJourney(pen, { ...asked, pace: 'slow' });
  return pen.steps;
}

function held(scenery: Scenery, enquiredDaysAgo: number, heldDaysAgo: number, until: LocalDate): readonly Step[] {
  const pen = answered(scenery, scenery.ago(enquiredDaysAgo));
  return pen.jumpTo(scenery.ago(heldDaysAgo)).write('officer', { kind: 'hold', until, reason: pen.dice.pick(HOLDS) }).steps;
}

function applied(scenery: Scenery, daysAgo: number): readonly Step[] {
  const pen = answered(scenery, scenery.ago(daysAgo + 6));
  applyInitially(pen.jumpTo(scenery.ago(daysAgo)), scenery.asked.family);
  return pen.steps;
}

function promised(scenery: Scenery, talkedDaysAgo: number): readonly Step[] {
  const pen = answered(scenery, scenery.ago(talkedDaysAgo + 4)).jumpTo(scenery.ago(talkedDaysAgo));
  return pen.write('officer', { kind: 'talk', how: 'conversation', answers: false, note: pen.words(FOLLOW_UPS), next: pen.openDay(scenery.today) }).steps;
}

/** Somebody enquired twice, the second time a little differently, and nobody has noticed yet. */
function twice(scenery: Scenery, again: (family: Family) => Family): readonly Step[] {
  const pen = answered(scenery, scenery.ago(7)).jumpTo(scenery.ago(2.5));
  pen.write('officer', { kind: 'talk', how: 'conversation', answers: false, note: pen.words(FOLLOW_UPS), next: pen.openDay(addDays(scenery.today, 4)) });
  return [...pen.steps, ...enquired(scenery, scenery.ago(0.8), { family: again(scenery.asked.family), household: 'unnoticed' }).steps];
}

const lead = (family: Family, change: Partial<Family['applicants'][0]>): Family => ({ ...family, applicants: [{ ...family.applicants[0], ...change }] });

const SCENES: Readonly<Record<string, Scene>> = {
  'rung-twice': (s) => {
    const pen = enquired(s, s.ago(3.3));
    pen.workingMinutes(90).write('officer', { kind: 'take' });
    return tried(tried(pen, s.ago(2.4)), s.ago(1.2)).steps;
  },
  'rung-once-and-late': (s) => {
    const pen = enquired(s, s.ago(2.4), { channel: 'email' });
    pen.workingMinutes(45).write('officer', { kind: 'take' });
    return tried(pen, s.ago(1.1)).steps;
  },
  'nobody-took-it': (s) => enquired(s, s.ago(2.7)).steps,
  'due-next-close': (s) => enquired(s, s.ago(0.9)).steps,
  'due-next-close-rung-once': (s) => {
    const pen = enquired(s, s.ago(0.95));
    pen.workingMinutes(40).write('officer', { kind: 'take' });
    return tried(pen, s.ago(0.4)).steps;
  },
  'due-next-close-referral': (s) => enquired(s, s.ago(0.6), { channel: 'referral', source: 'Work or school' }).steps,
  'came-last-night': (s) => enquired(s, new Date(s.now.getTime() - 14 * 3_600_000)).steps,
  'came-three-hours-ago': (s) => enquired(s, new Date(s.now.getTime() - 3 * 3_600_000)).steps,
  'came-just-now': (s) => enquired(s, new Date(s.now.getTime() - 35 * 60_000)).steps,
  'postcode-unknown': (s) => enquired(s, s.ago(0.3), { postcode: s.places.unknown[0] ?? null }).steps,
  'postcode-outside': (s) => answered(s, s.ago(1.6), { postcode: s.places.outside[0] ?? null, message: 'We live just over the border, and both of us work in Derby.' }).steps,
  'postcode-terminated': (s) => answered(s, s.ago(2.2), { postcode: s.places.terminated[0] ?? null }).steps,
  'postcode-missing': (s) => answered(s, s.ago(4.5), { postcode: null, channel: 'email' }).steps,
  'held-spam': (s) => {
    const pen = s.penAt(s.ago(1.8));
    writeEnquiry(pen, spamEnquiry(pen, s.asked), false);
    return pen.steps;
  },
  'held-spam-again': (s) => {
    const pen = s.penAt(s.ago(0.7));
    pen.dice.throw();
    writeEnquiry(pen, spamEnquiry(pen, s.asked), false);
    return pen.steps;
  },
  'held-by-mistake': (s) => enquired(s, s.ago(0.2), { suspicions: ['honeypot'], message: 'I hope this works, my password keeper fills in things by itself.' }).steps,
  'same-people-in-a-hurry': (s) => twice(s, (family) => lead(family, { firstName: family.applicants[0].firstName.toLowerCase(), lastName: family.applicants[0].lastName.toLowerCase(), email: null })),
  'same-people-partner': (s) => twice(s, (family) => lead(family, { firstName: family.applicants[1]?.firstName ?? 'Jo', phone: family.applicants[0].phone, email: null })),
  'back-from-hold-today': (s) => held(s, 44, 22, s.today),
  'back-from-hold-last-week': (s) => held(s, 52, 27, localDateOf(s.ago(2))),
  'on-hold-until-next-week': (s) => held(s, 38, 16, addDays(s.today, 6)),
  'on-hold-for-weeks': (s) => held(s, 30, 9, addDays(s.today, 33)),
  'visit-just-asked': (s) => applied(s, 1.5),
  'call-promised-for-today': (s) => promised(s, 3),
  'call-also-promised-for-today': (s) => promised(s, 4.2),
  'six-months-in-four-days': (s) => begunMonthsAgo(s, 6, 4),
  'six-months-in-two-weeks': (s) => begunMonthsAgo(s, 6, 13),
  'past-six-months': (s) => begunMonthsAgo(s, 6, -19),
  'approved-this-week': (s) => leadingTo(s, reaches('approved'), s.ago(1.5)),
  'approved-lately': (s) => leadingTo(s, reaches('approved'), s.ago(4)),
  'just-determined': (s) => notApproved(s, 'nobody', 'determine', 3),
  'answers-the-service': (s) => notApproved(s, 'service', 'represent', 4),
  'answers-the-review': (s) => notApproved(s, 'irm', 'represent', 4),
  'review-has-answered': (s) => notApproved(s, 'irm', 'review_answer', 2),
  'refused-in-the-end': (s) => notApproved(s, 'service', 'uphold', 1.2),
  'determination-stood': (s) => notApproved(s, 'nobody', 'lapse', 6),
  'stage-1-refused': (s) => leadingTo({ ...s, asked: { ...s.asked, fate: fateOf('application', 'service/stage_1_refused') } }, is('stage_1'), s.ago(5)),
  'safeguarding-concern': (s) => {
    const steps = leadingTo(s, reaches('home_visit'), s.ago(3));
    const pen = s.penAt(s.ago(1));
    pen.write('social_worker', { kind: 'safeguarding', concern: true, note: CONCERNS[0] ?? '' });
    return [...steps, ...pen.steps];
  },
  'very-long-names': (s) => {
    const [one = '', other = ''] = LONG_LAST_NAMES;
    const [first] = s.asked.family.applicants;
    const couple = [{ ...first, firstName: 'Alexandrina-Wilhelmina', lastName: one }, { ...first, firstName: 'Bartholomew Maximilian', lastName: other, email: null }] as const;
    return answered(s, s.ago(3.4), { family: { ...s.asked.family, applicants: couple } }).workingMinutes(4).write('officer', { kind: 'applicants', applicants: couple }).steps;
  },
  'first-name-only': (s) => answered(s, s.ago(5.5), { channel: 'social', source: 'Social media', family: lead(s.asked.family, { lastName: '', email: null }) }).steps,
};

/** What everybody of a council has before them: social workers, who keeps the minutes, who decides. */
const SCENES_OF_EACH_COUNCIL: Readonly<Record<string, Scene>> = {
  'visit-due': (s) => applied(s, 8.6),
  'visit-overdue': (s) => applied(s, 12.5),
  'minutes-to-agree': (s) => leadingTo(s, reaches('panel'), s.ago(1.5)),
  'decision-awaited': (s) => leadingTo(s, is('agree_minutes'), s.ago(2.5)),
};

/** Every scene with the council that it is set in; most are set in one after the other. */
const PLAYBILL: readonly { readonly name: string; readonly scene: Scene; readonly livesIn: Council }[] = [
  ...Object.entries(SCENES).map(([name, scene], index) => ({ name, scene, livesIn: AUTHORITY_CODES[index % AUTHORITY_CODES.length] ?? 'derby' })),
  ...AUTHORITY_CODES.flatMap((livesIn) => Object.entries(SCENES_OF_EACH_COUNCIL).map(([name, scene]) => ({ name: `${name}-${livesIn}`, scene, livesIn }))),
];

/** Whether a scene, by the name of its story, is an enquiry that counts: its year has one other fewer. */
export const isSceneThatCounts = (name: string): boolean => !name.startsWith('scene-held-');
