import { Command, CommanderError } from 'commander';
import { importCommand } from './commands/import';
import { migrateCommand } from './commands/migrate';
import { postcodesCommand } from './commands/postcodes';
import { reportCommand } from './commands/report';
import { usersCommand } from './commands/users';

/** What the command line answers with: 0 done, 1 refused (bad input, with the reason), 2 wrong usage. */
const WRONG_USAGE = 2;
const REFUSED = 1;

const program = new Command('hub')
  .description('The command line of the recruitment hub. Results go to standard output, messages to standard error.')
  .exitOverride()
  .showHelpAfterError('Add --help to see how a command is used.');

for (const add of [migrateCommand, importCommand, postcodesCommand, reportCommand, usersCommand]) add(program);

async function main(): Promise<number> {
  try {
    await program.parseAsync(process.argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return REFUSED;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
