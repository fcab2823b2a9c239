import type { Sum } from '@app/publications';

/** A rounded figure that stands beside counts, and what it says of them to whoever knows how it is made. */
export type Hint =
  /** Per cent of `whole` that `part` is, to the nearest whole one. */
  | { readonly kind: 'share'; readonly percent: number; readonly part: string; readonly whole: string }
  /**
   * Linear between order statistics (type 7), to the nearest whole day or hour, of a number of families between two counts. Up to
   * `surelyWithin` a value counts in `within` whatever the calendar, from `surelyBeyond` on it does not.
   */
  | { readonly kind: 'percentile'; readonly at: number; readonly value: number; readonly ofAtLeast: string; readonly ofAtMost: string; readonly within: string; readonly surelyWithin: number; readonly surelyBeyond: number }
  /** To the nearest whole day. Each of `beyond` took at least `beyondFrom`. */
  | { readonly kind: 'mean'; readonly value: number; readonly of: string; readonly beyond: string; readonly beyondFrom: number };

/** The least and the most that every count can be which is not published, for somebody who has the sums and the hints, and knows what was taken out: nought never is. */
export function leastAndMost(published: ReadonlyMap<string, number>, sums: readonly Sum[], hints: readonly Hint[], takenOut: readonly string[]): Map<string, readonly [number, number]> {
  const { unknowns, low, high } = narrowed((id) => published.get(id), sums, hints, new Set(takenOut));
  return new Map(unknowns.map((id) => [id, [low(id), high(id)]]));
}

/**
 * What somebody can work out who has only what is published and knows which counts add up to which: by solving the linear
 * equations exactly (Gaussian elimination over fractions), and by narrowing each unknown between the least and the most
 * that the sums leave to it. Shares nothing with the way in which numbers are hidden. Answers every count that can have
 * one value only.
 */
export function workedOut(published: ReadonlyMap<string, number>, sums: readonly Sum[]): Map<string, number> {
  const known = new Map<string, number>();
  const valueOf = (id: string): number | undefined => published.get(id) ?? known.get(id);
  for (;;) {
    const before = known.size;
    for (const [id, value] of [...bySolving(valueOf, sums), ...byNarrowing(valueOf, sums)]) known.set(id, value);
    if (known.size === before) return known;
  }
}

type ValueOf = (id: string) => number | undefined;

function unknownsIn(valueOf: ValueOf, sums: readonly Sum[]): string[] {
  return [...new Set(sums.flatMap(({ whole, parts }) => [whole, ...parts]).filter((id) => valueOf(id) === undefined))];
}

/** Whole numbers only: rows are combined crosswise and divided by what they have in common. */
function bySolving(valueOf: ValueOf, sums: readonly Sum[]): [string, number][] {
  const unknowns = unknownsIn(valueOf, sums);
  const place = new Map(unknowns.map((id, index) => [id, index]));
  const rows = sums.map(({ whole, parts }) => {
    const row = new Array<bigint>(unknowns.length + 1).fill(0n);
    const take = (id: string, by: bigint): void => {
      const at = place.get(id);
      if (at === undefined) row[unknowns.length] = (row[unknowns.length] ?? 0n) - by * BigInt(valueOf(id) ?? 0);
      else row[at] = (row[at] ?? 0n) + by;
    };
    take(whole, 1n);
    for (const part of parts) take(part, -1n);
    return row;
  });
  let used = 0;
  for (let column = 0; column < unknowns.length; column += 1) {
    const found = rows.findIndex((row, index) => index >= used && row[column] !== 0n);
    if (found < 0) continue;
    const pivot = rows[found] ?? [];
    rows[found] = rows[used] ?? [];
    rows[used] = pivot;
    rows.forEach((row, index) => {
      const by = row[column] ?? 0n;
      if (index === used || by === 0n) return;
      const times = pivot[column] ?? 1n;
      rows[index] = reduced(row.map((value, at) => value * times - (pivot[at] ?? 0n) * by));
    });
    used += 1;
  }
  return rows.flatMap((row): [string, number][] => {
    const named = unknowns.filter((_, index) => row[index] !== 0n);
    const [only] = named;
    if (only === undefined || named.length !== 1) return [];
    return [[only, Number(row[unknowns.length] ?? 0n) / Number(row[place.get(only) ?? 0] ?? 1n)]];
  });
}

function reduced(row: bigint[]): bigint[] {
  const common = row.reduce((one, other) => commonDivisor(one, other < 0n ? -other : other), 0n);
  return common > 1n ? row.map((value) => value / common) : row;
}

function commonDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : commonDivisor(other, one % other);
}

function byNarrowing(valueOf: ValueOf, sums: readonly Sum[]): [string, number][] {
  const { unknowns, low, high } = narrowed(valueOf, sums, [], new Set());
  return unknowns.flatMap((id): [string, number][] => (low(id) === high(id) ? [[id, low(id)]] : []));
}

type Bound = (id: string) => number;

/** No count is below nought, so each sum leaves its parts something between; again and again until nothing moves. */
function narrowed(valueOf: ValueOf, sums: readonly Sum[], hints: readonly Hint[], takenOut: ReadonlySet<string>): { readonly unknowns: readonly string[]; readonly low: Bound; readonly high: Bound } {
  const unknowns = unknownsIn(valueOf, sums);
  const least = new Map(unknowns.map((id) => [id, takenOut.has(id) ? 1 : 0]));
  const most = new Map(unknowns.map((id) => [id, Infinity]));
  const low = (id: string): number => valueOf(id) ?? least.get(id) ?? 0;
  const high = (id: string): number => valueOf(id) ?? most.get(id) ?? Infinity;
  for (let moved = true, turns = 0; moved && turns < 200; turns += 1) {
    moved = false;
    const narrow = (id: string, from: number, to: number): void => {
      if (valueOf(id) !== undefined) return;
      if (from > low(id) || to < high(id)) moved = true;
      least.set(id, Math.max(from, low(id)));
      most.set(id, Math.min(to, high(id)));
    };
    for (const { whole, parts } of sums) {
      const lows = parts.reduce((sum, id) => sum + low(id), 0);
      const highs = parts.reduce((sum, id) => sum + high(id), 0);
      narrow(whole, lows, highs);
      for (const part of parts) {
        const othersHigh = parts.reduce((sum, id) => (id === part ? sum : sum + high(id)), 0);
        narrow(part, low(whole) - othersHigh, high(whole) - (lows - low(part)));
      }
    }
    for (const hint of hints) take(hint, low, high, narrow);
  }
  return { unknowns, low, high };
}

/** Rounded figures lie half a unit to either side. */
const HALF = 0.5;

function take(hint: Hint, low: Bound, high: Bound, narrow: (id: string, from: number, to: number) => void): void {
  switch (hint.kind) {
    case 'share': {
      const [from, to] = [Math.max(0, hint.percent - HALF) / 100, (hint.percent + HALF) / 100];
      narrow(hint.part, Math.ceil(from * low(hint.whole) - 1e-9), Math.floor(to * high(hint.whole) + 1e-9));
      narrow(hint.whole, Math.ceil(low(hint.part) / to - 1e-9), from === 0 ? Infinity : Math.floor(high(hint.part) / from + 1e-9));
      return;
    }
    case 'percentile': {
      const atOrBelow = (many: number): number => (many === 0 ? 0 : Math.floor((many - 1) * hint.at) + 1);
      if (hint.value + HALF <= hint.surelyWithin) narrow(hint.within, atOrBelow(low(hint.ofAtLeast)), Infinity);
      if (hint.value - HALF >= hint.surelyBeyond && high(hint.ofAtMost) < Infinity) narrow(hint.within, 0, atOrBelow(high(hint.ofAtMost)));
      return;
    }
    case 'mean':
      narrow(hint.beyond, 0, Math.floor((high(hint.of) * (hint.value + HALF)) / hint.beyondFrom));
  }
}
