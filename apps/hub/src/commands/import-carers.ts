import { ImportCarers } from '@app/carers';
import { system } from '@app/database';
import { mistakeInWords, RejectedRows } from '@app/journeys';
import { SystemClock } from '@app/kernel';
import { rowsOfFile } from '@app/spreadsheets';
import type { Command } from 'commander';
import { basename } from 'node:path';
import { sizeOfFile } from '../given-file';
import { withDatabase } from '../with-database';

const HELP = `
The file is a CSV file in UTF-8 with commas, one row a household that was approved before the register began, the first row
naming the columns: reference, authority, kind (foster, kinship), first_name, last_name, second_first_name, second_last_name,
email, phone, town, approved_on, agreement_on, beds, children, age_from, age_to, care (several with semicolons), above_limit
(siblings), last_review_on, supervisor (an email address), left_on, left_by, left_reason. Every row is checked before anything
is written, and with any mistake nothing is. Importing a file again changes nothing.`;

/** `hub import carers FILE`: the households that were approved before the hub. */
export function importCarersCommand(importing: Command): void {
  importing
    .command('carers')
    .argument('<file>', 'the list of approved households, as CSV')
    .description('Import approved carers from a CSV file: all of it or nothing')
    .option('--dry-run', 'only check the file, and say what would be imported')
    .option('--skip-invalid', 'import the good rows; the others are written beside the file, with their reasons, as FILE.rejected.csv')
    .addHelpText('after', HELP)
    .action(importCarers);
}

async function importCarers(file: string, { dryRun = false, skipInvalid = false }: { readonly dryRun?: boolean; readonly skipInvalid?: boolean }): Promise<void> {
  await sizeOfFile(file);
  const rejected = new RejectedRows(`${file}.rejected.csv`);
  const keepsRejected = skipInvalid && !dryRun;
  try {
    const result = await withDatabase((transactions) =>
      new ImportCarers(transactions, new SystemClock()).run(system('import'), {
        rows: rowsOfFile(file),
        dryRun,
        skipInvalid,
        onMistake: (row, mistake) => void process.stderr.write(`${mistakeInWords(row, mistake)}\n`),
        ...(keepsRejected ? { onRejected: (row, mistakes) => rejected.add(row, mistakes) } : {}),
      }),
    );
    if (!result.ok) throw new Error(`Nothing was imported: ${counted(result.refusal.mistakes, 'mistake')} in ${basename(file)}.`);
    const leftOut = await rejected.keep();
    const { imported, unchanged, rejected: left } = result.value;
    const lines = [
      `${counted(imported, 'household')} ${dryRun ? 'would be imported' : 'imported'}`,
      ...(unchanged > 0 ? [`${counted(unchanged, 'row')} unchanged since an earlier import`] : []),
      ...(left > 0 ? [`${counted(left, 'row')} ${dryRun ? 'would be left out' : 'left out'}${leftOut ? `: see ${rejected.path}` : ''}`] : []),
      ...(dryRun ? ['Nothing was written: this was a dry run'] : []),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    rejected.discard();
  }
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;
