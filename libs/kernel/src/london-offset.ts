import { Temporal } from 'temporal-polyfill';

/** Europe/London moves its clocks: from this moment (ms since 1970) the offset is another. Offsets are ms ahead of UTC. */
interface ClockChange {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

interface YearOfOffsets {
  readonly atStart: number;
  readonly changes: readonly ClockChange[];
}

// The time zone database is asked once for each year; 100,000 rows of a file then cost a few comparisons each.
const years = new Map<number, YearOfOffsets>();

/** How far local time in London is ahead of UTC at a moment, in ms. */
export function offsetAt(time: number): number {
  const year = yearOf(time);
  let offset = year.atStart;
  for (const change of year.changes) if (time >= change.at) offset = change.after;
  return offset;
}

/**
 * The moment of a local time, both in ms (the local one as if it were UTC), and whether the clocks skip that local time.
 * A skipped time moves forward by the hour that is missing; of a doubled one it is the first.
 */
export function momentOfLocal(local: number): { readonly time: number; readonly skipped: boolean } {
  const year = yearOf(local);
  let offset = year.atStart;
  let skipped = false;
  for (const change of year.changes) {
    const least = change.at + Math.min(change.before, change.after);
    const greatest = change.at + Math.max(change.before, change.after);
    if (local >= greatest) offset = change.after;
    else if (local >= least) skipped = change.after > change.before;
  }
  return { time: local - offset, skipped };
}

function yearOf(time: number): YearOfOffsets {
  const year = new Date(time).getUTCFullYear();
  if (Number.isNaN(year)) throw new RangeError('Not a moment');
  let known = years.get(year);
  if (!known) {
    known = readYear(year);
    years.set(year, known);
  }
  return known;
}

function readYear(year: number): YearOfOffsets {
  const end = new Date(0).setUTCFullYear(year + 1, 0, 1);
  let at = Temporal.Instant.fromEpochMilliseconds(new Date(0).setUTCFullYear(year, 0, 1)).toZonedDateTimeISO('Europe/London');
  const atStart = offsetOf(at);
  const changes: ClockChange[] = [];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds >= end) return { atStart, changes };
    changes.push({ at: next.epochMilliseconds, before: offsetOf(at), after: offsetOf(next) });
    at = next;
  }
}

function offsetOf(moment: Temporal.ZonedDateTime): number {
  return moment.offsetNanoseconds / 1e6;
}
