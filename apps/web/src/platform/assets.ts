import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { static as staticFiles, type Express } from 'express';

/** Plain name of an asset ("main.css") → its address, which carries a hash of the content. */
export type AssetManifest = Readonly<Record<string, string>>;

/** Thrown at start-up when the assets have not been built. */
export class AssetsNotBuiltError extends Error {
  constructor(path: string) {
    super(`The style sheet and scripts are not built (${path} is missing): run "node tools/assets.mjs"`);
    this.name = 'AssetsNotBuiltError';
  }
}

/** Reads which assets the last build made. Throws {@link AssetsNotBuiltError} when there was none. */
export function readAssetManifest(root: string): AssetManifest {
  const path = join(root, 'dist', 'assets', 'manifest.json');
  if (!existsSync(path)) throw new AssetsNotBuiltError(path);
  return JSON.parse(readFileSync(path, 'utf8')) as AssetManifest;
}

/** Serves the built assets under /assets/. Their names change with their content, so browsers may keep them for a year. */
export function serveAssets(app: Express, root: string): void {
  app.use('/assets', staticFiles(join(root, 'dist', 'assets'), { immutable: true, maxAge: '365d', index: false, redirect: false }));
}
