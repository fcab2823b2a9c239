import { AUTHORITY_CODES, AUTHORITY_NAMES, ImportPostcodes, type PostcodeOutcome } from '@app/authorities';
import { system } from '@app/database';
import { SystemClock } from '@app/kernel';
import { rowsOfFile } from '@app/spreadsheets';
import type { Command } from 'commander';
import { basename } from 'node:path';
import { sizeOfFile } from '../given-file';
import { ProgressBar } from '../progress-bar';
import { withDatabase } from '../with-database';

const HELP = `
The file is an ONS Postcode Directory (ONSPD) or National Statistics Postcode Lookup (NSPL) in CSV, as the Office for National
Statistics publishes it every quarter. Import a newer one over an older one; what is the same stays untouched.
samples/onspd.csv is a small made-up one in the same format.`;

/** `hub postcodes import FILE`: which council a postcode belongs to. */
export function postcodesCommand(program: Command): void {
  program
    .command('postcodes')
    .description('Which council a postcode belongs to')
    .command('import')
    .argument('<file>', 'the ONSPD or NSPL file, as CSV')
    .description('Import postcodes from an ONSPD or NSPL file: all of it or nothing')
    .addHelpText('after', HELP)
    .action(importPostcodes);
}

async function importPostcodes(file: string): Promise<void> {
  const size = await sizeOfFile(file);
  const bar = new ProgressBar();
  try {
    const result = await withDatabase((transactions) =>
      new ImportPostcodes(transactions, new SystemClock()).run(system('import'), {
        rows: rowsOfFile(file),
        onMistake: (row, what) => bar.say(`row ${String(row)}: ${what}`),
        onProgress: (bytes) => bar.show('Importing', bytes, size),
      }),
    );
    bar.end();
    if (!result.ok) throw new Error(`Nothing was imported from ${basename(file)}.`);
    process.stdout.write(inWords(result.value));
  } finally {
    bar.end();
  }
}

function inWords({ read, changed, inUse, terminated }: PostcodeOutcome): string {
  const councils = AUTHORITY_CODES.map((code) => `${AUTHORITY_NAMES[code]} ${String(inUse[code] ?? 0)}`);
  return `${String(read)} postcodes read, ${String(changed)} of them new or changed\nIn use now: ${councils.join(', ')}, outside the hub ${String(inUse.unrouted ?? 0)}; no longer in use: ${String(terminated)}\n`;
}
