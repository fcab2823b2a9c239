/** Compiles apps and libs into dist/, and builds the assets, when their sources changed since the last time. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withLock } from './lock-file.mjs';
import { Refusal, runCommand } from './run-command.mjs';

const SOURCES = ['apps', 'libs'];
const TOOLCHAIN = ['package-lock.json', '.swcrc', 'tools/build.mjs'];
const ASSETS = ['apps/web/styles', 'apps/web/assets'];
/** Files that belong to the sources only: tests, what the assets are built from, and prose. */
const NOT_SHIPPED = /\.spec\.ts$|\.md$|^apps\/web\/(styles|assets)\//;

/** All files under the given files and folders of `root`, as sorted paths relative to it. */
export function filesUnder(root, paths) {
  const walk = (path) => readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(`${path}/${entry.name}`) : [`${path}/${entry.name}`]));
  return paths.filter((path) => existsSync(join(root, path))).flatMap((path) => (statSync(join(root, path)).isFile() ? [path] : walk(path))).sort();
}

/** One hash over the names and contents of the files. */
export function hashOf(root, files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(join(root, file))).update('\0');
  return hash.digest('hex');
}

/** Builds what is out of date; two at once take turns. Answers whether anything had to be built. */
export async function build({ root, say, signal }) {
  const record = join(root, 'dist/.built.json');
  if (outOfDate(root, record).length === 0) return false;
  const onWait = ({ pid }) => say(`Waiting for another build (process ${pid})`);
  return withLock(join(root, '.data/locks/build'), async () => {
    const due = outOfDate(root, record);
    for (const { name, hash, make } of due) {
      say(`Building the ${name}`);
      // Forgotten first: what is interrupted half-way is built again.
      remember(record, name, null);
      await make(root, signal);
      remember(record, name, hash);
    }
    return due.length > 0;
  }, { onWait, signal });
}

function outOfDate(root, record) {
  const built = readRecord(record);
  const parts = [{ name: 'programs', hash: hashOf(root, [...shippedSources(root), ...TOOLCHAIN]), make: buildPrograms }];
  if (existsSync(join(root, 'tools/assets.mjs'))) parts.push({ name: 'assets', hash: hashOf(root, filesUnder(root, [...ASSETS, 'tools/assets.mjs', 'package-lock.json'])), make: makeAssets });
  return parts.filter(({ name, hash }) => built[name] !== hash);
}

function shippedSources(root) {
  return filesUnder(root, SOURCES).filter((file) => !NOT_SHIPPED.test(file));
}

async function buildPrograms(root, signal) {
  const swc = ['node_modules/@swc/cli/bin/swc.js', ...SOURCES, '--out-dir', 'dist', '--quiet', '--ignore', '**/*.spec.ts'];
  const { code, output } = await runCommand(process.execPath, swc, { cwd: root, capture: true, signal });
  if (code !== 0) throw new Refusal(`The build failed.\n${output.trim()}`);
  const sources = shippedSources(root);
  for (const file of sources) if (!file.endsWith('.ts')) copyInto(root, file);
  removeLeftovers(root, sources);
}

/** Templates, seeds and samples lie beside the compiled code as they lie beside the sources. */
function copyInto(root, file) {
  const target = join(root, 'dist', file);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(root, file), target);
}

/** A module that was deleted or renamed must not live on in dist/. */
function removeLeftovers(root, sources) {
  const expected = new Set(sources.flatMap((file) => (file.endsWith('.ts') ? [file.replace(/\.ts$/, '.js'), file.replace(/\.ts$/, '.js.map')] : [file])));
  for (const file of filesUnder(join(root, 'dist'), SOURCES)) if (!expected.has(file)) rmSync(join(root, 'dist', file));
}

async function makeAssets(root) {
  const { buildAssets } = await import(pathToFileURL(join(root, 'tools/assets.mjs')).href);
  await buildAssets(root);
}

function readRecord(record) {
  try {
    return JSON.parse(readFileSync(record, 'utf8'));
  } catch {
    return {};
  }
}

function remember(record, name, hash) {
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, JSON.stringify({ ...readRecord(record), [name]: hash }));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const say = (text) => process.stderr.write(`${text}\n`);
  const built = await build({ root, say }).catch((error) => {
    say(error instanceof Refusal ? error.message : error.stack);
    process.exit(1);
  });
  if (!built) say('Nothing changed since the last build');
}
