import { ok, refused, type Result } from '@app/kernel';
import { hasLocalMailbox, missingSettings, publicUrlOf, SETTING_NAMES as SETTINGS_WITH_RULES, valuesIn, wrongSettings } from './setting-rules';

export { publicUrlOf };

/** The names of all settings, as they stand in the environment. */
export const SETTING_NAMES: readonly string[] = SETTINGS_WITH_RULES;

/** What a process is told from outside. README lists each with its default. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Where people reach the system, without a slash at the end. */
  readonly publicUrl: string;
  readonly databaseUrl: string;
  /** Only what migrates has it. */
  readonly databaseOwnerUrl: string | null;
  readonly redisUrl: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Mail is kept in the database and shown at /dev/mailbox. */
  readonly localMailbox: boolean;
  readonly demo: boolean;
  readonly sessionSecret: string;
  /** Express's "trust proxy": false, a number of hops, or a list of addresses. */
  readonly trustProxy: false | number | readonly string[];
  /** A scraper that is not on this machine shows this bearer token. */
  readonly metricsToken: string | null;
  /** The database is the project's own, under DATA_DIR. */
  readonly embedded: boolean;
  readonly dataDir: string;
  /** A ClamAV daemon that looks at uploaded documents; without one they are marked as not scanned. */
  readonly clamavUrl: string | null;
  /** The largest document that is taken, in megabytes of 1,000,000 bytes. */
  readonly documentLimitMegabytes: number;
}

/**
 * Reads the settings from an environment. Refuses with one line for each mistake: which setting, what is wrong
 * and what to do.
 */
export function parseSettings(env: Readonly<Record<string, string | undefined>>): Result<Settings, readonly string[]> {
  const mistakes = [...wrongSettings(env), ...missingSettings(env)];
  const values = valuesIn(env);
  const { DATABASE_URL, SESSION_SECRET } = values;
  if (mistakes.length > 0 || DATABASE_URL === undefined || SESSION_SECRET === undefined) return refused(mistakes);
  const embedded = values.EMBEDDED === '1';
  return ok({
    port: Number(values.PORT),
    host: values.HOST,
    publicUrl: publicUrlOf(env),
    databaseUrl: DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL ?? null,
    redisUrl: values.REDIS_URL ?? null,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    localMailbox: hasLocalMailbox(env),
    demo: values.DEMO === undefined ? embedded : values.DEMO === '1',
    sessionSecret: SESSION_SECRET,
    trustProxy: trustProxyOf(values.TRUST_PROXY),
    metricsToken: values.METRICS_TOKEN ?? null,
    embedded,
    dataDir: values.DATA_DIR,
    clamavUrl: values.CLAMAV_URL ?? null,
    documentLimitMegabytes: Number(values.DOCUMENT_LIMIT_MB),
  });
}

function trustProxyOf(text: string): Settings['trustProxy'] {
  if (/^\d$/.test(text)) return text === '0' ? false : Number(text);
  return text.split(',').map((part) => part.trim());
}
