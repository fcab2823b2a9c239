/**
 * `npm test`: all checks and tests, with whatever they need; `npm test -- PATTERN` only the test files that match,
 * by Jest's own arguments. The last line is `N passed, N failed`; lint and types count as one each.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { startEmbeddedPostgres } from './embedded-postgres.mjs';
import { findChromium, findRedisServer, howToInstallChromium, installByApt } from './found-programs.mjs';
import { installDependencies } from './install.mjs';
import { runCommand } from './run-command.mjs';
import { ROOT, StopRequested, explain, mustRunOnThisNode, stopRequests } from './terminal.mjs';

const CORES = availableParallelism();
/** Tests that share the machine well, then browsers, then tests that watch processes, which mostly wait. */
const ROUNDS = [
  { projects: ['rules', 'integration', 'web'], workers: Math.min(4, CORES) },
  { projects: ['browser'], workers: Math.min(2, CORES) },
  { projects: ['faults'], workers: 2 },
];
/** What the person who runs the tests has set for a system of their own is no business of the tests. */
const NOT_FOR_TESTS = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'REDIS_URL', 'SMTP_URL', 'PORT', 'HOST', 'PUBLIC_URL', 'DATA_DIR', 'DEMO', 'SESSION_SECRET', 'TRUST_PROXY', 'EMBEDDED'];

const startedAt = performance.now();
const say = (text) => process.stdout.write(`[${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s] ${text}\n`);

process.exitCode = await main(process.argv.slice(2));
process.exit();

async function main(jestArguments) {
  const { signal } = stopRequests();
  const count = { passed: 0, failed: 0 };
  let server = null;
  try {
    mustRunOnThisNode();
    await installDependencies({ root: ROOT, say, signal });
    await build({ root: ROOT, say, signal });
    if (jestArguments.length === 0) await checkSources(count, signal);
    const env = await testEnvironment(count, signal);
    if (env.TEST_OWNER_URL === undefined) {
      server = await startEmbeddedPostgres({ root: ROOT, folder: join(ROOT, '.data/test-pg'), durable: false, maxConnections: 300, signal });
      env.TEST_OWNER_URL = server.url({ database: 'postgres' });
    }
    for (const { projects, workers } of ROUNDS) {
      if (projects.includes('browser') && env.CHROMIUM_PATH === undefined) continue;
      say(`Tests: ${projects.join(', ')}`);
      await runJest(['--selectProjects', ...projects, '--maxWorkers', String(workers), ...jestArguments], env, count, signal);
    }
  } catch (error) {
    count.failed += 1;
    process.stderr.write(`${error instanceof StopRequested ? `Stopped (${error.message})` : explain(error)}\n`);
  } finally {
    await server?.stop();
  }
  process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
  return count.failed === 0 ? 0 : 1;
}

async function checkSources(count, signal) {
  say('Lint and types');
  const script = (path, ...args) => runCommand(process.execPath, [join('node_modules', path), ...args], { cwd: ROOT, capture: true, signal });
  const [rules, boundaries, types] = await Promise.all([
    script('eslint/bin/eslint.js', '.', '--max-warnings', '0'),
    script('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'apps', 'libs'),
    script('typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'),
  ]);
  tally('Lint', [rules, boundaries], count);
  tally('Types', [types], count);
}

function tally(name, runs, count) {
  const failed = runs.filter(({ code }) => code !== 0);
  count[failed.length === 0 ? 'passed' : 'failed'] += 1;
  say(`${name}: ${failed.length === 0 ? 'passed' : 'failed'}`);
  for (const { output } of failed) process.stdout.write(output);
}

/** Without a Chromium the browser tests count as one failure that says how to get it. */
async function testEnvironment(count, signal) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_FOR_TESTS.includes(name)));
  env.NODE_ENV = 'test';
  let chromium = findChromium();
  if (chromium === null && (await installByApt('chromium', { say, signal }))) chromium = findChromium();
  if (chromium === null) {
    count.failed += 1;
    say(`Browser tests need a Chromium, and there is none. Install it with: ${howToInstallChromium()}`);
  } else {
    env.CHROMIUM_PATH = chromium;
  }
  const redis = findRedisServer();
  if (redis === null) say('No redis-server here: the jobs are tested on PostgreSQL alone');
  else env.REDIS_SERVER = redis;
  return env;
}

async function runJest(args, env, count, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'test-results-'));
  const results = join(folder, 'results.json');
  try {
    const jest = ['node_modules/jest/bin/jest.js', '--ci', '--passWithNoTests', '--json', '--outputFile', results];
    const { code } = await runCommand(process.execPath, [...jest, ...args], { cwd: ROOT, env, inherit: true, signal });
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    count.passed += numPassedTests;
    count.failed += failed > 0 || code === 0 ? failed : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
