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
