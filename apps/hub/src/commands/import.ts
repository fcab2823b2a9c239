import { AUTHORITY_NAMES, REPORTED_AUTHORITIES } from '@app/authorities';
import { system } from '@app/database';
import { SystemClock } from '@app/kernel';
import { ImportJourneys, type ImportOutcome, type ImportProgress, mistakeInWords, RejectedRows } from '@app/journeys';
import { rowsOfFile } from '@app/spreadsheets';
import type { Command } from 'commander';
import { basename } from 'node:path';
import { sizeOfFile } from '../given-file';
import { ProgressBar } from '../progress-bar';
import { withDatabase } from '../with-database';
import { importCarersCommand } from './import-carers';

interface ImportOptions {
  readonly dryRun?: boolean;
  readonly skipInvalid?: boolean;
}

const HELP = `
The file is a CSV file in UTF-8 with commas, one row a household, the first row naming the columns. README lists them;
samples/journeys.csv is an example. Every row is checked before anything is written, and with any mistake nothing is.
Importing a file again changes nothing: rows that are there already are compared with what was imported.`;

/** `hub import journeys FILE`: a hub starts with its own list. */
export function importCommand(program: Command): void {
  const importing = program.command('import').description('Take in what the hub has kept elsewhere');
  importCarersCommand(importing);
  importing
    .command('journeys')
    .argument('<file>', 'the list of journeys, as CSV')
    .description('Import journeys from a CSV file: all of it or nothing')
    .option('--dry-run', 'only check the file, and say what would be imported')
    .option('--skip-invalid', 'import the good rows; the others are written beside the file, with their reasons, as FILE.rejected.csv')
    .addHelpText('after', HELP)
    .action(importJourneys);
}

/** The database undoes an import that is stopped; the file of rejected rows is ours to take away. */
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function importJourneys(file: string, { dryRun = false, skipInvalid = false }: ImportOptions): Promise<void> {
  const size = await sizeOfFile(file);
  const bar = new ProgressBar();
  const rejected = new RejectedRows(`${file}.rejected.csv`);
  const keepsRejected = skipInvalid && !dryRun;
  const stop = (signal: NodeJS.Signals): void => {
    rejected.discard();
    process.kill(process.pid, signal);
  };
  for (const signal of STOPS) process.once(signal, stop);
  try {
    const result = await withDatabase((transactions) =>
      new ImportJourneys(transactions, new SystemClock()).run(system('import'), {
        rows: rowsOfFile(file),
        dryRun,
        skipInvalid,
        onMistake: (row, mistake) => bar.say(mistakeInWords(row, mistake)),
        onProgress: (progress) => show(bar, progress, size),
        ...(keepsRejected ? { onRejected: (row, mistakes) => rejected.add(row, mistakes) } : {}),
      }),
    );
    bar.end();
    if (!result.ok) throw new Error(`Nothing was imported: ${counted(result.refusal.mistakes, 'mistake')} in ${basename(file)}.`);
    const leftOut = await rejected.keep();
    const { unknownPostcodes } = result.value;
    if (unknownPostcodes > 0) bar.say(`${counted(unknownPostcodes, 'postcode')} not known here, so an officer has to route by hand: import a postcode file before the journeys (hub postcodes import).`);
    process.stdout.write(inWords(result.value, dryRun, leftOut ? rejected.path : null));
  } finally {
    bar.end();
    rejected.discard();
    for (const signal of STOPS) process.off(signal, stop);
  }
}

function show(bar: ProgressBar, progress: ImportProgress, size: number): void {
  if (progress.phase === 'checking') bar.show('Checking', progress.bytes, size);
  if (progress.phase === 'writing') bar.show('Importing', progress.journeys, progress.of);
  if (progress.phase === 'waiting') bar.say('Another import is at work: this one waits until it has finished.');
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;

function inWords({ imported, unchanged, rejected, byAuthority }: ImportOutcome, dryRun: boolean, rejectedFile: string | null): string {
  const where = REPORTED_AUTHORITIES.filter((code) => byAuthority[code]).map((code) => `${AUTHORITY_NAMES[code]} ${String(byAuthority[code])}`);
  const lines = [
    `${counted(imported, 'journey')} ${dryRun ? 'would be imported' : 'imported'}${where.length > 0 ? ` (${where.join(', ')})` : ''}`,
    ...(unchanged > 0 ? [`${counted(unchanged, 'row')} unchanged since an earlier import`] : []),
    ...(rejected > 0 ? [`${counted(rejected, 'row')} ${dryRun ? 'would be left out' : 'left out'}${rejectedFile === null ? '' : `: see ${rejectedFile}`}`] : []),
    ...(dryRun ? ['Nothing was written: this was a dry run'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
