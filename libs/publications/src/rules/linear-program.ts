/** Σ coefficient × unknown = equals. Unknowns are numbered from 0; those that are not named have the coefficient 0. */
export interface Equation {
  readonly terms: readonly { readonly unknown: number; readonly coefficient: number }[];
  readonly equals: number;
}

/** The greatest value that a sum of unknowns can have, and a solution in which it has it. */
export type Greatest = { readonly bounded: false } | { readonly bounded: true; readonly value: number; readonly solution: readonly number[] };

const NEARLY_NOTHING = 1e-9;

/**
 * The greatest value of a sum of unknowns, each with its weight (nought for those left out), over all solutions of the equations in which no unknown is below nought, by the
 * simplex method in two phases: by the steepest column, and by Bland's rule, which cannot go round in circles (Bland
 * 1977), once that stops making progress. Throws when there is
 * no solution at all.
 */
export function greatest(unknowns: number, equations: readonly Equation[], weights: ReadonlyMap<number, number>): Greatest {
  const rows = equations.length;
  const width = unknowns + rows + 1;
  const table = equations.map(({ terms, equals }, row) => {
    const line = new Float64Array(width);
    const sign = equals < 0 ? -1 : 1;
    for (const { unknown, coefficient } of terms) line[unknown] = (line[unknown] ?? 0) + sign * coefficient;
    line[unknowns + row] = 1;
    line[width - 1] = sign * equals;
    return line;
  });
  const basis = equations.map((_, row) => unknowns + row);
  const feasibility = new Float64Array(width);
  for (const line of table) for (let column = 0; column < width; column += 1) if (column < unknowns || column === width - 1) feasibility[column] = (feasibility[column] ?? 0) - (line[column] ?? 0);
  improve(table, basis, feasibility, unknowns);
  if (Math.abs(feasibility[width - 1] ?? 0) > 1e-6) throw new Error('The equations have no solution.');
  driveOutHelpers(table, basis, unknowns);
  const goal = new Float64Array(width);
  for (const [unknown, weight] of weights) goal[unknown] = -weight;
  table.forEach((line, row) => {
    const weight = weights.get(basis[row] ?? 0) ?? 0;
    if (weight !== 0) for (let column = 0; column < width; column += 1) goal[column] = (goal[column] ?? 0) + weight * (line[column] ?? 0);
  });
  if (improve(table, basis, goal, unknowns) === 'unbounded') return { bounded: false };
  const solution = new Array<number>(unknowns).fill(0);
  table.forEach((line, row) => {
    const unknown = basis[row] ?? 0;
    if (unknown < unknowns) solution[unknown] = line[width - 1] ?? 0;
  });
  return { bounded: true, value: goal[width - 1] ?? 0, solution };
}

/** So many turns in one place may be a circle. */
const PATIENCE = 40;

/** Turns until no column below `columns` makes the goal better. */
function improve(table: readonly Float64Array[], basis: number[], goal: Float64Array, columns: number): 'done' | 'unbounded' {
  const last = goal.length - 1;
  let standing = 0;
  for (;;) {
    const before = goal[last] ?? 0;
    const entering = standing < PATIENCE ? steepest(goal, columns) : goal.findIndex((value, column) => column < columns && value < -NEARLY_NOTHING);
    if (entering < 0) return 'done';
    let leaving = -1;
    let smallest = Infinity;
    table.forEach((line, row) => {
      const by = line[entering] ?? 0;
      if (by <= NEARLY_NOTHING) return;
      const ratio = (line[last] ?? 0) / by;
      if (ratio < smallest - NEARLY_NOTHING || (ratio < smallest + NEARLY_NOTHING && (basis[row] ?? 0) < (basis[leaving] ?? Infinity))) {
        smallest = Math.min(ratio, smallest);
        leaving = row;
      }
    });
    if (leaving < 0) return 'unbounded';
    turn(table, basis, goal, leaving, entering);
    standing = (goal[last] ?? 0) > before + NEARLY_NOTHING ? 0 : standing + 1;
  }
}

function steepest(goal: Float64Array, columns: number): number {
  let found = -1;
  let least = -NEARLY_NOTHING;
  for (let column = 0; column < columns; column += 1) {
    const value = goal[column] ?? 0;
    if (value < least) {
      least = value;
      found = column;
    }
  }
  return found;
}

/** Helpers that are still in the basis are nought there; they leave it, or their row says nothing. */
function driveOutHelpers(table: readonly Float64Array[], basis: number[], unknowns: number): void {
  table.forEach((line, row) => {
    if ((basis[row] ?? 0) < unknowns) return;
    const column = line.findIndex((value, index) => index < unknowns && Math.abs(value) > NEARLY_NOTHING);
    if (column >= 0) turn(table, basis, new Float64Array(line.length), row, column);
    else line.fill(0);
  });
}

function turn(table: readonly Float64Array[], basis: number[], goal: Float64Array, row: number, column: number): void {
  const pivot = table[row];
  if (pivot === undefined) return;
  const by = pivot[column] ?? 1;
  const used: number[] = [];
  for (let at = 0; at < pivot.length; at += 1) {
    const value = pivot[at] ?? 0;
    if (value === 0) continue;
    pivot[at] = value / by;
    used.push(at);
  }
  const clear = (line: Float64Array): void => {
    const times = line[column] ?? 0;
    if (times === 0) return;
    for (const at of used) line[at] = (line[at] ?? 0) - times * (pivot[at] ?? 0);
    line[column] = 0;
  };
  for (const line of table) if (line !== pivot) clear(line);
  clear(goal);
  basis[row] = column;
}
