import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataSourceOptions, Transactions } from '@app/database';
import { type DemonstrationSignIn, loadDemonstration, type LoadRefusal, newSignIns, USUAL_HOUSEHOLDS, USUAL_SEED } from '@app/demo';
import { SystemClock } from '@app/kernel';
import { type Command, InvalidArgumentError } from 'commander';
import { DataSource } from 'typeorm';
import { ProgressBar } from '../progress-bar';

interface LoadOptions {
  readonly households: number;
  readonly seed: number;
}

/** Stories that are lived at once: enough to keep two cores busy. */
const AT_ONCE = 3;
/** A key of our own: one load at a time. */
const LOAD_LOCK = 7_201_525;
const SAY_EVERY_MS = 2_000;
const MOST_HOUSEHOLDS = 20_000;

const HELP = `
The last whole financial year and this one so far, lived by made-up families through the system itself, up to this minute.
Who can sign in is kept in DATA_DIR/demo-users.json. A load that was interrupted is gone on with by the same command.`;

const REFUSALS: Readonly<Record<LoadRefusal, string>> = {
  has_real_families: 'There are families here that are not made up: the demonstration is only loaded beside nobody. Use another database.',
  another_demonstration: 'Another demonstration is here already, of other numbers: begin with an empty database.',
};

/** `hub demo load`: fills an empty hub with made-up families. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('The demonstration: a made-up hub')
    .command('load')
    .description('Load the demonstration into an empty hub')
    .option('--households <number>', 'enquiries of a year', wholeNumber(1, MOST_HOUSEHOLDS), USUAL_HOUSEHOLDS)
    .option('--seed <number>', 'what the dice start from: the same number makes the same year', wholeNumber(0, 2_147_483_647), USUAL_SEED)
    .addHelpText('after', HELP)
    .action(loadDemo);
}

async function loadDemo({ households, seed }: LoadOptions): Promise<void> {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('DATABASE_URL is missing: name the database to work on.');
  const file = join(process.env['DATA_DIR'] ?? '.data', 'demo-users.json');
  const source = await new DataSource(dataSourceOptions(url, AT_ONCE + 2)).initialize();
  const bar = new ProgressBar();
  try {
    const outcome = await alone(source, async () =>
      loadDemonstration(new Transactions(source), new SystemClock(), {
        households,
        seed,
        signIns: await signInsIn(file),
        publicUrl: publicUrl(),
        dataDir: process.env['DATA_DIR'] ?? '.data',
        atOnce: AT_ONCE,
        onProgress: progressOn(bar),
      }),
    );
    bar.end();
    if (!outcome.ok) throw new Error(REFUSALS[outcome.refusal]);
    for (const refused of outcome.value.refused) bar.say(refused);
    process.stdout.write(`${outcome.value.already ? 'The demonstration is here already' : `The demonstration is loaded: ${String(outcome.value.stories)} families`}\nWho can sign in: ${file}\n`);
  } finally {
    bar.end();
    await source.destroy();
  }
}

/** Does the work while no other process does; refuses, in words, when one is at it. */
async function alone<T>(source: DataSource, work: () => Promise<T>): Promise<T> {
  const holder = source.createQueryRunner();
  try {
    const [lock] = (await holder.query('SELECT pg_try_advisory_lock($1) AS taken', [LOAD_LOCK])) as { taken: boolean }[];
    if (!lock?.taken) throw new Error('The demonstration is being loaded by another process already.');
    const result = await work();
    await holder.query('SELECT pg_advisory_unlock($1)', [LOAD_LOCK]);
    return result;
  } finally {
    await holder.release();
  }
}

/** The sign-ins of this data folder; made, and readable by their owner only, where there are none. Whole or not at all: others wait for the file. */
async function signInsIn(file: string): Promise<readonly DemonstrationSignIn[]> {
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as DemonstrationSignIn[];
  const signIns = newSignIns();
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return signIns;
}

/** A bar on a terminal; a line now and then where there is none. */
function progressOn(bar: ProgressBar): (done: number, total: number) => void {
  let saidAt = 0;
  return (done, total) => {
    bar.show('Living', done, total);
    if (process.stderr.isTTY || (done < total && performance.now() - saidAt < SAY_EVERY_MS)) return;
    saidAt = performance.now();
    bar.say(`${String(done)} of ${String(total)} families`);
  };
}

/** Where links in alerts lead, as the settings would have it. */
function publicUrl(): string {
  const { PUBLIC_URL, HOST, PORT } = process.env;
  return (PUBLIC_URL ?? `http://${HOST ?? '127.0.0.1'}:${PORT ?? '3000'}`).replace(/\/+$/, '');
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,10}$/.test(text) || Number(text) < least || Number(text) > most) throw new InvalidArgumentError(`Give a whole number from ${String(least)} to ${String(most)}.`);
    return Number(text);
  };
}
