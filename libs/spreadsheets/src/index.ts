export { csvLine } from './csv-line';
export { type FileRow, rowsOfFile, UnreadableFile } from './csv-rows';
