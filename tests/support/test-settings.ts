import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings, type Settings } from '@app/settings';

/** Settings as `npm start` would pass them, for a test's own database. */
export function testSettings(databaseUrl: string, env: Readonly<Record<string, string>> = {}): Settings {
  const settings = parseSettings({ DATA_DIR: join(tmpdir(), 'hub-tests'), DATABASE_URL: databaseUrl, EMBEDDED: '1', DEMO: '0', SESSION_SECRET: 'only-for-tests-only-for-tests-only-for-tests', ...env });
  if (!settings.ok) throw new Error(settings.refusal.join('\n'));
  return settings.value;
}
