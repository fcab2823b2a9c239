import { ok, refused, type Result } from '@app/kernel';
import { type CellMistake, IMPORT_COLUMNS, type ImportColumn, quoted, REQUIRED_COLUMNS } from './columns';

/** The column that each cell of a row belongs to. */
export type Header = readonly ImportColumn[];

/**
 * Reads the header row. Columns may come in any order; case and spaces around a name do not matter. Refuses columns
 * that are unknown, nameless or there twice, and a header without the required ones: every mistake at once.
 */
export function readHeader(cells: readonly string[]): Result<Header, readonly CellMistake[]> {
  const apart = otherSeparatorOf(cells);
  if (apart !== null) return refused([{ column: 'header', what: `the columns are separated by ${apart}: save the file as CSV with commas` }]);
  const mistakes: CellMistake[] = [];
  const header: ImportColumn[] = [];
  cells.forEach((cell, index) => {
    const name = cell.trim().toLowerCase();
    if (!isImportColumn(name)) mistakes.push(unknownColumn(cell.trim(), index));
    else if (header.includes(name)) mistakes.push({ column: name, what: 'is there twice: keep one column of that name' });
    else header.push(name);
  });
  for (const column of REQUIRED_COLUMNS) {
    if (!header.includes(column)) mistakes.push({ column, what: 'is missing: add a column with that name' });
  }
  return mistakes.length > 0 ? refused(mistakes) : ok(header);
}

function isImportColumn(name: string): name is ImportColumn {
  return (IMPORT_COLUMNS as readonly string[]).includes(name);
}

function unknownColumn(name: string, index: number): CellMistake {
  if (name === '') return { column: `column ${spreadsheetColumn(index)}`, what: 'has no name: name it, or delete the whole column' };
  if (name.toLowerCase() === 'reason') return { column: 'reason', what: 'is unknown: delete the column that says why these rows were left out, then import the corrected rows' };
  const meant = nearestColumn(name.toLowerCase());
  return {
    column: quoted(name).slice(1, -1),
    what: meant ? `is an unknown column: should it be ${meant}?` : `is an unknown column: delete it, or give it one of the names ${IMPORT_COLUMNS.join(', ')}`,
  };
}

const SEPARATORS = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
] as const;

function otherSeparatorOf(cells: readonly string[]): string | null {
  const [only] = cells;
  if (cells.length !== 1 || only === undefined) return null;
  return SEPARATORS.find(([separator]) => only.split(separator).filter((name) => isImportColumn(name.trim().toLowerCase())).length > 1)?.[1] ?? null;
}

/** How a spreadsheet names its columns: 0 is A, 25 is Z, 26 is AA. */
function spreadsheetColumn(index: number): string {
  const last = String.fromCharCode('A'.charCodeAt(0) + (index % 26));
  return index < 26 ? last : spreadsheetColumn(Math.floor(index / 26) - 1) + last;
}

/** The column whose name is at most two letters away, or differs only by its separators; null when none is. */
function nearestColumn(name: string): ImportColumn | null {
  const plain = name.replace(/[\s\-_.]+/g, '');
  const same = IMPORT_COLUMNS.find((column) => column.replaceAll('_', '') === plain);
  if (same) return same;
  const [nearest] = IMPORT_COLUMNS.map((column) => ({ column, away: lettersApart(name, column) })).sort((a, b) => a.away - b.away);
  return nearest && nearest.away <= 2 ? nearest.column : null;
}

/** Levenshtein's distance: letters to add, drop or change. */
function lettersApart(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (previous[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      current.push(Math.min(changed, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}
