import { CsvError, parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** One row of a file. */
export interface FileRow {
  /** As a spreadsheet counts: the header is row 1, and a quoted cell with line breaks in it is still one row. */
  readonly row: number;
  readonly cells: readonly string[];
  /** Bytes of the file that have been read by the end of this row. */
  readonly bytes: number;
}

/** Thrown where a file cannot be read as CSV from a row on; the message says what is wrong there and what to do. */
export class UnreadableFile extends Error {
  constructor(
    readonly row: number,
    message: string,
  ) {
    super(message);
    this.name = 'UnreadableFile';
  }
}

/** A row longer than this has swallowed the rows after it. */
const LONGEST_ROW_BYTES = 262_144;
const BYTES_AT_ONCE = 262_144;

/**
 * The rows of a CSV file with commas, one after the other, however long the file is; rows without any text are left out but
 * counted. Throws UnreadableFile, after the rows before it, for a quotation mark that is not closed or stands where none may,
 * and for files that are no CSV in UTF-8 at all.
 */
export async function* rowsOfFile(path: string, bytesAtOnce = BYTES_AT_ONCE): AsyncGenerator<FileRow> {
  const read: FileRow[] = [];
  let row = 0;
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: LONGEST_ROW_BYTES,
    // Rows are taken here, not from the stream, which drops those that it still holds when a later one fails.
    on_record: (cells: string[], { bytes }) => {
      row += 1;
      if (cells.some((cell) => cell.trim() !== '')) read.push({ row, cells, bytes });
      return undefined;
    },
  });
  parser.on('error', () => undefined).resume();
  try {
    for await (const chunk of refuseOtherFormats(createReadStream(path, { highWaterMark: bytesAtOnce }))) {
      await new Promise<void>((done, fail) => parser.write(chunk, (error) => (error ? fail(error) : done())));
      yield* read.splice(0);
    }
    parser.end();
    await finished(parser);
  } catch (error) {
    yield* read.splice(0);
    throw error instanceof CsvError ? new UnreadableFile(row + 1, wordsFor(error)) : error;
  }
  yield* read;
}

/** How files begin that are often taken for CSV. */
const OTHER_FORMATS: readonly { readonly begins: readonly number[]; readonly what: string }[] = [
  { begins: [0xff, 0xfe], what: 'this is "Unicode text" (UTF-16): save it as "CSV UTF-8"' },
  { begins: [0xfe, 0xff], what: 'this is "Unicode text" (UTF-16): save it as "CSV UTF-8"' },
  { begins: [0x50, 0x4b, 0x03, 0x04], what: 'this is a workbook (or another zip file), not a CSV file: open it in a spreadsheet and save it as "CSV UTF-8"' },
  { begins: [0xd0, 0xcf, 0x11, 0xe0], what: 'this is an old workbook, not a CSV file: open it in a spreadsheet and save it as "CSV UTF-8"' },
  { begins: [0x25, 0x50, 0x44, 0x46], what: 'this is a PDF file: import the spreadsheet that it was made from, saved as "CSV UTF-8"' },
];

async function* refuseOtherFormats(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = Buffer.alloc(0);
  let checked = false;
  for await (const chunk of chunks) {
    if (checked) {
      yield chunk;
      continue;
    }
    first = Buffer.concat([first, chunk]);
    if (first.length < 4) continue;
    refuseByBeginning(first);
    checked = true;
    yield first;
  }
  if (checked) return;
  refuseByBeginning(first);
  if (first.length > 0) yield first;
}

function refuseByBeginning(bytes: Buffer): void {
  const other = OTHER_FORMATS.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte));
  if (other) throw new UnreadableFile(1, other.what);
}

function wordsFor(error: CsvError): string {
  switch (error.code) {
    case 'INVALID_OPENING_QUOTE':
      return 'has a quotation mark inside a cell that does not begin with one: put the whole cell in quotation marks and double the one inside. Nothing after this row was read';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'has more text after the quotation mark that ends a cell: double the quotation marks inside the cell. Nothing after this row was read';
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'has a quotation mark that is never closed: close it, or take it away. Nothing after this row was read';
    case 'CSV_MAX_RECORD_SIZE':
      return 'does not end where a row should: look for a quotation mark that is not closed. Nothing after this row was read';
    default:
      return `cannot be read (${error.code}): save the file as "CSV UTF-8" again. Nothing after this row was read`;
  }
}
