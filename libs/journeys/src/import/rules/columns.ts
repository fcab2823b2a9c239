import type { Milestone } from '../../rules/milestones';

/** The columns of an import file, in the order in which the sample has them; a file may have them in any order. */
export const IMPORT_COLUMNS = [
  'reference',
  'received_at',
  'channel',
  'source',
  'first_name',
  'last_name',
  'email',
  'phone',
  'postcode',
  'authority',
  'first_response_at',
  'initial_application_on',
  'home_visit_on',
  'application_on',
  'stage_1_on',
  'stage_2_on',
  'panel_on',
  'approved_on',
  'closed_on',
  'closed_by',
  'closed_reason',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** The columns without which a file is refused, and the cells that no row may leave empty. */
export const REQUIRED_COLUMNS = ['reference', 'received_at'] as const satisfies readonly ImportColumn[];

/** A milestone that a row can date; the enquiry is dated by `received_at`. */
export type DatedMilestone = Exclude<Milestone, 'enquiry'>;

/** The cells of one row by column, as they stand in the file; a column that the file does not have is left out. */
export type RowCells = Readonly<Partial<Record<ImportColumn, string>>>;

/** What is wrong in a cell and what to do about it. */
export interface CellMistake {
  /** The column as people see it: one of ours, or the name that the file gave. */
  readonly column: string;
  readonly what: string;
}

/** A mistake as it is shown: `row 5, phone: …`. The row is the spreadsheet's own number; the header is row 1. */
export function mistakeInWords(row: number, mistake: CellMistake): string {
  return `row ${String(row)}, ${mistake.column}: ${mistake.what}`;
}

const LONGEST_QUOTATION = 40;

/** A cell's text as messages quote it: short, in one line, and without characters that a terminal would obey. */
export function quoted(text: string): string {
  const oneLine = text.replace(/\p{C}+|\s+/gu, ' ').trim();
  return `"${oneLine.length > LONGEST_QUOTATION ? `${oneLine.slice(0, LONGEST_QUOTATION)}…` : oneLine}"`;
}
