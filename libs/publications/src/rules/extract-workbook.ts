import { dateInWords, momentInWords } from '@app/kernel';
import { DEFINITIONS_VERSION, type Period } from '@app/reports';
import { type Cell, EMPTY, text, type Workbook } from '@app/spreadsheets';
import { EXTRACT_COLUMNS, type ExtractRow } from './extract-columns';
import { notesSheet } from './kpi-workbook';

/** What every extract says of itself. */
export const EXTRACT_WARNING = 'Personal data, though it names nobody: rare rows can be recognised, and two files set against each other tell on which days things happened between them. For analysis inside the hub only; keep it where families’ records may be kept, and delete it when the analysis is done.';

/** The extract as a workbook: rows, data dictionary, notes. CSV has the rows alone; the version and the day of the extract stand in each. */
export function extractWorkbook(rows: readonly ExtractRow[], { from, to }: Period, now: Date): Workbook {
  const stamp = [text(DEFINITIONS_VERSION), text(now.toISOString().slice(0, 19) + 'Z')];
  const names = [...EXTRACT_COLUMNS.map(({ name }) => name), 'definitions', 'extracted_at'];
  const table = rows.map((row) => [...EXTRACT_COLUMNS.map(({ name }) => valueCell(row[name] ?? null)), ...stamp]);
  return {
    title: `Extract for analysis, enquiries ${from} to ${to}`,
    sheets: [
      { name: 'Rows', columns: names.map((heading, index) => ({ heading, width: widthFor(heading, table, index) })), rows: table },
      {
        name: 'Data dictionary',
        columns: [{ heading: 'Column', width: 26 }, { heading: 'Type', width: 14 }, { heading: 'What it means', width: 90 }, { heading: 'Codes', width: 60 }],
        rows: EXTRACT_COLUMNS.map(({ name, type, meaning, codes }) => [text(name), text(type), text(meaning), codes === undefined ? EMPTY : text(codes.join(', '))]),
      },
      notesSheet([['Read this first', EXTRACT_WARNING], ['Enquiries', `${dateInWords(from)} to ${dateInWords(to)}, both included`], ['As they stood', momentInWords(now)], ['Definitions', DEFINITIONS_VERSION]], []),
    ],
  };
}

/** Wide enough for what stands in a column, so that its rows keep to one line; a bold heading takes more than its letters. */
function widthFor(heading: string, table: readonly (readonly Cell[])[], index: number): number {
  return table.reduce((width, row) => (row[index]?.kind === 'text' ? Math.max(width, row[index].text.length + 2) : width), Math.max(Math.ceil(heading.length * 1.1) + 2, 10));
}

function valueCell(value: string | number | null): Cell {
  if (value === null || value === '') return EMPTY;
  return typeof value === 'number' ? { kind: 'number', value } : text(value);
}
