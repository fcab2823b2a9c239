import { ok, refused, type Result } from '@app/kernel';
import { z } from 'zod';

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

const url = (protocols: readonly string[], example: string) =>
  z.string().refine(
    (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
    { message: `is not an address such as ${example}` },
  );
const flag = z.enum(['0', '1'], { message: 'must be 0 or 1' }).transform((text) => text === '1');
const given = <T extends z.ZodType>(schema: T) => z.preprocess((text) => (text === '' ? undefined : text), schema);

const environment = z.object({
  PORT: given(z.string().regex(/^\d+$/, { message: 'must be a whole number from 1 to 65535' }).transform(Number).refine((port) => port >= 1 && port <= 65535, { message: 'must be a whole number from 1 to 65535' }).default(3000)),
  HOST: given(z.string().regex(/^[\w.:-]+$/, { message: 'must be an address or a host name, such as 127.0.0.1' }).default('127.0.0.1')),
  PUBLIC_URL: given(url(['http:', 'https:'], 'https://hub.example.org').optional()),
  DATABASE_URL: given(url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/hub')),
  DATABASE_OWNER_URL: given(url(['postgres:', 'postgresql:'], 'postgres://owner:password@host:5432/hub').optional()),
  REDIS_URL: given(url(['redis:', 'rediss:'], 'redis://host:6379').optional()),
  SMTP_URL: given(url(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.org').optional()),
  MAIL_FROM: given(z.string().regex(/@/, { message: 'must be an address of mail' }).default('Foster for East Midlands <noreply@example.org>')),
  DEMO: given(flag.optional()),
  SESSION_SECRET: given(z.string().min(32, { message: 'must have at least 32 characters' }).optional()),
  TRUST_PROXY: given(z.string().default('0')),
  METRICS_TOKEN: given(z.string().min(16, { message: 'must have at least 16 characters' }).optional()),
  EMBEDDED: given(flag.default(false)),
  DATA_DIR: given(z.string().default('.data')),
  CLAMAV_URL: given(url(['tcp:'], 'tcp://clamav.example.org:3310').optional()),
  DOCUMENT_LIMIT_MB: given(z.string().regex(/^\d{1,4}$/, { message: 'must be a whole number from 1 to 2000' }).transform(Number).refine((megabytes) => megabytes >= 1 && megabytes <= 2000, { message: 'must be a whole number from 1 to 2000' }).default(20)),
});

/** The names of all settings, as they stand in the environment. */
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape);

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * Reads the settings from an environment. Refuses with one line for each mistake: which setting, what is wrong
 * and what to do.
 */
export function parseSettings(env: Readonly<Record<string, string | undefined>>): Result<Settings, readonly string[]> {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    return refused(parsed.error.issues.map(({ path, message }) => (env[String(path[0])] ? `${String(path[0])} ${message}.` : `${String(path[0])} is missing. Set it, or run npm start, which brings its own database.`)));
  }
  const { data } = parsed;
  const loopback = LOOPBACK.includes(data.HOST);
  const localMailbox = data.SMTP_URL === undefined && data.EMBEDDED && loopback;
  const mistakes: string[] = [];
  if (data.SMTP_URL === undefined && !localMailbox) {
    mistakes.push(`SMTP_URL is missing. The local mailbox exists only on the embedded database with a loopback HOST; anywhere else name a mail server, such as smtp://mail.example.org:25.`);
  }
  if (data.SESSION_SECRET === undefined) mistakes.push('SESSION_SECRET is missing. Set it to at least 32 random characters.');
  const trustProxy = parseTrustProxy(data.TRUST_PROXY);
  if (trustProxy === null) mistakes.push('TRUST_PROXY must be the number of proxies in front, or their addresses separated by commas.');
  if (mistakes.length > 0) return refused(mistakes);
  return ok({
    port: data.PORT,
    host: data.HOST,
    publicUrl: publicUrlOf({ PUBLIC_URL: data.PUBLIC_URL, HOST: data.HOST, PORT: String(data.PORT) }),
    databaseUrl: data.DATABASE_URL,
    databaseOwnerUrl: data.DATABASE_OWNER_URL ?? null,
    redisUrl: data.REDIS_URL ?? null,
    smtpUrl: data.SMTP_URL ?? null,
    mailFrom: data.MAIL_FROM,
    localMailbox,
    demo: data.DEMO ?? data.EMBEDDED,
    sessionSecret: data.SESSION_SECRET ?? '',
    trustProxy: trustProxy ?? false,
    metricsToken: data.METRICS_TOKEN ?? null,
    embedded: data.EMBEDDED,
    dataDir: data.DATA_DIR,
    clamavUrl: data.CLAMAV_URL ?? null,
    documentLimitMegabytes: data.DOCUMENT_LIMIT_MB,
  });
}

/** Where people reach the system, without a slash at the end: as it is set, else where the web process listens. */
export function publicUrlOf(env: Readonly<Record<string, string | undefined>>): string {
  const host = env['HOST'] || '127.0.0.1';
  return (env['PUBLIC_URL'] || `http://${host.includes(':') ? `[${host}]` : host}:${env['PORT'] || '3000'}`).replace(/\/+$/, '');
}

function parseTrustProxy(text: string): Settings['trustProxy'] | null {
  if (/^\d$/.test(text)) return text === '0' ? false : Number(text);
  const addresses = text.split(',').map((part) => part.trim());
  return addresses.every((address) => /^[0-9a-f.:]+(\/\d+)?$/i.test(address) || ['loopback', 'linklocal', 'uniquelocal'].includes(address)) ? addresses : null;
}
