import type { Role } from '@app/access';
import type { Council } from '@app/authorities';
import { MovableClock } from '@app/kernel';
import { createWebApp, type WebApp } from '@web/platform/web-app';
import pino from 'pino';
import request, { type Response } from 'supertest';
import { makeStaff, type MadeStaff, PASSWORD } from './staff';
import { createTestDatabase, type TestDatabase } from './test-database';
import { testSettings } from './test-settings';

export { testSettings };

/** The whole web application on a database of its own, with time standing still until it is moved. */
export interface TestApp {
  readonly database: TestDatabase;
  readonly clock: MovableClock;
  readonly web: WebApp;
  /** The lines of the log so far, as parsed JSON. */
  readonly logLines: readonly Readonly<Record<string, unknown>>[];
  /** A browser that nobody has signed in with. */
  visitor(): TestBrowser;
  /** Makes a member of staff and signs them in through the page. */
  signedInAs(role: Role, authority?: Council | null): Promise<TestBrowser & { readonly staff: MadeStaff }>;
  signIn(staff: MadeStaff): Promise<TestBrowser & { readonly staff: MadeStaff }>;
  close(): Promise<void>;
}

/** Keeps cookies and the CSRF token of its session, as a browser without JavaScript does. */
export interface TestBrowser {
  get(path: string): Promise<Response>;
  /** Sends a form as the page of this session would; a list of values sends the field several times. */
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<Response>;
  /** Sends a form with a file as its last control. */
  upload(path: string, fields: Readonly<Record<string, string>>, file: { readonly name: string; readonly content: Buffer } | null): Promise<Response>;
  /** The same without looking for a token first: `_csrf` is what the fields say. */
  postBare(path: string, fields: Readonly<Record<string, string | readonly string[]>>, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** A Wednesday morning in opening hours. */
export const TEST_MORNING = new Date('2026-11-18T10:00:00Z');

export async function createTestApp(options: { readonly now?: Date; readonly env?: Readonly<Record<string, string>>; readonly database?: TestDatabase } = {}): Promise<TestApp> {
  const database = options.database ?? (await createTestDatabase());
  const clock = new MovableClock(options.now ?? TEST_MORNING);
  const logLines: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line: string) => void logLines.push(JSON.parse(line) as Record<string, unknown>) });
  const web = await createWebApp(testSettings(database.url, options.env), { clock, log });

  const signIn = async (staff: MadeStaff) => {
    const browser = testBrowser(web);
    const answer = await browser.post('/staff/sign-in', { email: staff.email, password: PASSWORD });
    if (answer.status !== 303) throw new Error(`Signing in answered ${String(answer.status)}`);
    return { ...browser, staff };
  };
  return {
    database,
    clock,
    web,
    logLines,
    visitor: () => testBrowser(web),
    signIn,
    signedInAs: async (role, authority = null) => signIn(await makeStaff(database, role, authority)),
    async close() {
      await web.close();
      if (!options.database) await database.drop();
    },
  };
}

function testBrowser(web: WebApp): TestBrowser {
  const agent = request.agent(web.express);
  let token: string | undefined;
  const note = (answer: Response): Response => {
    token = /name="_csrf" value="([0-9a-f]+)"/.exec(answer.text)?.[1] ?? token;
    return answer;
  };
  const needToken = async (): Promise<void> => {
    if (token === undefined) note(await agent.get('/staff/sign-in'));
    if (token === undefined) note(await agent.get('/staff/help'));
  };
  const postBare: TestBrowser['postBare'] = async (path, fields, headers = {}) => note(await agent.post(path).set(headers).type('form').send(encoded(fields)));
  return {
    get: async (path) => note(await agent.get(path)),
    postBare,
    async upload(path, fields, file) {
      await needToken();
      const sending = agent.post(path);
      for (const [name, value] of Object.entries({ _csrf: token ?? '', ...fields })) sending.field(name, value);
      if (file) sending.attach('file', file.content, { filename: file.name, contentType: 'application/octet-stream' });
      return note(await sending);
    },
    async post(path, fields = {}) {
      await needToken();
      const answer = await postBare(path, { ...fields, _csrf: token ?? '' });
      // Signing in or out begins another session, with another token.
      if (/\/sign-(in|out)$/.test(path)) token = undefined;
      return answer;
    },
  };
}

function encoded(fields: Readonly<Record<string, string | readonly string[]>>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const each of typeof value === 'string' ? [value] : value) form.append(name, each);
  return form.toString();
}
