import { type BankHolidayOutcome, ImportBankHolidays } from '@app/authorities';
import { system } from '@app/database';
import { dateInWords, SystemClock } from '@app/kernel';
import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { sizeOfFile } from '../given-file';
import { withDatabase } from '../with-database';

const LARGEST_BYTES = 5_000_000;

const HELP = `
The file is the one that GOV.UK publishes at https://www.gov.uk/bank-holidays.json, about two years ahead. Import each new one: for its
years the days to come are then as it says, and days that have passed stay as they were.`;

/** `hub calendar import FILE`: the bank holidays that deadlines are computed with. */
export function calendarCommand(program: Command): void {
  program
    .command('calendar')
    .description('The bank holidays that deadlines are computed with')
    .command('import')
    .argument('<file>', 'bank-holidays.json of GOV.UK')
    .description('Import the bank holidays of England and Wales: all of them or nothing')
    .addHelpText('after', HELP)
    .action(importBankHolidays);
}

async function importBankHolidays(file: string): Promise<void> {
  if ((await sizeOfFile(file)) > LARGEST_BYTES) throw new Error(`${file} is far too large for a file of bank holidays.`);
  const text = await readFile(file, 'utf8');
  const result = await withDatabase((transactions) => new ImportBankHolidays(transactions, new SystemClock()).run(system('import'), text));
  if (!result.ok) throw new Error(`${result.refusal.join('\n')}\nNothing was imported from ${basename(file)}.`);
  process.stdout.write(inWords(result.value));
}

function inWords({ added, removed, until }: BankHolidayOutcome): string {
  const changes = added + removed === 0 ? 'Nothing new' : [added > 0 ? `${String(added)} added` : '', removed > 0 ? `${String(removed)} taken out` : ''].filter((part) => part !== '').join(', ');
  return `${changes}. ${until === null ? 'This year is not among them.' : `Bank holidays are known until ${dateInWords(until)}.`}\n`;
}
