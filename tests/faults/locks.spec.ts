import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startCommand } from '../support/started-system';

const LOCKS = resolve(__dirname, '../../tools/lock-file.mjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'locks-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const script = (text: string) => startCommand(process.execPath, ['--input-type=module', '--eval', text], { FOLDER: folder });

/** Reads a number, waits and writes the next: two at once would lose a step. */
const count = (steps: number) => `
  import { readFileSync, writeFileSync } from 'node:fs';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { withLock } from '${LOCKS}';
  const file = process.env.FOLDER + '/count';
  for (let step = 0; step < ${String(steps)}; step++) {
    await withLock(process.env.FOLDER + '/lock', async () => {
      const number = Number(readFileSync(file, 'utf8'));
      await sleep(2);
      writeFileSync(file, String(number + 1));
    });
  }`;

it('one at a time does what a lock guards, also when a killed holder left it', async () => {
  const killed = script(`
    import { tryLock } from '${LOCKS}';
    tryLock(process.env.FOLDER + '/lock').note({ children: [] });
    process.kill(process.pid, 'SIGKILL');`);
  expect(await killed.ended).toBe('SIGKILL');
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toContain('"children":[]');

  writeFileSync(join(folder, 'count'), '0');
  const counters = Array.from({ length: 4 }, () => script(count(5)));
  for (const counter of counters) expect(await counter.ended).toBe(0);
  expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('20');
});

it('a number that another process has now does not keep a lock', async () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, identity: 'started long ago' }));
  writeFileSync(join(folder, 'count'), '0');
  expect(await script(count(1)).ended).toBe(0);
});

it('a lock that is held names its holder', async () => {
  const holding = script(`
    import { tryLock } from '${LOCKS}';
    tryLock(process.env.FOLDER + '/lock');
    console.log('held');
    setTimeout(() => {}, 60_000);`);
  await holding.says('held');
  const second = script(`
    import { tryLock } from '${LOCKS}';
    console.log(tryLock(process.env.FOLDER + '/lock').holder.pid);`);
  await second.says(String(holding.child.pid));
  holding.child.kill('SIGKILL');
  await holding.ended;
});
