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
export const SMALLEST_SHOWN = 5;

/** Whether a count is small enough to tell of single families. */
export const isSmall = (value: number): boolean => value > 0 && value < SMALLEST_SHOWN;

/** Everything that stays the same while cells are hidden one after the other. */
interface Table {
  readonly byId: ReadonlyMap<string, CountCell>;
  readonly sumsOf: ReadonlyMap<string, readonly Sum[]>;
}

/**
 * Which shown cells have to be hidden so that no count from 1 to 4 can be worked out from what is left: the small ones
 * (primary), and as many others as it takes (secondary). A small count is safe when the published cells and all sums also
 * allow whole numbers with which it is 5 or more; such ways are looked for with a linear programme, and taken only when
 * their numbers are whole. The reader is taken to know every sum, that no count is below nought, and that nought is told: a
 * number that was taken out is 1 at least. Cells that are hidden `already` stay so.
 */
export function suppressed(cells: readonly CountCell[], sums: readonly Sum[], already: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const table = tableOf(cells, sums);
  const small = cells.filter(({ value }) => isSmall(value)).map(({ id }) => id);
  const hidden = new Set(cells.filter(({ id, shown, value }) => !shown || isSmall(value) || already.has(id)).map(({ id }) => id));
  const secondary: string[] = [];
  const doubtful = new Set(small);
  for (let unsafe = firstUnsafe(doubtful, hidden, table); unsafe !== null; unsafe = firstUnsafe(doubtful, hidden, table)) {
    const next = nextToHide(unsafe, hidden, table);
    if (next === null) throw new Error(`Nothing is left to hide beside ${unsafe}.`);
    hidden.add(next);
    secondary.push(next);
  }
  // What was hidden early may not be needed any more: the largest counts come back first.
  const valueOf = (id: string): number => table.byId.get(id)?.value ?? 0;
  for (const id of secondary.sort((one, other) => valueOf(other) - valueOf(one))) {
    const nearestFirst = component(id, hidden, table).filter((one) => isSmall(valueOf(one)));
    hidden.delete(id);
    if (firstUnsafe(new Set(nearestFirst), hidden, table) !== null) hidden.add(id);
  }
  return new Set(cells.filter(({ id, shown }) => shown && hidden.has(id)).map(({ id }) => id));
}

function tableOf(cells: readonly CountCell[], sums: readonly Sum[]): Table {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const sumsOf = new Map<string, Sum[]>();
  for (const sum of sums.filter(({ whole, parts }) => [whole, ...parts].every((id) => byId.has(id)))) {
    for (const id of [sum.whole, ...sum.parts]) sumsOf.set(id, [...(sumsOf.get(id) ?? []), sum]);
  }
  return { byId, sumsOf };
}

/**
 * The first of the doubtful counts for which no other whole numbers were found that make it 5 or more; null when all are
 * safe. Those that are found to be safe are taken out: hiding more never makes them less so.
 */
function firstUnsafe(doubtful: Set<string>, hidden: ReadonlySet<string>, table: Table): string | null {
  for (const id of doubtful) {
    findWays(id, component(id, hidden, table), doubtful, hidden, table);
    if (doubtful.has(id)) return id;
  }
  return null;
}

/** The hidden cells that hang together with one through sums. */
function component(start: string, hidden: ReadonlySet<string>, { sumsOf }: Table): string[] {
  const found = new Set([start]);
  for (const id of found) {
    for (const { whole, parts } of sumsOf.get(id) ?? []) for (const other of [whole, ...parts]) if (hidden.has(other)) found.add(other);
  }
  return [...found];
}

/** Takes out of `doubtful` whatever a way of filling in the gaps makes 5 or more: many at once first, then `id` by itself. */
function findWays(id: string, around: readonly string[], doubtful: Set<string>, hidden: ReadonlySet<string>, table: Table): void {
  const number = new Map(around.map((one, index) => [one, index]));
  const equations = sumsAround(around, table).map((sum) => equationOf(sum, number, hidden, table));
  const leasts = around.map((one) => leastOf(one, table));
  const look = (weights: ReadonlyMap<number, number>): void => {
    const most = greatest(around.length, equations, weights);
    if (!most.bounded) {
      if (weights.size === 1) doubtful.delete(id);
      return;
    }
    const filled = most.solution.map(Math.round);
    const fits = filled.every((value) => value >= 0) && equations.every(({ terms, equals }) => terms.reduce((sum, { unknown, coefficient }) => sum + coefficient * (filled[unknown] ?? 0), 0) === equals);
    if (fits) around.forEach((one, index) => { if ((filled[index] ?? 0) + (leasts[index] ?? 0) >= SMALLEST_SHOWN) doubtful.delete(one); });
  };
  const together = around.flatMap((one, index): [number, number][] => (doubtful.has(one) ? [[index, 1 + ((index * 7) % 11)]] : []));
  if (together.length > 1) look(new Map(together));
  if (doubtful.has(id)) look(new Map([[number.get(id) ?? 0, 1]]));
}

/** What a reader knows a hidden cell to be at least. */
function leastOf(id: string, { byId }: Table): number {
  const cell = byId.get(id);
  return cell?.shown === true && cell.value > 0 ? 1 : 0;
}

/** The unknowns are what hidden cells have above their least. */
function equationOf({ whole, parts }: Sum, number: ReadonlyMap<string, number>, hidden: ReadonlySet<string>, table: Table): Equation {
  const terms: { unknown: number; coefficient: number }[] = [];
  let equals = 0;
  const take = (id: string, coefficient: number): void => {
    const unknown = hidden.has(id) ? number.get(id) : undefined;
    equals -= coefficient * (unknown === undefined ? (table.byId.get(id)?.value ?? 0) : leastOf(id, table));
    if (unknown !== undefined) terms.push({ unknown, coefficient });
  };
  take(whole, 1);
  for (const part of parts) take(part, -1);
  return { terms, equals };
}

function sumsAround(around: readonly string[], { sumsOf }: Table): Sum[] {
  return [...new Set(around.flatMap((id) => sumsOf.get(id) ?? []))];
}

/** The shown cell to hide next: in a sum with the unsafe one if there is one, the smallest count that is not nought. */
function nextToHide(unsafe: string, hidden: ReadonlySet<string>, table: Table): string | null {
  const shownIn = (sums: readonly Sum[]): string[] => [...new Set(sums.flatMap(({ whole, parts }) => [whole, ...parts]))].filter((id) => !hidden.has(id));
  const cost = (id: string): number => table.byId.get(id)?.value || Infinity;
  const near = shownIn(table.sumsOf.get(unsafe) ?? []);
  const candidates = near.length > 0 ? near : shownIn(sumsAround(component(unsafe, hidden, table), table));
  return candidates.sort((one, other) => (cost(one) === cost(other) ? 0 : cost(one) - cost(other)))[0] ?? null;
}
