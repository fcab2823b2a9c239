export { csvLine } from './csv-line';
export { type FileRow, rowsOfFile, UnreadableFile } from './csv-rows';
export { csvCell, csvFile } from './csv-workbook';
export { odsFile } from './ods';
export { type Cell, type Column, EMPTY, type Sheet, text, type Workbook } from './workbook';
export { FILE_FORMATS, type FileFormat, workbookFile } from './workbook-file';
export { xlsxFile } from './xlsx';
