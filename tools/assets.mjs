/**
 * Builds what a browser loads besides pages: the style sheet, the typeface, the scripts and the drawings.
 * Every file is named after its content (`main-3f9a2c41.css`), so that it may be cached for ever; `manifest.json`
 * maps the plain name to the address. Run by the build, or by hand: `node tools/assets.mjs`.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ADDRESS = '/assets/';
const KEEP_OLD_FILES_HOURS = 24;

const TYPEFACE = 'node_modules/@fontsource/atkinson-hyperlegible-next';
const WEIGHTS = ['400', '700'];
const SUBSETS = ['latin', 'latin-ext'];

/**
 * Builds everything into `root`/dist/assets and answers the manifest (plain name → address).
 * A server that is running on the previous build keeps finding its files: old ones go after a day.
 */
export async function buildAssets(root) {
  const folder = join(root, 'dist', 'assets');
  await mkdir(folder, { recursive: true });
  const output = { folder, manifest: {} };

  await emitTypeface(root, output);
  await emitDrawings(root, output);
  await emitScripts(root, output);
  await emitStyles(root, output);

  await writeWhole(join(folder, 'manifest.json'), `${JSON.stringify(output.manifest, null, 2)}\n`);
  await dropOldFiles(output);
  return output.manifest;
}

async function emitTypeface(root, output) {
  for (const subset of SUBSETS) {
    for (const weight of WEIGHTS) {
      const name = `atkinson-hyperlegible-next-${subset}-${weight}-normal.woff2`;
      await emit(output, name, await readFile(join(root, TYPEFACE, 'files', name)));
    }
  }
  // The SIL Open Font License asks to travel with the files.
  await emit(output, 'atkinson-hyperlegible-next-licence.txt', await readFile(join(root, TYPEFACE, 'LICENSE')));
}

async function emitDrawings(root, output) {
  const folder = join(root, 'apps/web/assets/images');
  for (const name of (await readdir(folder)).sort()) await emit(output, name, await readFile(join(folder, name)));
}

/** GOV.UK Frontend's module first: the hub's own scripts import it under its hashed name. */
async function emitScripts(root, output) {
  const frontend = await readFile(join(root, 'node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js'), 'utf8');
  const withoutMap = frontend.replace(/\/\/# sourceMappingURL=.*$/m, '').trimEnd();
  const notice = '/*! GOV.UK Frontend, MIT License, (c) Crown Copyright (Government Digital Service) */\n';
  await emit(output, 'govuk-frontend.js', `${notice}${withoutMap}\n`);

  const folder = join(root, 'apps/web/assets');
  const names = (await readdir(folder)).filter((name) => extname(name) === '.js').sort();
  const waiting = new Map();
  for (const name of names) waiting.set(name, await readFile(join(folder, name), 'utf8'));
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, text]) => importsOf(text).every((name) => !waiting.has(name)));
    if (ready.length === 0) throw new Error(`Scripts import each other in a circle: ${[...waiting.keys()].join(', ')}`);
    for (const [name, text] of ready) {
      waiting.delete(name);
      await emit(output, name, withHashedImports(name, text, output.manifest));
    }
  }
}

function importsOf(text) {
  return [...text.matchAll(/from '\.\/([\w.-]+)'/g)].map((match) => match[1]);
}

function withHashedImports(script, text, manifest) {
  return text.replace(/from '\.\/([\w.-]+)'/g, (_, name) => {
    const address = manifest[name];
    if (address === undefined) throw new Error(`${script} imports ${name}, which is not among the scripts`);
    return `from './${basename(address)}'`;
  });
}

async function emitStyles(root, output) {
  const sass = await import('sass');
  const { css } = sass.compile(join(root, 'apps/web/styles/main.scss'), {
    style: 'compressed',
    charset: false,
    loadPaths: [join(root, 'node_modules'), join(root, 'apps/web/styles')],
    quietDeps: true,
    functions: {
      'asset($name)': ([name]) => {
        const plain = name.assertString('name').text;
        const address = output.manifest[plain];
        if (address === undefined) throw new Error(`The style sheet asks for ${plain}, which is not among the assets`);
        return new sass.SassString(`url("${address}")`, { quotes: false });
      },
    },
  });
  await emit(output, 'main.css', `${css}\n`);
}

async function emit(output, name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  const path = join(output.folder, hashed);
  if (!existsSync(path)) await writeWhole(path, content);
  output.manifest[name] = `${ADDRESS}${hashed}`;
}

/** Nobody ever reads half a file: it is written beside its place and renamed into it. */
async function writeWhole(path, content) {
  const beside = `${path}.${process.pid}.new`;
  await writeFile(beside, content);
  await rename(beside, path);
}

async function dropOldFiles({ folder, manifest }) {
  const current = new Set([...Object.values(manifest).map((address) => basename(address)), 'manifest.json']);
  const oldest = Date.now() - KEEP_OLD_FILES_HOURS * 3_600_000;
  for (const name of await readdir(folder)) {
    if (current.has(name)) continue;
    const path = join(folder, name);
    const known = await stat(path).catch(() => null);
    if (known !== null && known.mtimeMs < oldest) await rm(path, { force: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const manifest = await buildAssets(dirname(dirname(fileURLToPath(import.meta.url))));
  process.stderr.write(`${Object.keys(manifest).length} assets in dist/assets\n`);
}
