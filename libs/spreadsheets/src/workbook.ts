import type { LocalDate } from '@app/kernel';

/** A cell with its type: text is never taken for a formula, a date stays a date, a share shows as per cent. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number; /** Decimals to show; the value keeps all of them. */ readonly decimals?: number }
  | { readonly kind: 'share'; /** A fraction; 0.25 shows as 25%. */ readonly value: number; readonly decimals?: number }
  | { readonly kind: 'date'; readonly on: LocalDate }
  | { readonly kind: 'empty' };

export const text = (words: string): Cell => ({ kind: 'text', text: words });
export const EMPTY: Cell = { kind: 'empty' };

export interface Column {
  readonly heading: string;
  /** In characters. */
  readonly width: number;
}

/** One table: its first row holds the headings and stays in sight. */
export interface Sheet {
  /** At most 31 characters, none of \ / ? * [ ] : (what Excel takes). */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What a file holds: the table that it is about first, then what explains it. */
export interface Workbook {
  readonly title: string;
  readonly sheets: readonly [Sheet, ...Sheet[]];
}

/** Letters that XML 1.0 cannot carry at all are left out: they cannot be seen either. */
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as XML carries it, between tags and in attributes. */
export function xml(words: string): string {
  return words.replace(UNSPEAKABLE, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** What stands between the text of a cell and its edges, in characters. */
const EDGES = 1;
/** Bold letters are so much wider. */
const BOLD = 1.1;

/** How many lines words take in a column so many characters wide, broken as spreadsheets do: between words, and within one that is too long for a line. */
export function linesOf(words: string, width: number, bold = false): number {
  const room = Math.max(1, Math.floor((width - EDGES) / (bold ? BOLD : 1)));
  return words.split(/\r\n|\r|\n/).reduce((sum, paragraph) => sum + linesOfParagraph(paragraph, room), 0);
}

function linesOfParagraph(paragraph: string, room: number): number {
  let lines = 1;
  let used = 0;
  for (const { length } of paragraph.split(' ')) {
    const together = used === 0 ? length : used + 1 + length;
    if (together <= room) used = together;
    else {
      const more = Math.ceil(length / room);
      lines += used === 0 ? more - 1 : more;
      used = length - (more - 1) * room;
    }
  }
  return lines;
}

/** The lines that each cell of a row takes: text that does not fit its column is broken where another cell stands beside it or the sheet ends, and else runs over the empty ones. */
export function rowLines(row: readonly Cell[], columns: readonly Column[]): number[] {
  return row.map((cell, index) => {
    if (cell.kind !== 'text') return 1;
    const beside = row[index + 1];
    const mayRunOver = beside?.kind === 'empty' && !/[\r\n]/.test(cell.text);
    return mayRunOver ? 1 : linesOf(cell.text, columns[index]?.width ?? cell.text.length + 2);
  });
}
