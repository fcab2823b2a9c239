import { type Equation, greatest } from './linear-program';

/** A count that a publication shows, or that its reader can name though it is not shown (such as "not within the standard"). */
export interface CountCell {
  readonly id: string;
  readonly value: number;
  readonly shown: boolean;
}

/** What a reader knows whoever is counted: one cell is the sum of others. */
export interface Sum {
  readonly whole: string;
  readonly parts: readonly string[];
}

/** Counts from 1 to 4 are hidden (kpi: small numbers). */
const SMALLEST_SHOWN = 5;

/** Whether a count is small enough to tell of single families. */
export const isSmall = (value: number): boolean => value > 0 && value < SMALLEST_SHOWN;

/**
 * Which shown cells have to be hidden so that no count from 1 to 4 can be worked out from what is left: the small ones
 * (primary), and as many others as it takes (secondary). A small count is safe when the published cells and all sums also
 * allow whole numbers with which it is 5 or more; one such way is looked for with a linear programme, and taken only when
 * its numbers are whole. The reader is taken to know every sum and that no count is below nought.
 */
export function suppressed(cells: readonly CountCell[], sums: readonly Sum[]): ReadonlySet<string> {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const known = sums.filter(({ whole, parts }) => [whole, ...parts].every((id) => byId.has(id)));
  const sumsOf = new Map<string, Sum[]>();
  for (const sum of known) for (const id of [sum.whole, ...sum.parts]) sumsOf.set(id, [...(sumsOf.get(id) ?? []), sum]);
  const hidden = new Set(cells.filter(({ shown, value }) => !shown || isSmall(value)).map(({ id }) => id));
  const endangered = new Set(cells.filter(({ value }) => isSmall(value)).map(({ id }) => id));

  for (const id of endangered) {
    while (endangered.has(id)) {
      const around = component(id, hidden, sumsOf);
      const safe = safeTogether(id, around, hidden, byId, sumsOf);
      for (const saved of safe) endangered.delete(saved);
      if (endangered.has(id)) {
        const next = nextToHide(id, around, hidden, byId, sumsOf);
        if (next === null) throw new Error(`Nothing is left to hide beside ${id}.`);
        hidden.add(next);
        if (isSmall(byId.get(next)?.value ?? 0)) endangered.add(next);
      }
    }
  }
  return new Set(cells.filter(({ id, shown }) => shown && hidden.has(id)).map(({ id }) => id));
}

/** The hidden cells that hang together with one through sums. */
function component(start: string, hidden: ReadonlySet<string>, sumsOf: ReadonlyMap<string, readonly Sum[]>): string[] {
  const found = new Set([start]);
  for (const id of found) {
    for (const { whole, parts } of sumsOf.get(id) ?? []) for (const other of [whole, ...parts]) if (hidden.has(other)) found.add(other);
  }
  return [...found];
}

function sumsAround(around: readonly string[], sumsOf: ReadonlyMap<string, readonly Sum[]>): Sum[] {
  return [...new Set(around.flatMap((id) => sumsOf.get(id) ?? []))];
}

/** Those of the hidden cells that one way of filling in the gaps, with whole numbers, makes 5 or more. */
function safeTogether(id: string, around: readonly string[], hidden: ReadonlySet<string>, byId: ReadonlyMap<string, CountCell>, sumsOf: ReadonlyMap<string, readonly Sum[]>): readonly string[] {
  const number = new Map(around.map((one, index) => [one, index]));
  const equations = sumsAround(around, sumsOf).map(({ whole, parts }): Equation => {
    const terms: { unknown: number; coefficient: number }[] = [];
    let equals = 0;
    const take = (one: string, coefficient: number): void => {
      const unknown = hidden.has(one) ? number.get(one) : undefined;
      if (unknown === undefined) equals -= coefficient * (byId.get(one)?.value ?? 0);
      else terms.push({ unknown, coefficient });
    };
    take(whole, 1);
    for (const part of parts) take(part, -1);
    return { terms, equals };
  });
  const at = number.get(id) ?? 0;
  const most = greatest(around.length, equations, at);
  if (!most.bounded) return [id];
  if (most.value < SMALLEST_SHOWN - 1e-6) return [];
  const filled = most.solution.map(Math.round);
  const whole = most.solution.every((value, index) => Math.abs(value - (filled[index] ?? 0)) < 1e-6);
  const fits = equations.every(({ terms, equals }) => terms.reduce((sum, { unknown, coefficient }) => sum + coefficient * (filled[unknown] ?? 0), 0) === equals);
  return whole && fits ? around.filter((_, index) => (filled[index] ?? 0) >= SMALLEST_SHOWN) : [];
}

/** The shown cell to hide next: in a sum with the endangered one if there is one, the smallest count that is not nought. */
function nextToHide(id: string, around: readonly string[], hidden: ReadonlySet<string>, byId: ReadonlyMap<string, CountCell>, sumsOf: ReadonlyMap<string, readonly Sum[]>): string | null {
  const shownIn = (sums: readonly Sum[]): string[] => [...new Set(sums.flatMap(({ whole, parts }) => [whole, ...parts]))].filter((one) => !hidden.has(one));
  const near = shownIn(sumsOf.get(id) ?? []);
  const candidates = near.length > 0 ? near : shownIn(sumsAround(around, sumsOf));
  const cost = (one: string): number => {
    const value = byId.get(one)?.value ?? 0;
    return value === 0 ? Infinity : value;
  };
  return [...candidates].sort((one, other) => (cost(one) === cost(other) ? 0 : cost(one) - cost(other)))[0] ?? null;
}
