import { parseSettings } from './settings';

const secret = 'x'.repeat(32);
const embedded = { EMBEDDED: '1', DATABASE_URL: 'postgres://a:b@127.0.0.1:5/hub', SESSION_SECRET: secret };
const own = { DATABASE_URL: 'postgres://a:b@db/hub', SESSION_SECRET: secret, SMTP_URL: 'smtp://mail:25' };

const mistakesOf = (env: Record<string, string>): readonly string[] => {
  const settings = parseSettings(env);
  return settings.ok ? [] : settings.refusal;
};

describe('the settings', () => {
  it('have a default for all but the database and the secret', () => {
    const settings = parseSettings(embedded);
    expect(settings).toMatchObject({ ok: true, value: { port: 3000, host: '127.0.0.1', publicUrl: 'http://127.0.0.1:3000', demo: true, localMailbox: true, trustProxy: false, redisUrl: null } });
  });

  it('keep the demonstration and the local mailbox off on any other database', () => {
    expect(parseSettings(own)).toMatchObject({ ok: true, value: { demo: false, localMailbox: false } });
  });

  it('ask for a mail server where the mailbox could be seen by others', () => {
    expect(mistakesOf({ ...embedded, HOST: '0.0.0.0' })).toEqual([expect.stringContaining('SMTP_URL is missing')]);
  });

  it('say each mistake in a line of its own', () => {
    expect(mistakesOf({ DATABASE_URL: own.DATABASE_URL, SESSION_SECRET: secret, PORT: '70000', DEMO: 'yes', REDIS_URL: 'http://x' })).toEqual([
      'PORT is "70000": give a whole number from 1 to 65535.',
      'REDIS_URL is not an address such as redis://host:6379.',
      'DEMO is "yes": give 1 for the demonstration or 0 for none.',
      expect.stringContaining('SMTP_URL is missing'),
    ]);
    expect(mistakesOf({}).map((line) => line.split(' ')[0])).toEqual(['DATABASE_URL', 'SMTP_URL', 'SESSION_SECRET']);
    expect(mistakesOf({ ...own, TRUST_PROXY: 'all of them' })).toEqual([expect.stringContaining('TRUST_PROXY')]);
    expect(mistakesOf({ ...own, SESSION_SECRET: 'short' })).toEqual(['SESSION_SECRET must have at least 32 characters.']);
  });

  it('do not repeat what may be a secret', () => {
    expect(mistakesOf({ ...own, SESSION_SECRET: 'pssst', METRICS_TOKEN: 'pssst', DATABASE_URL: 'mysql://hub:pssst@db', SMTP_URL: 'pssst' }).join(' ')).not.toContain('pssst');
  });

  it('take documents of up to 20 MB, and a scanner where there is one', () => {
    expect(parseSettings(own)).toMatchObject({ value: { clamavUrl: null, documentLimitMegabytes: 20 } });
    expect(parseSettings({ ...own, CLAMAV_URL: 'tcp://clamav:3310', DOCUMENT_LIMIT_MB: '50' })).toMatchObject({ value: { clamavUrl: 'tcp://clamav:3310', documentLimitMegabytes: 50 } });
    expect(mistakesOf({ ...own, CLAMAV_URL: 'clamav:3310', DOCUMENT_LIMIT_MB: '0' })).toEqual(['CLAMAV_URL is not an address such as tcp://clamav.example.org:3310.', 'DOCUMENT_LIMIT_MB is "0": give a whole number from 1 to 2000.']);
  });

  it('read the proxies as a number or a list', () => {
    expect(parseSettings({ ...own, TRUST_PROXY: '2' })).toMatchObject({ value: { trustProxy: 2 } });
    expect(parseSettings({ ...own, TRUST_PROXY: '10.0.0.1, loopback' })).toMatchObject({ value: { trustProxy: ['10.0.0.1', 'loopback'] } });
  });
});
