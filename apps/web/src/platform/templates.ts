import { dateInWords, momentInWords, shortDateInWords, timeInWords } from '@app/kernel';
import type { Express } from 'express';
import { Environment, FileSystemLoader } from 'nunjucks';
import { join } from 'node:path';
import type { AssetManifest } from './assets';
import { count, countOf, errorFor, listInWords, percent } from './words';

/** Where templates come from and which assets they link to. */
export interface TemplateSettings {
  readonly projectRoot: string;
  readonly manifest: AssetManifest;
}

/**
 * The templates of the web application: `apps/web/src` first, then GOV.UK Frontend's macros.
 * Everything is escaped unless a template says `safe`. Undefined values print nothing, because GOV.UK's
 * macros rely on it; a missing asset throws. Compiled templates are kept.
 */
export function templateEnvironment(settings: TemplateSettings): Environment {
  const folders = ['apps/web/src', 'node_modules/govuk-frontend/dist'].map((folder) => join(settings.projectRoot, folder));
  const environment = new Environment(new FileSystemLoader(folders, { watch: false, noCache: false }), {
    autoescape: true,
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  });

  environment.addGlobal('asset', (name: string) => assetAddress(settings.manifest, name));
  for (const [name, filter] of Object.entries(filters)) environment.addFilter(name, filter);
  return environment;
}

/** Makes Express render `public/start` from `apps/web/src/public/start.njk`. What belongs to a request is passed with it. */
export function configureTemplates(app: Express, settings: TemplateSettings): Environment {
  const environment = templateEnvironment(settings);
  environment.express(app);
  app.set('view engine', 'njk');
  return environment;
}

const filters = {
  dateInWords,
  shortDateInWords,
  timeInWords,
  momentInWords,
  count,
  countOf,
  percent,
  listInWords,
  errorFor,
};

function assetAddress(manifest: AssetManifest, name: string): string {
  const address = manifest[name];
  if (address === undefined) throw new Error(`A page asks for the asset "${name}", which the build did not make`);
  return address;
}
