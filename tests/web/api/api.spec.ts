import request from 'supertest';
import { API_LIMITS } from '@web/api/api-limits';
import { type CuttableConnection, cuttableConnection } from '../../support/cuttable-connection';
import { hubCommand } from '../../support/hub-command';
import { createTestApp, type TestApp } from '../../support/test-app';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { DescribedApi, giveToken, type TestWebsite, testWebsite } from './described-api';

const enquiry = {
  firstName: 'Priya',
  lastName: 'Shah',
  phone: '07700 900123',
  preferredContact: 'phone',
  postcode: 'DE1 3AE',
  askedForAuthority: 'derby',
  spareRoom: 'yes',
  fostersNow: 'no',
  interests: ['short_term', 'siblings'],
  source: 'council',
  message: 'We have thought about this for a long time.',
  marketingConsent: false,
};

describe('the API', () => {
  const api = new DescribedApi();
  let database: TestDatabase;
  let connection: CuttableConnection;
  let app: TestApp;
  let website: TestWebsite;
  let websiteId: string;
  let reader: TestWebsite;
  beforeAll(async () => {
    database = await createTestDatabase();
    connection = await cuttableConnection(database.url);
    app = await createTestApp({ database: { ...database, url: connection.url } });
  });
  // New ones each time, so that no test uses up what another may send in a minute.
  beforeEach(async () => {
    const given = await giveToken(app, 'enquiries:write');
    websiteId = given.id;
    website = testWebsite(app, api, given.token);
    reader = testWebsite(app, api, (await giveToken(app, 'reports:read')).token);
  });
  afterAll(async () => {
    await app.close();
    await connection.close();
    await database.drop();
  });

  const count = async (table: string): Promise<number> => (await database.owner.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n as number;

  describe('an enquiry from a council’s website', () => {
    it('is taken in like one from the form: journey, clock, acknowledgement, and the time when it is due', async () => {
      const answer = await website.post({ ...enquiry, email: 'priya@Example.org' });
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ receivedAt: '2026-11-18T10:00:00.000Z', dueAt: '2026-11-19T17:00:00.000Z', dueAtInWords: 'Thursday 19 November 2026 at 5pm', authority: 'derby' });
      const { rows } = await database.owner.query(
        `SELECT j.channel, j.source, j.authority, h.name, h.interests, a.phone, a.email, c.website_id, c.screening, k.due_at, (SELECT count(*)::int FROM emails e WHERE e.to_address = a.email) AS mails
           FROM journeys j JOIN households h ON h.id = j.household_id JOIN applicants a ON a.household_id = h.id JOIN contacts c ON c.journey_id = j.id JOIN clocks k ON k.journey_id = j.id AND k.rule = 'first_response'
          WHERE j.reference = $1`,
        [answer.body.reference],
      );
      expect(rows).toEqual([
        { channel: 'web', source: 'Council', authority: 'derby', name: 'Priya Shah', interests: ['short_term', 'siblings'], phone: '+447700900123', email: 'priya@example.org', website_id: websiteId, screening: 'clear', due_at: new Date('2026-11-19T17:00:00Z'), mails: 1 },
      ]);
    });

    it('gets an answer that says nothing of what the person said', async () => {
      const { text, headers } = await website.post({ ...enquiry, firstName: 'Zebedee', email: 'zebedee@example.org' });
      expect(text).not.toMatch(/zebedee|900123|DE1/i);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['set-cookie']).toBeUndefined();
    });

    it('needs no more than the form does', async () => {
      const answer = await website.post({ firstName: 'Sam', phone: '0115 496 0123', askedForAuthority: 'nottingham', spareRoom: 'not_sure', fostersNow: 'before', interests: ['not_sure'], message: null });
      expect(answer.status).toBe(201);
      expect(answer.body.authority).toBe('nottingham');
    });

    it('asks for all that is missing at once, in the words of the form', async () => {
      const before = await count('contacts');
      const answer = await website.post({});
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toEqual({
        firstName: ['Enter your first name'],
        phone: ['Enter a telephone number or an email address, so that we can answer you'],
        postcode: ['Enter your postcode, or choose a council below'],
        spareRoom: ['Select yes, no or not sure'],
        fostersNow: ['Select whether you foster now or have fostered before'],
        interests: ['Select the kinds of fostering that interest you, or “I am not sure yet”'],
      });
      expect(await count('contacts')).toBe(before);
    });

    it.each([
      ['a telephone number that is none', { phone: '12' }, 'phone'],
      ['an email address that is none', { email: 'priya' }, 'email'],
      ['half a postcode', { postcode: 'DE1' }, 'postcode'],
      ['a partner without a first name', { partnerLastName: 'Reed' }, 'partnerFirstName'],
      ['a way to be reached that is missing', { phone: null, preferredContact: 'text' }, 'phone'],
      ['a message that is too long', { message: 'x'.repeat(2001) }, 'message'],
      ['a council that is not ours', { askedForAuthority: 'leicester' }, 'askedForAuthority'],
      ['a number for a name', { firstName: 7 }, 'firstName'],
      ['a text for a list', { interests: 'short_term' }, 'interests'],
      ['an interest that there is not', { interests: ['short_term', 'dogs'] }, 'interests'],
      ['a consent that is not yes or no', { marketingConsent: 'yes' }, 'marketingConsent'],
      ['a field that there is not', { shoeSize: 9 }, 'shoeSize'],
    ])('refuses %s', async (_what, change, field) => {
      const answer = await website.post({ ...enquiry, ...change });
      expect(answer.status).toBe(422);
      expect(Object.keys(answer.body.errors)).toEqual([field]);
      expect(answer.body.errors[field][0]).not.toBe('');
    });

    it.each([['[]'], ['{"__proto__":{"firstName":"x"},"constructor":1}'], ['{"interests":{"0":"short_term"}}'], ['{"firstName":["a","b"]}'], ['']])('refuses %s without falling over', async (body) => {
      expect((await website.postRaw(body)).status).toBe(422);
    });

    it('takes letters of every kind, and loses half characters that no database keeps', async () => {
      const answer = await website.postRaw(JSON.stringify({ ...enquiry, firstName: 'Nguyễn 李 🦊\u0000', message: '\ud83e x' }).replace('\\ud83e x', '\\ud83e x'));
      expect(answer.status).toBe(201);
      const { rows } = await database.owner.query('SELECT h.name, c.message FROM contacts c JOIN journeys j ON j.id = c.journey_id JOIN households h ON h.id = j.household_id WHERE c.reference = $1', [answer.body.reference]);
      expect(rows).toEqual([{ name: 'Nguyễn 李 🦊 Shah', message: 'x' }]);
    });

    it('goes aside for an officer when its mailbox is named again and again, and keeps its time', async () => {
      const spam = { ...enquiry, email: 'target@example.org' };
      const answers = [];
      for (let time = 0; time < 4; time += 1) answers.push(await website.post({ ...spam, lastName: `Number ${String(time)}` }));
      const { rows } = await database.owner.query('SELECT screening, first_response_due_at IS NOT NULL AS due FROM contacts WHERE reference = ANY ($1) ORDER BY id', [answers.map(({ body }) => body.reference as string)]);
      expect(rows.map(({ screening }) => screening as string)).toEqual(['clear', 'clear', 'clear', 'held']);
      expect(rows.every(({ due }) => due as boolean)).toBe(true);
    });
  });

  describe('sending the same again', () => {
    it('gives one enquiry and the same answer, however the body is written', async () => {
      const before = await count('journeys');
      const first = await website.post(enquiry, { key: 'the-same-again' });
      app.clock.advance(60_000);
      const again = await website.post(enquiry, { key: 'the-same-again' });
      const turned = await website.postRaw(JSON.stringify({ ...Object.fromEntries(Object.entries(enquiry).reverse()), bestTime: null }, null, 2), { key: 'the-same-again' });
      expect([first, again, turned].map(({ status }) => status)).toEqual([201, 201, 201]);
      expect(again.body).toEqual(first.body);
      expect(turned.body).toEqual(first.body);
      expect([first, again].map(({ headers }) => headers['idempotent-replayed'])).toEqual([undefined, 'true']);
      expect(await count('journeys')).toBe(before + 1);
    });

    it('is refused when the content is another', async () => {
      await website.post(enquiry, { key: 'used-once' });
      const before = await count('contacts');
      const other = await website.post({ ...enquiry, message: 'Something else' }, { key: 'used-once' });
      expect(other.status).toBe(409);
      expect(await count('contacts')).toBe(before);
    });

    it('works after a refusal: what was refused used up no key', async () => {
      expect((await website.post({ ...enquiry, phone: 'x' }, { key: 'corrected-later' })).status).toBe(422);
      expect((await website.post(enquiry, { key: 'corrected-later' })).status).toBe(201);
    });

    it('gives one enquiry when several arrive at once', async () => {
      const before = await count('journeys');
      const answers = await Promise.all(Array.from({ length: 6 }, () => website.post(enquiry, { key: 'all-at-once' })));
      expect(new Set(answers.map(({ body }) => body.reference as string)).size).toBe(1);
      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
      expect(await count('journeys')).toBe(before + 1);
    });

    it('is another enquiry when another website chose the same key', async () => {
      const other = testWebsite(app, api, (await giveToken(app, 'enquiries:write')).token);
      const [ours, theirs] = [await website.post(enquiry, { key: 'chosen-by-both' }), await other.post(enquiry, { key: 'chosen-by-both' })];
      expect(theirs.status).toBe(201);
      expect(theirs.body.reference).not.toBe(ours.body.reference);
    });

    it('needs a key', async () => {
      for (const key of ['', 'short', 'with space and ü', 'x'.repeat(201)]) expect((await website.post(enquiry, { key })).status).toBe(400);
    });
  });

  describe('a body that cannot be read', () => {
    it('is refused without a word of it in the answer', async () => {
      const answer = await website.postRaw('{"firstName": "Zebedee" "lastName"');
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain('Zebedee');
    });

    it('is refused when it is not UTF-8, whatever it says of itself: no letter is kept that nobody wrote', async () => {
      const before = await count('contacts');
      expect((await website.postRaw(Buffer.from(JSON.stringify({ ...enquiry, firstName: 'Zoë' }), 'latin1'), { key: 'not-utf-8' })).status).toBe(400);
      expect(await count('contacts')).toBe(before);
      expect((await website.postRaw(Buffer.from(JSON.stringify({ ...enquiry, firstName: 'Zoë' }), 'utf8'), { key: 'not-utf-8' })).status).toBe(201);
    });

    it('is refused when it is too large', async () => {
      expect((await website.post({ ...enquiry, message: 'x'.repeat(400_000) })).status).toBe(413);
    });

    it('is refused when it is not JSON', async () => {
      expect((await website.postRaw('firstName=Priya', { headers: { 'content-type': 'application/x-www-form-urlencoded' } })).status).toBe(415);
      expect((await website.postRaw('<a/>', { headers: { 'content-type': 'text/xml' } })).status).toBe(415);
      expect((await website.postRaw('{}', { headers: { 'content-type': 'application/json; charset=latin1' } })).status).toBe(415);
    });
  });

  describe('the token', () => {
    it('is needed, known and not withdrawn', async () => {
      const { id, token } = await giveToken(app, 'enquiries:write', 'reports:read');
      const own = testWebsite(app, api, token);
      expect((await own.kpi('from=2026-04-01&to=2026-11-18')).status).toBe(200);
      await database.owner.query('UPDATE websites SET revoked_at = now() WHERE id = $1', [id]);
      expect((await own.post(enquiry)).status).toBe(401);
      expect((await own.kpi('from=2026-04-01&to=2026-11-18')).status).toBe(401);
      for (const authorization of ['', 'Bearer', 'Basic YTpi', `Bearer hub_${'x'.repeat(43)}`]) expect((await website.post(enquiry, { headers: { authorization } })).status).toBe(401);
    });

    it('is only for what it was given for', async () => {
      expect((await reader.post(enquiry)).status).toBe(403);
      expect((await website.kpi('from=2026-04-01&to=2026-11-18')).status).toBe(403);
    });

    it('does not open the staff side, and a session does not open the API', async () => {
      const { token } = await giveToken(app, 'enquiries:write', 'reports:read');
      expect((await request(app.web.express).get('/staff/help').set('authorization', `Bearer ${token}`)).status).toBe(303);
      const manager = await app.signedInAs('hub_manager');
      expect((await manager.get('/api/v1/reports/kpi?from=2026-04-01&to=2026-11-18')).status).toBe(401);
    });

    it('is kept as a hash only', async () => {
      const { token } = await giveToken(app, 'enquiries:write');
      const { rows } = await database.owner.query('SELECT token_hash FROM websites');
      expect(JSON.stringify(rows)).not.toContain(token.slice(4));
      expect(JSON.stringify(app.logLines)).not.toContain(token.slice(4));
    });

    it('is counted: too many requests have to wait, and others do not wait with them', async () => {
      const { token } = await giveToken(app, 'enquiries:write', 'reports:read');
      const busy = testWebsite(app, api, token);
      const answers = [];
      for (let time = 0; time <= API_LIMITS.reports.points; time += 1) answers.push(await busy.kpi('from=x'));
      expect(answers.at(-2)!.status).toBe(422);
      expect(answers.at(-1)!.status).toBe(429);
      for (let time = 0; time < API_LIMITS.enquiries.points; time += 1) await busy.post({});
      expect((await busy.post(enquiry)).status).toBe(429);
      expect((await website.post(enquiry)).status).toBe(201);
    });
  });

  describe('the KPI report', () => {
    it('is the same as the command gives', async () => {
      const now = app.clock.now();
      app.clock.set(new Date());
      try {
        const answer = await reader.kpi('from=2026-04-01&to=2027-03-31&asAt=2026-11-18');
        expect(answer.status).toBe(200);
        expect(answer.body.total.enquiries).toBeGreaterThan(0);
        const command = await hubCommand(database.url, 'report', 'kpi', '--from', '2026-04-01', '--to', '2027-03-31', '--as-at', '2026-11-18');
        const { generatedAt: _1, ...report } = answer.body;
        const { generatedAt: _2, ...printed } = JSON.parse(command.output);
        expect(report).toEqual(printed);
      } finally {
        app.clock.set(now);
      }
    });

    it('can be asked for one council, and as it was known at a moment', async () => {
      const answer = await reader.kpi('from=2026-04-01&to=2026-11-18&authority=derby&knownAt=2026-11-01');
      expect(answer.body).toMatchObject({ knownAt: '2026-11-02T00:00:00Z', total: { enquiries: 0 } });
      expect(Object.keys(answer.body.byAuthority)).toEqual(['derby']);
    });

    it('names nobody', async () => {
      expect((await reader.kpi('from=2026-04-01&to=2026-11-18')).text).not.toMatch(/priya|shah|example\.org|FEM-/i);
    });

    it.each([
      ['from=2026-04-01', 'to'],
      ['from=yesterday&to=2026-11-18', 'from'],
      ['from=2026-04-01&to=2026-03-01', 'to'],
      ['from=2026-04-01&to=2026-11-18&asAt=2027-01-01', 'asAt'],
      ['from=2026-04-01&to=2026-11-18&knownAt=2026-03-29T01:30', 'knownAt'],
      ['from=2026-04-01&to=2026-11-18&knownAt=2027-01-01', 'knownAt'],
      ['from=2026-04-01&to=2026-11-18&authority=leicester', 'authority'],
      ['from=2026-04-01&from=2026-05-01&to=2026-11-18', 'from'],
      ['from=2026-04-01&to=2026-11-18&colour=red', 'colour'],
    ])('refuses %s, naming the parameter', async (query, parameter) => {
      const answer = await reader.kpi(query);
      expect(answer.status).toBe(422);
      expect(Object.keys(answer.body.errors)).toEqual([parameter]);
    });

    it('leaves a trace of who read it', async () => {
      await reader.kpi('from=2026-04-01&to=2026-11-18&authority=derby');
      const { rows } = await database.owner.query(`SELECT actor_kind, authority, address, detail FROM audit_entries WHERE action = 'report.read' ORDER BY id DESC LIMIT 1`);
      expect(rows).toEqual([{ actor_kind: 'public', authority: 'derby', address: expect.stringContaining('127.0.0.1'), detail: { website: expect.any(String), from: '2026-04-01', to: '2026-11-18' } }]);
    });
  });

  describe('when something fails here', () => {
    it('says so with an id that the log has, and nothing is half done', async () => {
      const before = await count('journeys');
      await database.owner.query('ALTER TABLE clocks RENAME TO away');
      try {
        const answer = await website.post(enquiry, { key: 'clocks-are-away' });
        expect(answer.status).toBe(500);
        expect(answer.text).not.toContain('clocks');
        const logged = app.logLines.filter((line) => JSON.stringify(line).includes(answer.headers['x-request-id'] as string) && line['level'] === 50);
        expect(logged).toHaveLength(2);
        expect(JSON.stringify(logged)).not.toMatch(/priya|900123/i);
      } finally {
        await database.owner.query('ALTER TABLE away RENAME TO clocks');
      }
      await database.owner.query('ALTER TABLE journey_events RENAME TO away');
      try {
        // A period that nobody has asked for: what was counted before is remembered.
        expect((await reader.kpi('from=2025-05-02&to=2025-11-18')).status).toBe(500);
      } finally {
        await database.owner.query('ALTER TABLE away RENAME TO journey_events');
      }
      expect(await count('journeys')).toBe(before);
      expect((await website.post(enquiry, { key: 'clocks-are-away' })).status).toBe(201);
    });

    it('asks to come again later while its records cannot be reached', async () => {
      connection.cut();
      const answers = [await website.post(enquiry, { key: 'nobody-there' }), await reader.kpi('from=2026-04-01&to=2026-11-18')];
      connection.mend();
      expect(answers.map(({ status }) => status)).toEqual([503, 503]);
      expect((await website.post(enquiry, { key: 'nobody-there' })).status).toBe(201);
    });
  });

  describe('its description', () => {
    it('is there for everybody, and is the one that the tests go by', async () => {
      const answer = await request(app.web.express).get('/api/v1/openapi.json');
      api.check('GET', '/api/v1/openapi.json', answer);
      expect({ ...answer.body, servers: null }).toEqual({ ...JSON.parse(JSON.stringify(api.document)), servers: null });
      expect(answer.body.servers).toEqual([{ url: 'http://127.0.0.1:3000' }]);
    });

    it('takes and refuses bodies as the API does', () => {
      expect(api.accepts('Enquiry', enquiry)).toBe(true);
      for (const change of [{ askedForAuthority: 'leicester' }, { firstName: 7 }, { interests: [] }, { shoeSize: 9 }, { message: 'x'.repeat(2001) }, { spareRoom: null }]) expect(api.accepts('Enquiry', { ...enquiry, ...change })).toBe(false);
    });

    it('tells of every route of the API, and every answer that it tells of has been seen here', () => {
      expect(Object.keys(api.document.paths).sort()).toEqual(['/api/v1/enquiries', '/api/v1/openapi.json', '/api/v1/reports/kpi']);
      expect(api.seen).toEqual(api.described);
    });

    it('is needed by nobody who is lost: an unknown address is a problem too', async () => {
      const answer = await request(app.web.express).get('/api/v2/enquiries');
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.body).toMatchObject({ status: 404, requestId: answer.headers['x-request-id'] });
    });
  });
});
