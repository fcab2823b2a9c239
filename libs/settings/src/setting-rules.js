/**
 * What each setting has to be, and what it is when nobody sets it. Plain JavaScript without any package: `npm start` asks these
 * rules before anything is installed or built, and every process of the system asks them again.
 */
// @ts-check
'use strict';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
const NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * A setting. `wrong` says what is wrong with a value, as the rest of a sentence that begins with the name, or null.
 * @typedef {{ readonly wrong: (value: string) => string | null, readonly unset?: string }} SettingRule
 * @typedef {Readonly<Record<string, string | undefined>>} Environment
 */

/** @type {(least: number, most: number) => SettingRule['wrong']} */
const wholeNumber = (least, most) => (value) =>
  /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most ? null : `is "${value}": give a whole number from ${String(least)} to ${String(most)}`;

/** Addresses carry passwords, and are not repeated. @type {(protocols: readonly string[], example: string) => SettingRule['wrong']} */
const address = (protocols, example) => (value) => (URL.canParse(value) && protocols.includes(new URL(value).protocol) ? null : `is not an address such as ${example}`);

/** @type {(meaning: string) => SettingRule['wrong']} */
const flag = (meaning) => (value) => (['0', '1'].includes(value) ? null : `is "${value}": give ${meaning}`);

/** Secrets are not repeated either. @type {(least: number) => SettingRule['wrong']} */
const secret = (least) => (value) => (value.length >= least ? null : `must have at least ${String(least)} characters`);

/** @type {(pattern: RegExp, what: string) => SettingRule['wrong']} */
const matching = (pattern, what) => (value) => (pattern.test(value) ? null : `is "${value}": give ${what}`);

const anything = () => null;

/** @type {(value: string) => string | null} */
const proxies = (value) => {
  const known = /^\d$/.test(value) || value.split(',').every((part) => /^[0-9a-f.:]+(\/\d+)?$/i.test(part.trim()) || NETWORKS.includes(part.trim()));
  return known ? null : `is "${value}": give the number of proxies in front, or their addresses separated by commas`;
};

/** @satisfies {Record<string, SettingRule>} */
const RULES = {
  PORT: { wrong: wholeNumber(1, 65535), unset: '3000' },
  HOST: { wrong: matching(/^[\w.:-]+$/, 'an address or a host name, such as 127.0.0.1'), unset: '127.0.0.1' },
  PUBLIC_URL: { wrong: address(['http:', 'https:'], 'https://hub.example.org') },
  DATABASE_URL: { wrong: address(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/hub') },
  DATABASE_OWNER_URL: { wrong: address(['postgres:', 'postgresql:'], 'postgres://owner:password@host:5432/hub') },
  REDIS_URL: { wrong: address(['redis:', 'rediss:'], 'redis://host:6379') },
  SMTP_URL: { wrong: address(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.org') },
  MAIL_FROM: { wrong: matching(/@/, 'an address of mail'), unset: 'Foster for East Midlands <noreply@example.org>' },
  DEMO: { wrong: flag('1 for the demonstration or 0 for none') },
  SESSION_SECRET: { wrong: secret(32) },
  TRUST_PROXY: { wrong: proxies, unset: '0' },
  METRICS_TOKEN: { wrong: secret(16) },
  EMBEDDED: { wrong: flag('1 on the embedded database or 0 on any other'), unset: '0' },
  DATA_DIR: { wrong: anything, unset: '.data' },
  CLAMAV_URL: { wrong: address(['tcp:'], 'tcp://clamav.example.org:3310') },
  DOCUMENT_LIMIT_MB: { wrong: wholeNumber(1, 2000), unset: '20' },
};

/** @typedef {keyof typeof RULES} SettingName */
/** @typedef {'PORT' | 'HOST' | 'MAIL_FROM' | 'TRUST_PROXY' | 'EMBEDDED' | 'DATA_DIR' | 'DOCUMENT_LIMIT_MB'} SettingWithDefault */

/** The names of all settings, as they stand in the environment. */
const SETTING_NAMES = /** @type {readonly SettingName[]} */ (Object.keys(RULES));

/**
 * The values that hold: as given, else as they are unset. An empty value counts as not given, for compose files produce them.
 * @param {Environment} env
 */
function valuesIn(env) {
  /** @type {(name: SettingName) => string | undefined} */
  const valueOf = (name) => {
    const given = env[name]?.trim();
    if (given !== undefined && given !== '') return given;
    return /** @type {SettingRule} */ (RULES[name]).unset;
  };
  return /** @type {Readonly<Record<SettingWithDefault, string> & Partial<Record<Exclude<SettingName, SettingWithDefault>, string>>>} */ (
    Object.fromEntries(SETTING_NAMES.map((name) => [name, valueOf(name)]))
  );
}

/**
 * One line for each setting whose value is wrong.
 * @param {Environment} env
 * @returns {readonly string[]}
 */
function wrongSettings(env) {
  return Object.entries(valuesIn(env)).flatMap(([name, value]) => {
    const wrong = value === undefined ? null : RULES[/** @type {SettingName} */ (name)].wrong(value);
    return wrong === null ? [] : [`${name} ${wrong}.`];
  });
}

/**
 * Mail is kept in the database and shown at /dev/mailbox: only where nobody else can see it.
 * @param {Environment} env
 */
function hasLocalMailbox(env) {
  const { SMTP_URL, EMBEDDED, HOST } = valuesIn(env);
  return SMTP_URL === undefined && EMBEDDED === '1' && LOOPBACK.includes(HOST);
}

/**
 * One line for each setting that the running system needs and that is not there.
 * @param {Environment} env
 * @returns {readonly string[]}
 */
function missingSettings(env) {
  const { DATABASE_URL, SMTP_URL, SESSION_SECRET } = valuesIn(env);
  return [
    ...(DATABASE_URL === undefined ? ['DATABASE_URL is missing. Set it, or run npm start, which brings its own database.'] : []),
    ...(SMTP_URL === undefined && !hasLocalMailbox(env)
      ? ['SMTP_URL is missing. The local mailbox exists only on the embedded database with a loopback HOST; anywhere else name a mail server, such as smtp://mail.example.org:25.']
      : []),
    ...(SESSION_SECRET === undefined ? ['SESSION_SECRET is missing. Set it to at least 32 random characters.'] : []),
  ];
}

/**
 * Where people reach the system, without a slash at the end: as it is set, else where the web process listens.
 * @param {Environment} env
 */
function publicUrlOf(env) {
  const { PUBLIC_URL, HOST, PORT } = valuesIn(env);
  return (PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`).replace(/\/+$/, '');
}

module.exports = { SETTING_NAMES, valuesIn, wrongSettings, missingSettings, hasLocalMailbox, publicUrlOf };
