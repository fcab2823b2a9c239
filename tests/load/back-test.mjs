/**
 * Forecasts a thousand simulated hubs whose end is known, on every core, and tells how often the ranges held what then came.
 * Fixed seeds: the same hubs each time. Needs the build. `node tests/load/back-test.mjs [--hubs N] [--draws N]` prints it and
 * exits 1 unless the 95 % range holds 93 to 97 of 100; `npm run bench -- forecast` builds first. `--write` keeps what was
 * found where the page of the forecast quotes it, if it was enough hubs and the range holds.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const THIS_FILE = fileURLToPath(import.meta.url);
const require = createRequire(THIS_FILE);
const { backTestOf, DRAWS_OF_THE_FIRST, LAST_BACK_TEST, testedForecasts } = require(join(import.meta.dirname, '../../dist/libs/reports/src'));

const KEPT = join(import.meta.dirname, '../../libs/reports/src/rules/forecast/last-back-test.ts');

const HUBS = 1_000;
const DRAWS = 1_000;
const HUBS_AT_ONCE = 10;
/** How often a range that should hold 95 of 100 may hold. */
const HOLDS = { least: 0.93, most: 0.97 };

if (isMainThread) {
  if (process.argv[1] === THIS_FILE) process.exitCode = await askedOnTheTerminal();
} else {
  parentPort.on('message', ({ hubs, draws, firstSeed }) => parentPort.postMessage(testedForecasts(hubs, draws, firstSeed)));
}

async function askedOnTheTerminal() {
  const { values } = parseArgs({ options: { hubs: { type: 'string' }, draws: { type: 'string' }, write: { type: 'boolean', default: false } } });
  return benchForecast({ hubs: Number(values.hubs ?? HUBS), draws: Number(values.draws ?? DRAWS), write: values.write, say: (text) => process.stderr.write(`${text}\n`) });
}

/** Runs the back-test, prints what it found, and gives the exit code. */
export async function benchForecast({ hubs = HUBS, draws = DRAWS, write = false, say }) {
  const startedAt = performance.now();
  const result = backTestOf(await onEveryCore(hubs, draws, say));
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  process.stdout.write(`
Forecasts of ${result.hubs.toLocaleString('en-GB')} simulated hubs, ${draws.toLocaleString('en-GB')} draws each, in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s
The 95 % range held what then came   ${percent(result.held95)}
The 80 % range held what then came   ${percent(result.held80)}
Median error of the middle           ${percent(result.medianError)} of what came
Median bias                          ${percent(result.medianBias)}
`);
  const holds = result.held95 >= HOLDS.least && result.held95 <= HOLDS.most;
  process.stdout.write(holds ? 'The ranges hold as often as they say.\n' : `The 95 % range should hold ${percent(HOLDS.least)} to ${percent(HOLDS.most)}.\n`);
  if (write && holds && hubs >= HUBS) keep(result, draws);
  return holds ? 0 : 1;
}

/** Writes the figures, to three decimals, over those of the last time. */
function keep({ hubs, held80, held95, medianError, medianBias }, draws) {
  const to = (decimals) => (value) => Number(value.toFixed(decimals));
  const [share, mean] = [to(3), to(6)];
  const first = testedForecasts(LAST_BACK_TEST.expectedOfTheFirst.length, DRAWS_OF_THE_FIRST, 1).map(({ forecast }) => mean(forecast.mean));
  const found = { hubs, draws, held80: share(held80), held95: share(held95), medianError: share(medianError), medianBias: share(medianBias), expectedOfTheFirst: `[${first.join(', ')}]` };
  const written = Object.entries(found).map(([name, value]) => `  ${name}: ${value},\n`).join('');
  writeFileSync(KEPT, readFileSync(KEPT, 'utf8').replace(/(LAST_BACK_TEST: KeptBackTest = \{\n)[^}]*/, (_, opening) => `${opening}${written}`));
}

/** Shares the hubs out over the cores, a few at a time. */
async function onEveryCore(hubs, draws, say) {
  const tested = [];
  let [next, told] = [0, 0];
  const lane = async () => {
    const worker = new Worker(THIS_FILE, { workerData });
    try {
      while (next < hubs) {
        const firstSeed = next + 1;
        const some = Math.min(HUBS_AT_ONCE, hubs - next);
        next += some;
        const done = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
        worker.postMessage({ hubs: some, draws, firstSeed });
        tested.push(...(await done));
        if (tested.length - told >= 100) say(`Forecast ${(told = tested.length)} of ${hubs} simulated hubs`);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), Math.ceil(hubs / HUBS_AT_ONCE)) }, lane));
  return tested;
}
