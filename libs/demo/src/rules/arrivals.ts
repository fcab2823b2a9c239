import { isCouncil, type Council } from '@app/authorities';
import type { Channel } from '@app/journeys';
import { addDays, isOpen, isoWeekday, type LocalDate, momentAt, type OpeningCalendar } from '@app/kernel';
import { type Dice, diceOf } from './dice';
import { CHANNEL_WEIGHTS, COUNCIL_WEIGHTS, MONTH_WEIGHTS, SOURCES, type Source } from './rates';

/** An enquiry that will come: when, from where and how. */
export interface Arrival {
  readonly at: Date;
  readonly livesIn: Council;
  readonly channel: Channel;
  readonly source: Source;
}

/** Days of the week, Monday first: fewer people enquire at weekends. */
const WEEKDAY_WEIGHTS: readonly number[] = [1.15, 1.1, 1.1, 1.05, 0.95, 0.75, 0.9];

/** Channels on which somebody of the hub has to be there. */
const IN_HOURS: readonly Channel[] = ['phone', 'referral', 'other'];

/**
 * The enquiries of a year (first and last local date, both included), in the order in which they come. Every one has
 * dice of its own, so that a year is the same whenever it is looked at.
 */
export function arrivalsOf(seed: number, year: { readonly from: LocalDate; readonly to: LocalDate }, count: number, calendar: OpeningCalendar): readonly Arrival[] {
  const days: { readonly on: LocalDate; readonly upTo: number }[] = [];
  let sum = 0;
  for (let on = year.from; on <= year.to; on = addDays(on, 1)) {
    sum += (MONTH_WEIGHTS[Number(on.slice(5, 7)) - 1] ?? 1) * (WEEKDAY_WEIGHTS[isoWeekday(on) - 1] ?? 1);
    days.push({ on, upTo: sum });
  }
  const arrivals = Array.from({ length: count }, (_, index) => {
    const dice = diceOf(seed, 'arrival', year.from, index);
    const point = dice.throw() * sum;
    return arrivalOn(dice, days.find(({ upTo }) => upTo > point)?.on ?? year.to, calendar);
  });
  return arrivals.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function arrivalOn(dice: Dice, on: LocalDate, calendar: OpeningCalendar): Arrival {
  const council = dice.weighted(COUNCIL_WEIGHTS);
  const wanted = dice.weighted(CHANNEL_WEIGHTS);
  const source = dice.weighted<Source>(Object.fromEntries(Object.entries(SOURCES).map(([name, { weight }]) => [name, weight])));
  const at = momentAt(on, minuteOf(dice, wanted));
  const channel = IN_HOURS.includes(wanted) && !isOpen(calendar, at) ? 'web' : wanted;
  return { at, livesIn: isCouncil(council) ? council : 'derby', channel, source: channel === 'event' ? 'Event' : source };
}

/** Minutes of the local day: calls and events by day, forms and letters mostly in the evening. */
function minuteOf(dice: Dice, channel: Channel): number {
  if (IN_HOURS.includes(channel)) return dice.between(9 * 60 + 5, 16 * 60 + 40);
  if (channel === 'event') return dice.between(10 * 60, 15 * 60 + 30);
  return dice.weighted({ night: 4, morning: 22, midday: 20, afternoon: 20, evening: 34 }) === 'evening' ? dice.between(18 * 60, 22 * 60 + 45) : dice.between(6 * 60 + 20, 17 * 60 + 59);
}
