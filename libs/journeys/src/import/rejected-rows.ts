import { csvLine, type FileRow } from '@app/spreadsheets';
import { rmSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { type CellMistake, mistakeInWords } from './rules/columns';

/** So that spreadsheets take the file for UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The rows that an import left out, as they were, each with its reasons in a first column. They name people: only who
 * imports can read the file. It comes to be under its name when it is kept; one that was there from before is replaced.
 */
export class RejectedRows {
  private file: FileHandle | null = null;
  private header: readonly string[] = [];

  constructor(readonly path: string) {}

  private get unfinished(): string {
    return `${this.path}.part`;
  }

  /** Takes the header (a row without mistakes), then one row after the other. */
  async add(row: FileRow, mistakes: readonly CellMistake[]): Promise<void> {
    if (mistakes.length === 0) {
      this.header = row.cells;
      return;
    }
    this.file ??= await this.begin();
    await this.file.write(csvLine([mistakes.map((mistake) => mistakeInWords(row.row, mistake)).join('\n'), ...row.cells]));
  }

  private async begin(): Promise<FileHandle> {
    const file = await open(this.unfinished, 'w', 0o600).catch((error: unknown) => {
      throw new Error(`The rows that are left out cannot be written beside the file, so nothing was imported: ${String(error)}`);
    });
    await file.write(BYTE_ORDER_MARK + csvLine(['reason', ...this.header]));
    return file;
  }

  /** Says whether there were any. */
  async keep(): Promise<boolean> {
    if (!this.file) return false;
    await this.file.close();
    await rename(this.unfinished, this.path);
    this.file = null;
    return true;
  }

  /** Leaves nothing behind, nor anything to wait for: also for a process that is about to end. */
  discard(): void {
    if (!this.file) return;
    rmSync(this.unfinished, { force: true });
    void this.file.close();
    this.file = null;
  }
}
