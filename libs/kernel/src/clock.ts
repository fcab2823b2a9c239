/** Where time comes in. Rules and use cases ask this port; none of them reads the machine's clock. Also the token for injection. */
export abstract class Clock {
  /** The present moment (UTC machine time). Every call gives a Date of its own. */
  abstract now(): Date;
}

/** The machine's own clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is moved: for tests, and for living through a past year. */
export class MovableClock extends Clock {
  private moment: number;

  constructor(start: Date) {
    super();
    this.moment = timeOf(start);
  }

  now(): Date {
    return new Date(this.moment);
  }

  /** Puts the clock at a moment, earlier or later. */
  set(moment: Date): void {
    this.moment = timeOf(moment);
  }

  /** Moves the clock on by so many milliseconds. Throws a RangeError for a negative number: time runs back only by `set`. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError(`A clock cannot be advanced by ${String(milliseconds)} ms`);
    this.moment += milliseconds;
  }
}

function timeOf(moment: Date): number {
  const time = moment.getTime();
  if (Number.isNaN(time)) throw new RangeError('A clock needs a real moment');
  return time;
}
