import { type PostcodeRoute, routePostcodes } from '@app/authorities';
import { NoTimeLimitError } from '@app/deadlines';
import { BeyondCalendarError, localDateOf, maxDate, shortDateInWords } from '@app/kernel';
import type { FileRow } from '@app/spreadsheets';
import type { EntityManager } from 'typeorm';
import { type ImportContext, type ImportRouting, tablesOf } from './journey-tables';
import { type ImportBounds, words } from './rules/cell-readers';
import { type CellMistake, quoted, type RowCells } from './rules/columns';
import type { Header } from './rules/read-header';
import { type ImportedJourney, readRow } from './rules/read-row';
import { columnsThatDiffer, rememberedRow } from './rules/remembered-row';
import { earlierRows, referencesInUse, type RememberedImport, rememberedImports, type StagedRow } from './staged-rows';

/** What became of a row in the check. */
export type CheckedRow = { readonly file: FileRow } & (
  | { readonly outcome: 'new'; readonly staged: StagedRow }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'mistaken'; readonly mistakes: readonly CellMistake[] }
);

/** The days on which imported dates can lie: from the first day that deadlines can be computed for until now. */
export function boundsOf({ now, calendars }: ImportContext): ImportBounds {
  const hours = calendars.opening.hours.map(({ holdsFrom }) => holdsFrom).sort()[0];
  return { now, firstDay: maxDate(calendars.working.loadedFrom, ...(hours === undefined ? [] : [hours])) };
}

/**
 * Checks some rows of a file, in their order: each by itself, then against the rows before it, against earlier imports and
 * against the journeys that are there.
 */
export async function checkRows(tx: EntityManager, header: Header, files: readonly FileRow[], context: ImportContext): Promise<readonly CheckedRow[]> {
  const bounds = boundsOf(context);
  const read = files.map((file) => ({ file, ...readCells(header, file, bounds) }));
  const known = await whatIsKnown(tx, read);
  const routes = await routePostcodes(tx, read.flatMap(({ journey }) => (journey?.postcode ? [journey.postcode] : [])));

  return read.map(({ file, reference, journey, mistakes }): CheckedRow => {
    const found = [...mistakes];
    const first = reference === null ? undefined : known.firstRowOf.get(reference);
    if (reference !== null && first !== undefined && first !== file.row) {
      found.push({ column: 'reference', what: `${quoted(reference)} is in row ${String(first)} as well: give each household a reference of its own, or take one of the two rows out` });
    }
    if (journey === null || found.length > 0) return { file, outcome: 'mistaken', mistakes: found };
    const cells = rememberedRow(journey);
    const before = known.imported.get(journey.reference);
    if (before) {
      const conflict = conflictWith(before, cells);
      return conflict === null ? { file, outcome: 'unchanged' } : { file, outcome: 'mistaken', mistakes: [conflict] };
    }
    if (known.inUse.has(journey.reference)) {
      return { file, outcome: 'mistaken', mistakes: [{ column: 'reference', what: `${quoted(journey.reference)} belongs to a journey that was not imported: give this household another reference` }] };
    }
    const routing = routingOf(journey, routes);
    const beyond = deadlineMistake(journey, routing, context);
    return beyond === null ? { file, outcome: 'new', staged: { row: file.row, cells, routing } } : { file, outcome: 'mistaken', mistakes: [beyond] };
  });
}

interface ReadCells {
  /** As far as it can be read, for the search for rows that share one. */
  readonly reference: string | null;
  readonly journey: ImportedJourney | null;
  readonly mistakes: readonly CellMistake[];
}

function readCells(header: Header, { cells }: FileRow, bounds: ImportBounds): ReadCells {
  if (cells.length !== header.length) {
    const what = `the row has ${String(cells.length)} cells and the header ${String(header.length)}: look for a comma that is not inside quotation marks, or a cell that is missing`;
    return { reference: null, journey: null, mistakes: [{ column: 'all columns', what }] };
  }
  const byColumn: RowCells = Object.fromEntries(header.map((column, index) => [column, cells[index] ?? '']));
  const row = readRow(byColumn, bounds);
  const given = words(byColumn.reference ?? '');
  return { reference: given.ok && given.value !== '' ? given.value : null, journey: row.ok ? row.value : null, mistakes: row.ok ? [] : row.refusal };
}

async function whatIsKnown(tx: EntityManager, read: readonly { readonly file: FileRow; readonly reference: string | null }[]) {
  const here = new Map<string, number>();
  for (const { reference, file } of read) if (reference !== null && !here.has(reference)) here.set(reference, file.row);
  const references = [...here.keys()];
  const earlier = await earlierRows(tx, here);
  return {
    firstRowOf: new Map([...here, ...earlier]) as ReadonlyMap<string, number>,
    imported: new Map((await rememberedImports(tx, references)).map((one) => [one.reference, one])) as ReadonlyMap<string, RememberedImport>,
    inUse: await referencesInUse(tx, references),
  };
}

function conflictWith({ cells: then, importedAt }: RememberedImport, now: RowCells): CellMistake | null {
  const differing = columnsThatDiffer(then, now);
  if (differing.length === 0) return null;
  const on = shortDateInWords(localDateOf(importedAt));
  return { column: 'reference', what: `${quoted(now.reference ?? '')} was imported on ${on} with something else in ${differing.join(', ')}: an import never changes a journey that is there, so change it on its own page, or take the row out` };
}

function routingOf(journey: ImportedJourney, routes: ReadonlyMap<string, PostcodeRoute>): ImportRouting {
  const found = journey.postcode === null ? undefined : routes.get(journey.postcode);
  const districtCode = found?.districtCode ?? null;
  if (journey.council !== null) return { authority: journey.council, districtCode, why: 'file' };
  return { authority: found?.authority ?? 'unrouted', districtCode, why: found?.why ?? 'no_postcode' };
}

/** Deadlines are computed in the check already, so that one that nobody can compute is told with the other mistakes. */
function deadlineMistake(journey: ImportedJourney, routing: ImportRouting, context: ImportContext): CellMistake | null {
  try {
    tablesOf(journey, routing, context);
    return null;
  } catch (error) {
    if (!(error instanceof BeyondCalendarError || error instanceof NoTimeLimitError)) throw error;
    return { column: 'received_at', what: `the deadlines of this journey cannot be computed (${error.message}): complete the hub's calendar and time limits first, or leave the household out` };
  }
}
