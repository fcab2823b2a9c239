import type { KpiBlock } from '@app/reports';
import { count, percent } from '../../../platform/words';

/** A cell of a table, as the macro `dataTable` takes it. */
export interface Cell {
  readonly text: string;
  readonly numeric?: boolean;
}

/** A table, as the macro `dataTable` takes it. */
export interface Table {
  readonly caption: string;
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  readonly firstCellIsHeader: true;
}

/** A table whose first column (or first few) names its rows and whose other columns are numbers in words. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[], naming = 1): Table {
  const cells = (texts: readonly string[]): Cell[] => texts.map((text, index) => (index < naming ? { text } : { text, numeric: true }));
  return { caption, head: cells(head), rows: rows.map(cells), firstCellIsHeader: true };
}

const oneDecimal = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const noDecimal = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** A number with at most one decimal; a dash where there is none. */
export function decimal(value: number | null): string {
  return value === null ? '–' : oneDecimal.format(value);
}

/** Days to the nearest whole one. */
export function wholeDays(value: number | null): string {
  return value === null ? '–' : noDecimal.format(value);
}

/** "610 of 655". */
export function outOf(having: number, base: number): string {
  return `${count(having)} of ${count(base)}`;
}

/** "12% (10% to 15%)", or without the interval where there is none. */
export function withInterval({ share, low, high }: { readonly share: number | null; readonly low: number | null; readonly high: number | null }): string {
  if (share === null) return '–';
  return low === null || high === null ? percent(share) : `${percent(share)} (${percent(low)} to ${percent(high)})`;
}

/** A year's figures beside those of the year before, at the same point of it. */
export interface WithYearBefore {
  readonly now: KpiBlock;
  readonly before: KpiBlock;
}
