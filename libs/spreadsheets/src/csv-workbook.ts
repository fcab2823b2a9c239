import { csvLine } from './csv-line';
import type { Cell, Sheet, Workbook } from './workbook';

/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection"), full-width signs among it. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A cell as CSV has it. Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers do not. */
export function csvCell(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return FORMULA.test(cell.text) ? `'${cell.text}` : cell.text;
    case 'number':
    case 'share':
      return String(cell.value);
    case 'date':
      return cell.on;
    case 'empty':
      return '';
  }
}

const headings = (sheet: Sheet): string => csvLine(sheet.columns.map(({ heading }) => csvCell({ kind: 'text', text: heading })));

/** The first sheet of a workbook as CSV (RFC 4180, UTF-8 with a byte order mark, so that Excel reads it right). */
export function csvFile({ sheets: [sheet] }: Workbook): Buffer {
  return Buffer.from(`\uFEFF${headings(sheet)}${sheet.rows.map((row) => csvLine(row.map(csvCell))).join('')}`, 'utf8');
}
