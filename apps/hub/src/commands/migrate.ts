import { migrate } from '@app/database';
import { migrateQueue } from '@app/jobs';
import type { Command } from 'commander';

/** `hub migrate`: brings the database up to date, as its owner. */
export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database up to date (as DATABASE_OWNER_URL, else DATABASE_URL)')
    .action(async () => {
      const applicationUrl = process.env['DATABASE_URL'];
      if (!applicationUrl) throw new Error('DATABASE_URL is missing: name the database to migrate.');
      const ran = await migrate(process.env['DATABASE_OWNER_URL'] ?? applicationUrl, applicationUrl, migrateQueue);
      process.stdout.write(ran.length === 0 ? 'Nothing to do: the database is up to date.\n' : `${ran.map((name) => name.replace(/\d+$/, '')).join('\n')}\n`);
    });
}
