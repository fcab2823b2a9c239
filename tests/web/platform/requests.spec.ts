import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestApp, type TestApp } from '../../support/test-app';
import { waitingFor } from '../../support/test-database';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const NULL = String.fromCharCode(0);

describe('a redirect', () => {
  it('leaves only when the session is stored, so that the next page knows what was done', async () => {
    const server = createServer(app.web.express).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ask = (method: string, path: string, cookie = '', form = ''): Promise<IncomingMessage & { words: string }> =>
      new Promise((done, failed) => {
        const sent = request({ port, host: '127.0.0.1', method, path, agent: false, headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' } }, (answer) => {
          // Resolves with the head, as a browser follows a redirect before its body is there.
          const withWords = Object.assign(answer, { words: '' });
          answer.setEncoding('utf8').on('data', (text: string) => (withWords.words += text));
          if (answer.statusCode === 303) done(withWords);
          else answer.on('end', () => done(withWords));
        });
        sent.on('error', failed).end(form);
      });

    const first = await ask('GET', '/enquire');
    const cookie = (first.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; ');
    const token = /name="_csrf" value="([0-9a-f]+)"/.exec(first.words)?.[1] ?? '';
    const { owner } = app.database;
    await owner.query('BEGIN');
    await owner.query('LOCK TABLE sessions IN EXCLUSIVE MODE');
    const stop = ask('POST', '/enquire/stop', cookie, `_csrf=${token}`);
    let early = false;
    void stop.then(() => (early = true));
    await storingWaits();
    const leftEarly = early;
    await owner.query('COMMIT');
    const location = (await stop).headers.location;
    const { words } = await ask('GET', '/', cookie);
    server.close();
    expect([leftEarly, location]).toEqual([false, '/']);
    expect(words).toContain('What you had typed is deleted.');
  });
});

/** Resolves a moment after a session waits to be stored. */
async function storingWaits(): Promise<void> {
  for (;;) {
    const waits = await waitingFor(app.database, 'sessions');
    await new Promise((later) => setTimeout(later, 100));
    if (waits) return;
  }
}

describe('a null character', () => {
  it.each([
    ['/staff/sign-in', { email: `nobody${NULL}@example.org`, password: `a${NULL}b` }, 422],
    ['/staff/forgotten-password', { email: `nobody${NULL}@example.org` }, 200],
    ['/enquire/name', { firstName: `Pri${NULL}ya`, lastName: '' }, 303],
  ] as const)('in the form of %s breaks nothing', async (path, fields, status) => {
    expect((await app.visitor().post(path, fields)).status).toBe(status);
  });

  it.each([
    ['/staff/search?text=%00jess', 200],
    ['/staff/worklist?text=%00&officer=%00', 200],
    ['/staff/families/FEM%00', 404],
    ['/staff/families/%00', 404],
  ] as const)('in the address %s breaks nothing', async (path, status) => {
    const officer = await app.signedInAs('recruitment_officer');
    expect((await officer.get(path)).status).toBe(status);
  });

  it('is not kept in what somebody typed', async () => {
    const visitor = app.visitor();
    await visitor.post('/enquire/name', { firstName: `Pri${NULL}ya`, lastName: '' });
    expect((await visitor.get('/enquire/name')).text).toContain('value="Priya"');
  });
});
