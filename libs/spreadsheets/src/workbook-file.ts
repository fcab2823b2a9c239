import { csvFile } from './csv-workbook';
import { odsFile } from './ods';
import type { Workbook } from './workbook';
import { xlsxFile } from './xlsx';

/** The formats in which a table leaves the hub. */
export const FILE_FORMATS = {
  csv: { name: 'CSV', type: 'text/csv; charset=utf-8', make: csvFile },
  xlsx: { name: 'Excel (XLSX)', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', make: xlsxFile },
  ods: { name: 'OpenDocument (ODS)', type: 'application/vnd.oasis.opendocument.spreadsheet', make: odsFile },
} as const;
export type FileFormat = keyof typeof FILE_FORMATS;

/** A workbook as the bytes of a file. CSV holds the first sheet only. */
export function workbookFile(workbook: Workbook, format: FileFormat): Buffer {
  return FILE_FORMATS[format].make(workbook);
}
