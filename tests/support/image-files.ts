import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readDockerfile } from './container';

const ROOT = resolve(__dirname, '../..');

interface LockedPackage {
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * Lays out in `folder` what docker/Dockerfile puts into the image, from a built checkout: the files that it copies, and of
 * node_modules only the packages that are left after the pruning. Those are linked; run Node.js with `--preserve-symlinks`,
 * so that none of them finds another one that the image does not have.
 */
export function layOutImage(folder: string): void {
  const stages = readDockerfile();
  const image = stages.at(-1)!;
  const workdir = stages[0]!.workdir;
  for (const { sources, target } of image.copies) {
    for (const source of sources) {
      const path = source.startsWith(workdir) ? source.slice(workdir.length + 1) : source;
      const to = join(folder, target === './' ? path : target);
      if (path === 'node_modules' || path === 'package.json') continue;
      mkdirSync(dirname(to), { recursive: true });
      // The sources themselves, and what is told about them, are deleted after the build.
      cpSync(join(ROOT, path), to, { recursive: true, filter: (each) => !/\/(apps|libs)\//.test(each) || each.includes('/dist/') || !/\.(ts|md)$/.test(each) });
    }
  }
  const left = /npm pkg delete ([^&]+)/.exec(stages[0]!.runs.join('\n'))?.[1]?.trim().split(/\s+/).map((path) => path.replace('dependencies.', '')) ?? [];
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const dependencies = Object.fromEntries(Object.entries(manifest.dependencies).filter(([name]) => !left.includes(name)));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
  for (const path of packagesOf(Object.keys(dependencies))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(folder, path), 'dir');
  }
}

/** Takes it away again; what is linked stays. */
export function removeImage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The folders of all packages that these need, at the top of node_modules; those inside another come with it. */
function packagesOf(names: readonly string[]): string[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Readonly<Record<string, LockedPackage>> };
  const found = new Set<string>();
  const open: [string, string][] = names.map((name) => ['', name]);
  for (let next = open.pop(); next; next = open.pop()) {
    const path = pathOf(packages, ...next);
    if (path === null || found.has(path)) continue;
    found.add(path);
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = packages[path]!;
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) open.push([path, name]);
  }
  return [...found].filter((path) => path.lastIndexOf('node_modules/') === 0 && packages[path]!.dev !== true);
}

/** Where a package finds another: beside itself, or in a node_modules further up. Null for an optional one that is not there. */
function pathOf(packages: Readonly<Record<string, LockedPackage>>, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === '') return null;
  }
}
