import type { Council } from '@app/authorities';
import { daysBetween, type FinancialYear, localDateOf, type OpeningCalendar, startOfLocalDay } from '@app/kernel';
import { type Arrival, arrivalsOf } from './arrivals';
import { atMostBesides, storiesBesides } from './besides';
import { diceOf } from './dice';
import { drawFate, fateOf } from './fate';
import { type JourneyAsked, writeEnquiry, writeJourney } from './journey';
import { makeFamily } from './people';
import { Pen } from './pen';
import { addressOf, type Places } from './places';
import { storyFrom } from './promises';
import { BESIDES, UNUSUAL } from './rates';
import type { Deed, Step, Story } from './story';

/** What the made-up years are written from; the same gives the same stories. */
export interface YearsAsked {
  readonly seed: number;
  /** Enquiries of each year that are to count, in the order of time. */
  readonly years: readonly { readonly year: FinancialYear; readonly enquiries: number }[];
  readonly places: Places;
  readonly calendar: OpeningCalendar;
}

/** Every story of the years, seen through to its end: whoever lives it stops at today. In the order in which they begin. */
export function storiesOf({ seed, years, places, calendar }: YearsAsked): readonly Story[] {
  const arrivals = years.flatMap(({ year, enquiries }) => arrivalsOf(seed, year, enquiries, calendar));
  const returns = comingBack(seed, arrivals);
  const taken = new Set(returns.values());
  const counted = arrivals.flatMap((arrival, number) => (taken.has(number) ? [] : [storyOf({ seed, places, calendar }, number, arrival, returns.has(number) ? (arrivals[returns.get(number) ?? -1] ?? null) : null)]));
  const besides = years.flatMap(({ year, enquiries }, index) => storiesBesides({ seed, places, calendar }, year, enquiries, arrivals.length + index * atMostBesides(enquiries)));
  return [...counted, ...besides].sort((a, b) => beginOf(a) - beginOf(b));
}

const beginOf = (story: Story): number => story.steps[0]?.at.getTime() ?? 0;

/** Which enquiries are those of families that closed some months before and come back: the number of the first to that of the second. */
function comingBack(seed: number, arrivals: readonly Arrival[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  arrivals.forEach(({ at }, second) => {
    const dice = diceOf(seed, 'comes back', second);
    if (!dice.chance(UNUSUAL.comes_back_after_a_close) || pairs.has(second)) return;
    const wait = dice.between(80, 240);
    const first = arrivals.findIndex((earlier, index) => index < second && !pairs.has(index) && ![...pairs.values()].includes(index) && Math.abs(daysBetween(localDateOf(earlier.at), localDateOf(at)) - wait) < 15);
    if (first >= 0) pairs.set(first, second);
  });
  return pairs;
}

function storyOf({ seed, places, calendar }: Pick<YearsAsked, 'seed' | 'places' | 'calendar'>, number: number, arrival: Arrival, later: Arrival | null): Story {
  const dice = diceOf(seed, 'story', number);
  const { livesIn, channel, source } = arrival;
  const { postcode, routed } = addressOf(dice, places, livesIn, dice.chance(UNUSUAL.postcode_unknown));
  const family = makeFamily(dice, { number, livesIn, postcode, around: localDateOf(arrival.at) });
  const neighbour = dice.chance(UNUSUAL.asks_for_neighbour) ? dice.pick(NEIGHBOURS[livesIn]) : null;
  const pen = new Pen(dice, calendar, arrival.at);
  const asked: JourneyAsked = {
    family,
    livesIn: neighbour ?? livesIn,
    postcode,
    routed: routed || neighbour !== null,
    asksFor: neighbour,
    channel,
    source,
    fate: later ? fateOf('enquiry', dice.pick(['applicant/not_now', 'applicant/household_circumstances'] as const)) : drawFate(dice, livesIn, source),
    suspicions: channel === 'web' && dice.chance(UNUSUAL.held_as_spam_by_mistake) ? ['honeypot'] : [],
  };
  writeJourney(pen, asked);
  const steps = later ? [...pen.steps, ...secondJourney(new Pen(dice, calendar, startOfLocalDay(localDateOf(later.at))), asked, later, pen.at)] : withDuplicate(pen, asked);
  return storyFrom(`family-${String(number)}`, dice, calendar, steps);
}

/** The family that closed comes back by telephone, and the officer finds it. */
function secondJourney(pen: Pen, asked: JourneyAsked, later: Arrival, firstEnded: Date): readonly Step[] {
  pen.on(pen.openDay(pen.today));
  if (pen.at < firstEnded) pen.jumpTo(firstEnded).workingDays(2);
  writeJourney(pen, { ...asked, fate: drawFate(pen.dice, asked.livesIn, later.source), channel: 'phone', source: later.source, suspicions: [], household: 'known' });
  return pen.steps;
}

/** Some enquire twice within days, by another name or with the partner's: two journeys until somebody merges them. */
function withDuplicate(pen: Pen, asked: JourneyAsked): readonly Step[] {
  const { dice, steps, calendar } = pen;
  const [enquiry] = steps;
  const last = steps.at(-1);
  if (!enquiry || !last || (asked.suspicions ?? []).length > 0 || !dice.chance(BESIDES.duplicate * 1.15)) return steps;
  const second = new Pen(dice, calendar, enquiry.at).anytime(dice.between(0, 5));
  writeEnquiry(second, { ...asked, channel: 'web', household: 'unnoticed' }, false);
  second.workingMinutes(dice.between(40, 900)).write('officer', { kind: 'merge' });
  const end = steps.find(({ deed }) => ENDS.includes(deed.kind) || (deed.kind === 'stage_1' && deed.outcome === 'refused'));
  return (end ?? last).at > dayAfter(second.at) ? [...steps, ...second.steps] : steps;
}

/** What a journey ends with. */
const ENDS: readonly Deed['kind'][] = ['close', 'approve', 'uphold', 'lapse'];

const dayAfter = (moment: Date): Date => new Date(moment.getTime() + 86_400_000);

const NEIGHBOURS: Readonly<Record<Council, readonly Council[]>> = {
  derby: ['derbyshire'],
  derbyshire: ['derby', 'nottinghamshire'],
  nottingham: ['nottinghamshire'],
  nottinghamshire: ['nottingham', 'derbyshire'],
};
