import { addDays, addWorkingMinutes, type LocalDate, localDateOf, momentAt, minutesOfLocalDay, nextOpenDay, nextOpening, type OpeningCalendar, openingOn } from '@app/kernel';
import type { Dice } from './dice';
import type { Deed, Player, Step } from './story';

/** Writes a story, step by step, always further on in time. Staff do things while the hub is open. */
export class Pen {
  readonly steps: Step[] = [];
  private readonly said = new Set<string>();

  constructor(
    readonly dice: Dice,
    readonly calendar: OpeningCalendar,
    private moment: Date,
  ) {}

  /** Words for something that happens more than once: none comes twice until all have come. */
  words(list: readonly string[]): string {
    const fresh = list.filter((words) => !this.said.has(words));
    const words = this.dice.pick(fresh.length > 0 ? fresh : list);
    this.said.add(words);
    return words;
  }

  /** The next of words that tell of things in their order; the last ones again when all have been told. */
  nextWords(list: readonly string[]): string {
    const words = list.find((candidate) => !this.said.has(candidate)) ?? this.dice.pick(list.slice(-2));
    this.said.add(words);
    return words;
  }

  get at(): Date {
    return this.moment;
  }

  get today(): LocalDate {
    return localDateOf(this.moment);
  }

  /** What happens at the present moment of the story. */
  write(by: Player, deed: Deed): this {
    this.steps.push({ at: this.moment, by, deed });
    return this;
  }

  /** So many minutes later, of those in which the hub is open. */
  workingMinutes(minutes: number): this {
    this.moment = addWorkingMinutes(this.calendar, nextOpening(this.calendar, this.moment), Math.max(1, Math.round(minutes)));
    return this;
  }

  /** So many minutes later, or at closing time when that comes first. */
  minutesBeforeClosing(minutes: number): this {
    const later = new Date(this.moment.getTime() + minutes * 60_000);
    const closesAt = openingOn(this.calendar, this.today)?.closesAt;
    return this.jumpTo(closesAt && closesAt < later ? closesAt : later);
  }

  /** So many days later, at some time at which the hub is open; on the next open day where it is closed. */
  days(days: number): this {
    const asked = addDays(this.today, Math.max(0, Math.round(days)));
    return asked <= this.today ? this.workingMinutes(this.dice.between(20, 90)) : this.on(this.openDay(asked));
  }

  /** So many open days later, at some time at which the hub is open. */
  workingDays(days: number): this {
    let date = this.today;
    for (let left = Math.max(1, Math.round(days)); left > 0; left -= 1) date = nextOpenDay(this.calendar, date);
    return this.on(date);
  }

  /** Some time in the opening hours of an open day, or now when that is later. */
  on(date: LocalDate): this {
    const opening = openingOn(this.calendar, date);
    if (!opening) throw new RangeError(`The hub does not open on ${date}`);
    const minutes = Math.floor((opening.closesAt.getTime() - opening.opensAt.getTime()) / 60_000);
    return this.jumpTo(new Date(opening.opensAt.getTime() + this.dice.between(5, Math.max(6, minutes - 15)) * 60_000));
  }

  /** The date itself when the hub is open on it, else the next one on which it is. */
  openDay(date: LocalDate): LocalDate {
    return openingOn(this.calendar, date) ? date : nextOpenDay(this.calendar, date);
  }

  /** At a moment that the family chooses, whether the hub is open or not. */
  anytime(days: number): this {
    const date = addDays(this.today, Math.round(days));
    const minute = this.dice.between(8 * 60, 22 * 60);
    return this.jumpTo(momentAt(date, minute > minutesOfLocalDay(this.moment) || date > this.today ? minute : 23 * 60));
  }

  /** Never back. */
  jumpTo(moment: Date): this {
    if (moment > this.moment) this.moment = moment;
    return this;
  }
}
