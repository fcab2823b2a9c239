import { Command, CommanderError } from 'commander';
import { calendarCommand } from './commands/calendar';
import { demoCommand } from './commands/demo';
import { importCommand } from './commands/import';
import { migrateCommand } from './commands/migrate';
import { postcodesCommand } from './commands/postcodes';
import { reportCommand } from './commands/report';
import { usersCommand } from './commands/users';

/** What the command line answers with: 0 done, 1 refused (bad input, with the reason), 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

const COMMANDS = [migrateCommand, importCommand, postcodesCommand, calendarCommand, reportCommand, usersCommand, demoCommand];

/** Runs one command, given as the words that a person types after `hub`. Results go to standard output, messages to standard error. */
export async function runHub(words: readonly string[]): Promise<ExitCode> {
  const program = new Command('hub')
    .description('The command line of the recruitment hub. Results go to standard output, messages to standard error.')
    .exitOverride()
    .showHelpAfterError('Add --help to see how a command is used.');
  for (const add of COMMANDS) add(program);
  try {
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
