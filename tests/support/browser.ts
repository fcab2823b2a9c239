import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Result } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { PASSWORD } from './staff';
import { createTestApp, type TestApp } from './test-app';

/** The two widths at which every page has to hold. */
export const WIDTHS = { desktop: { width: 1280, height: 900 }, telephone: { width: 390, height: 844 } } as const;

/** How somebody looks at the hub. */
export interface Looking {
  readonly width?: keyof typeof WIDTHS;
  readonly javaScript?: boolean;
}

/** The web application, listening, and a real browser that looks at it. */
export interface BrowserHub {
  readonly app: TestApp;
  readonly address: string;
  /** A window of its own, with cookies of its own. */
  open(looking?: Looking): Promise<Page>;
  close(): Promise<void>;
}

/** Windows in which axe cannot run: it is JavaScript itself. */
const withoutJavaScript = new WeakSet<BrowserContext>();

/** A machine that does other work as well is slow, not broken. */
const PATIENCE_MS = 30_000;

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const LAUNCH = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** Starts the hub on a free port of this machine, with a Chromium beside it (CHROMIUM_PATH, or the system's). */
export async function openHub(options: Parameters<typeof createTestApp>[0] = {}): Promise<BrowserHub> {
  const app = await createTestApp(options);
  const server = createServer(app.web.express);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const browser: Browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: LAUNCH });
  const contexts: BrowserContext[] = [];
  return {
    app,
    address,
    async open({ width = 'desktop', javaScript = true } = {}) {
      const context = await browser.newContext({ baseURL: address, viewport: WIDTHS[width], javaScriptEnabled: javaScript });
      contexts.push(context);
      if (!javaScript) withoutJavaScript.add(context);
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      return page;
    },
    async close() {
      for (const context of contexts) await context.close();
      await browser.close();
      server.closeAllConnections();
      server.close();
      await app.close();
    },
  };
}

/**
 * Looks at the page that is open, at both widths: it has this heading, axe finds nothing, and nothing makes it wider
 * than the window. In a window without JavaScript, where axe cannot run, only the heading and the width it has.
 */
export async function expectPage(page: Page, heading: string | RegExp): Promise<void> {
  const h1 = page.getByRole('heading', { level: 1, name: heading, exact: true });
  await h1.waitFor();
  if (withoutJavaScript.has(page.context())) {
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    return;
  }
  await page.waitForLoadState('load');
  const before = page.viewportSize();
  for (const size of Object.values(WIDTHS)) {
    await page.setViewportSize(size);
    expect({ width: size.width, findings: await axeFindings(page), overflow: Math.max(0, await overflow(page)) }).toEqual({ width: size.width, findings: [], overflow: 0 });
  }
  if (before) await page.setViewportSize(before);
}

/** What axe has against the page: rule, help and place, one line each. It is put into a page once and asks for violations alone, which takes a sixth of the time. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(AXE);
  const violations = await page.evaluate<Result[]>(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
}

const overflow = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');

/** Signs somebody of the tests in by hand; their first page follows. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/staff/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((address) => !address.pathname.endsWith('/sign-in'));
}

/** Where the keyboard is: the words of the control's label, or of the control itself, and its classes. */
export function focusOf(page: Page): Promise<{ readonly words: string; readonly classes: string }> {
  return page.evaluate<{ words: string; classes: string }>(`(() => {
    const element = document.activeElement;
    const label = element && element.labels && element.labels[0];
    return { words: ((label || element || {}).textContent || '').trim(), classes: element ? element.className : '' };
  })()`);
}
