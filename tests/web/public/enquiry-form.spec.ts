import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());
afterEach(async () => {
  await app.database.owner.query('DELETE FROM rate_limits');
});

type Fields = Readonly<Record<string, string | readonly string[]>>;

const ANSWERS: readonly (readonly [string, Fields])[] = [
  ['name', { firstName: 'Priya', lastName: 'Shah', partnerFirstName: 'Tom', partnerLastName: 'Reed' }],
  ['contact', { phone: '0115 496 0123', email: 'priya@example.org', preferredContact: 'phone', bestTime: 'after 3pm' }],
  ['postcode', { postcode: 'de1 9zz', askedForAuthority: 'derbyshire' }],
  ['spare-room', { spareRoom: 'not_sure' }],
  ['fostering-now', { fostersNow: 'agency' }],
  ['interests', { interests: ['teenagers', 'siblings'] }],
  ['source', { source: 'other', sourceMore: 'A bench' }],
  ['message', { message: 'We have a <b>dog</b> & a cat.' }],
  ['consent', {}],
];

/** Answers every question as a person would, and a minute passes while they do. */
async function fillIn(browser: TestBrowser, changes: Readonly<Record<string, Fields>> = {}): Promise<void> {
  await browser.get('/enquire');
  for (const [index, [step, fields]] of ANSWERS.entries()) {
    const answer = await browser.post(`/enquire/${step}`, changes[step] ?? fields);
    expect([step, answer.status, answer.headers.location]).toEqual([step, 303, `/enquire/${ANSWERS[index + 1]?.[0] ?? 'check'}`]);
    expect((await browser.get(answer.headers.location ?? '')).status).toBe(200);
  }
  app.clock.advance(60_000);
}

const count = async (sql: string): Promise<number> => Number((await app.database.owner.query<{ count: string }>(sql)).rows[0]?.count);
const referenceIn = (text: string): string => /FEM-\w{4}-\w{4}/.exec(text)?.[0] ?? 'none';

describe('the enquiry form', () => {
  it('takes an enquiry from the first question to the reference and the due time', async () => {
    const browser = app.visitor();
    await fillIn(browser);
    const check = await browser.get('/enquire/check');
    for (const words of ['Priya Shah', 'Tom Reed', '0115 496 0123', 'DE1 9ZZ', 'Derbyshire', 'Not sure', 'Brothers and sisters together, Teenagers', 'A bench', 'We have a &lt;b&gt;dog&lt;/b&gt; &amp; a cat.']) expect(check.text).toContain(words);

    const sent = await browser.post('/enquire/check');
    expect([sent.status, sent.headers.location]).toEqual([303, '/enquire/sent']);
    const { text } = await browser.get('/enquire/sent');
    expect(text).toContain('by Thursday 19 November 2026 at 5pm');
    const reference = referenceIn(text);

    const { rows } = await app.database.owner.query<Record<string, unknown>>(
      `SELECT j.channel, j.source, j.authority, h.name, h.interests, h.fosters_now, h.marketing_consent_at, a.phone, a.best_time, c.screening, c.message
         FROM journeys j JOIN households h ON h.id = j.household_id JOIN applicants a ON a.household_id = h.id AND a.position = 1 JOIN contacts c ON c.journey_id = j.id WHERE j.reference = $1`,
      [reference],
    );
    expect(rows).toEqual([
      expect.objectContaining({
        channel: 'web', source: 'A bench', authority: 'derbyshire', name: 'Priya Shah and Tom Reed', interests: ['siblings', 'teenagers'], fosters_now: 'agency',
        marketing_consent_at: null, phone: '+441154960123', best_time: 'after 3pm', screening: 'clear', message: 'We have a <b>dog</b> & a cat.',
      }),
    ]);
    expect(await count(`SELECT count(*) FROM emails WHERE kind = 'acknowledgement' AND to_address = 'priya@example.org'`)).toBe(1);
  });

  it('makes one enquiry of many presses of the button', async () => {
    const browser = app.visitor();
    await fillIn(browser, { name: { firstName: 'Once' } });
    const presses = await Promise.all([1, 2, 3, 4, 5].map(() => browser.post('/enquire/check')));
    expect(presses.map(({ status, headers }) => [status, headers.location])).toEqual(presses.map(() => [303, '/enquire/sent']));
    expect(await count(`SELECT count(*) FROM households WHERE name = 'Once'`)).toBe(1);
    const first = referenceIn((await browser.get('/enquire/sent')).text);
    await browser.post('/enquire/check');
    expect(referenceIn((await browser.get('/enquire/sent')).text)).toBe(first);
    expect((await browser.get('/enquire/interests')).headers.location).toBe('/enquire/sent');
  });

  it('starts another enquiry only when asked to', async () => {
    const browser = app.visitor();
    await fillIn(browser);
    await browser.post('/enquire/check');
    expect((await browser.get('/enquire')).headers.location).toBe('/enquire/sent');
    await browser.get('/enquire/sent');
    expect((await browser.post('/enquire/again')).headers.location).toBe('/enquire');
    expect((await browser.get('/enquire')).text).toContain('What is your name?');
  });

  it('asks for what is missing, beside the box and on top, and keeps what was typed', async () => {
    const browser = app.visitor();
    await browser.get('/enquire');
    const name = await browser.post('/enquire/name', { firstName: ' ', lastName: 'Shah' });
    expect(name.status).toBe(422);
    expect(name.text).toContain('<title>Error: What is your name?');
    expect(name.text).toContain('href="#firstName"');
    expect(name.text.match(/Enter your first name/g)).toHaveLength(2);
    expect(name.text).toContain('value="Shah"');

    await browser.post('/enquire/name', { firstName: 'Priya' });
    const contact = await browser.post('/enquire/contact', { phone: '12345', email: '"><script>' });
    expect(contact.status).toBe(422);
    expect(contact.text).toContain('value="12345"');
    expect(contact.text).not.toContain('"><script>');
  });

  it('goes to the first open question when somebody jumps ahead', async () => {
    const browser = app.visitor();
    expect((await browser.get('/enquire/check')).headers.location).toBe('/enquire');
    expect((await browser.get('/enquire/interests')).headers.location).toBe('/enquire');
    await browser.get('/enquire');
    await browser.post('/enquire/name', { firstName: 'Priya' });
    expect((await browser.get('/enquire/interests')).headers.location).toBe('/enquire/contact');
    expect((await browser.get('/enquire/check')).headers.location).toBe('/enquire/contact');
    expect((await browser.post('/enquire/check')).headers.location).toBe('/enquire/contact');
    expect((await browser.get('/enquire/nothing')).status).toBe(404);
  });

  it('changes one answer from the check page and comes back to it', async () => {
    const browser = app.visitor();
    await fillIn(browser);
    const question = await browser.get('/enquire/spare-room?from=check');
    expect(question.text).toContain('action="/enquire/spare-room?from=check"');
    expect((await browser.post('/enquire/spare-room?from=check', { spareRoom: 'yes' })).headers.location).toBe('/enquire/check');
  });

  it('finds the answers again later, and forgets them when asked or when their time has passed', async () => {
    const browser = app.visitor();
    await browser.get('/enquire');
    await browser.post('/enquire/name', { firstName: 'Priya' });
    app.clock.advance(71 * 3_600_000);
    const later = await browser.get('/enquire');
    expect(later.text).toContain('Carry on');
    expect(later.text).not.toContain('Priya');
    expect((await browser.get('/enquire/name')).text).toContain('value="Priya"');

    app.clock.advance(2 * 3_600_000);
    const tooLate = await browser.get('/enquire');
    expect(tooLate.text).toContain('Yours is no longer there');
    // What was on the screen when the draft ran out begins a new one.
    expect((await browser.post('/enquire/contact', { email: 'priya@example.org' })).headers.location).toBe('/enquire/name');
    expect((await browser.get('/enquire/name')).text).toContain('Yours is no longer there');
    await browser.post('/enquire/name', { firstName: 'Priya' });
    expect((await browser.get('/enquire/contact')).text).toContain('value="priya@example.org"');

    const drafts = await count('SELECT count(*) FROM enquiry_drafts');
    expect((await browser.post('/enquire/stop')).headers.location).toBe('/');
    expect(await count('SELECT count(*) FROM enquiry_drafts')).toBe(drafts - 1);
    expect((await browser.get('/')).text).toContain('What you had typed is deleted.');
  });

  it('never ticks the box for news beforehand, and keeps a yes with its time', async () => {
    const browser = app.visitor();
    await fillIn(browser, { name: { firstName: 'Newsreader' }, consent: { marketingConsent: 'yes' } });
    expect((await app.visitor().get('/enquire')).text).not.toContain('checked');
    await browser.post('/enquire/check');
    expect(await count(`SELECT count(*) FROM households WHERE name = 'Newsreader' AND marketing_consent_at IS NOT NULL`)).toBe(1);
  });

  it('points to help for a child beside the box for free text', async () => {
    const browser = app.visitor();
    await fillIn(browser);
    expect((await browser.get('/enquire/message')).text).toContain('Worried about a child? Do not write it here');
  });

  it('shows nobody the answers of another browser', async () => {
    const browser = app.visitor();
    await browser.get('/enquire');
    await browser.post('/enquire/name', { firstName: 'Priya' });
    expect((await app.visitor().get('/enquire/name')).text).not.toContain('Priya');
  });
});

describe('spam', () => {
  const screeningOf = async (browser: TestBrowser): Promise<unknown> => {
    const { rows } = await app.database.owner.query<Record<string, unknown>>('SELECT screening, screening_reasons AS reasons, received_at FROM contacts WHERE reference = $1', [referenceIn((await browser.get('/enquire/sent')).text)]);
    return rows[0];
  };

  it('that falls into the trap on any page is kept aside, and told what everybody is told', async () => {
    const browser = app.visitor();
    await fillIn(browser, { interests: { interests: 'not_sure', homepage: 'https://example.org' } });
    expect((await browser.post('/enquire/check')).headers.location).toBe('/enquire/sent');
    expect((await browser.get('/enquire/sent')).text).toContain('We have your enquiry');
    expect(await screeningOf(browser)).toMatchObject({ screening: 'held', reasons: ['honeypot'] });
  });

  it('is not suspected of people who are merely quick', async () => {
    const browser = app.visitor();
    await fillIn(browser);
    app.clock.set(new Date(app.clock.now().getTime() - 55_000));
    await browser.post('/enquire/check');
    expect(await screeningOf(browser)).toMatchObject({ screening: 'clear', reasons: ['too_fast'] });
  });

  it('from one address is looked at after ten enquiries, and stopped only in a flood, without losing a word', async () => {
    const screeningAfter = async (counter: string, enquiries: number): Promise<unknown> => {
      await app.database.owner.query('UPDATE rate_limits SET points = $2 WHERE key LIKE $1', [`enquiry-${counter}:%`, enquiries]);
      const browser = app.visitor();
      await fillIn(browser);
      await browser.post('/enquire/check');
      return screeningOf(browser);
    };
    expect(await screeningAfter('looked_at', 0)).toMatchObject({ screening: 'clear' });
    expect(await screeningAfter('looked_at', 9)).toMatchObject({ screening: 'clear' });
    expect(await screeningAfter('looked_at', 10)).toMatchObject({ screening: 'held', reasons: ['many_from_address'] });

    await app.database.owner.query(`UPDATE rate_limits SET points = 120 WHERE key LIKE 'enquiry-stopped:%'`);
    const browser = app.visitor();
    await fillIn(browser);
    expect((await browser.post('/enquire/check')).status).toBe(429);
    await app.database.owner.query('DELETE FROM rate_limits');
    await browser.get('/enquire/check');
    expect((await browser.post('/enquire/check')).headers.location).toBe('/enquire/sent');
  });

  it('that uses one mailbox again and again is looked at, so that nobody is flooded with our mail', async () => {
    const send = async (): Promise<unknown> => {
      const browser = app.visitor();
      await fillIn(browser, { contact: { email: 'same@example.org' } });
      await browser.post('/enquire/check');
      return screeningOf(browser);
    };
    expect(await send()).toMatchObject({ screening: 'clear' });
    await app.database.owner.query(`UPDATE rate_limits SET points = 3 WHERE key LIKE 'enquiry-mailed:%'`);
    expect(await send()).toMatchObject({ screening: 'held', reasons: ['many_from_address'] });
  });
});
