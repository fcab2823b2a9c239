import { type InvitationRefusal, InviteStaff, isRole, reachInWords, type Role, ROLES } from '@app/access';
import { AUTHORITY_CODES, isCouncil } from '@app/authorities';
import { system } from '@app/database';
import { SystemClock } from '@app/kernel';
import { publicUrlOf } from '@app/settings';
import type { Command } from 'commander';
import { withDatabase } from '../with-database';

interface CreateOptions {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly authority?: string;
}

/** `hub users create`: the first administrator, and anybody else. */
export function usersCommand(program: Command): void {
  program
    .command('users')
    .description('Staff and their sign-ins')
    .command('create')
    .description('Give somebody a sign-in: prints a link that works once, for a week, to choose a password')
    .requiredOption('--email <email>', 'their address, with which they sign in')
    .requiredOption('--name <name>', 'their name, as colleagues know it')
    .requiredOption('--role <role>', `one of: ${ROLES.join(', ')}`)
    .option('--authority <authority>', `${AUTHORITY_CODES.join(', ')}; left out for a role for the whole hub`)
    .action(createUser);
}

async function createUser({ email, name, role, authority = '' }: CreateOptions): Promise<void> {
  if (!isRole(role)) throw new Error(`--role: "${role}" is no role. The roles are ${ROLES.join(', ')}.`);
  if (authority !== '' && !isCouncil(authority)) throw new Error(`--authority: "${authority}" is none of the councils ${AUTHORITY_CODES.join(', ')}.`);
  const council = isCouncil(authority) ? authority : null;
  const invited = await withDatabase((transactions) =>
    new InviteStaff(transactions, new SystemClock(), { publicUrl: publicUrlOf(process.env) }).run(system('command'), { email, name, role, authority: council }),
  );
  if (!invited.ok) throw new Error(inWords(invited.refusal, email, role));
  process.stdout.write(`${invited.value.link}\n`);
  process.stderr.write(`${name} can choose a password there, once, within a week. The link was queued as mail to ${email} too.\n`);
}

function inWords(refusal: InvitationRefusal, email: string, role: Role): string {
  switch (refusal) {
    case 'not_an_email':
      return `--email: "${email}" is not an address of mail.`;
    case 'no_name':
      return '--name: say the name.';
    case 'wrong_reach':
      return `--authority: ${reachInWords(role)}.`;
    case 'known_already':
      return `${email} has a sign-in already. An administrator can give it further roles.`;
  }
}
