import type { Page } from 'playwright-core';
import { type BrowserHub, expectPage, openHub, signIn } from '../support/browser';
import { seededRandom } from '../support/random-import-file';
import { type Past, type PastEvent, recordPasts } from '../support/recorded-history';
import { makeStaff } from '../support/staff';

const DAY_MS = 86_400_000;

/** Two hundred enquiries of the last fifteen months, some approved, some closed, most still on their way. */
function someYears(now: Date): Past[] {
  const random = seededRandom(11);
  return Array.from({ length: 200 }, (): Past => {
    const receivedAt = new Date(now.getTime() - Math.floor(10 + random() * 440) * DAY_MS);
    const after = (days: number): string => new Date(receivedAt.getTime() + days * DAY_MS).toISOString();
    const dueAt = after(2);
    const events: PastEvent[] = [{ kind: 'first_response', at: after(random() < 0.9 ? 1 : 4), dueAt, workingMinutes: Math.floor(random() * 900) }];
    const waits = Math.floor(150 + random() * 100);
    const past = (days: number): boolean => receivedAt.getTime() + days * DAY_MS < now.getTime();
    if (random() < 0.2 && past(waits)) events.push({ kind: 'milestone', milestone: 'approved', on: after(waits).slice(0, 10) });
    else if (random() < 0.6) events.push({ kind: 'closed', on: after(8).slice(0, 10), by: 'applicant', reason: random() < 0.5 ? 'changed_mind' : 'not_now' });
    return { receivedAt: receivedAt.toISOString(), dueAt, authority: random() < 0.5 ? 'derby' : 'nottinghamshire', recordedAt: receivedAt.toISOString(), events };
  });
}

describe('an analyst reads the report', () => {
  let hub: BrowserHub;
  const now = new Date();

  beforeAll(async () => {
    hub = await openHub({ now });
    await recordPasts(hub.app.database.owner, someYears(now));
  });
  afterAll(() => hub.close());

  const signInAs = async (page: Page, role: 'analyst' | 'team_manager'): Promise<void> => {
    const staff = await makeStaff(hub.app.database, role, role === 'analyst' ? null : 'derby');
    await signIn(page, staff.email);
  };

  it('with every figure at hand, and nothing against any page', async () => {
    const page = await hub.open();
    await signInAs(page, 'analyst');
    await expectPage(page, 'Report of the hub');
    expect(await page.locator('.hub-figure').count()).toBe(5);
    const chart = page.locator('#funnel');
    await chart.getByText('Show the figures').click();
    await chart.getByRole('table').waitFor();
    await expectPage(page, 'Report of the hub');

    await page.getByLabel('Authority', { exact: true }).selectOption('derby');
    await page.getByRole('button', { name: 'Show the report' }).click();
    await expectPage(page, 'Report for Derby');

    await page.getByLabel('As at the end of').fill('2099-01-01');
    await page.getByRole('button', { name: 'Show the report' }).click();
    await expectPage(page, 'Report of the hub');
    await page.getByRole('alert').getByText('The as-at date lies in the future').waitFor();

    await page.goto('/staff/reports/definitions');
    await expectPage(page, 'What the figures mean');
  });

  it('and states a target, with the mistake beside what was typed', async () => {
    const page = await hub.open({ width: 'telephone' });
    await signInAs(page, 'analyst');
    await page.goto('/staff/reports/targets');
    await expectPage(page, 'Targets');
    await page.getByLabel('Number').fill('as many as we can');
    await page.getByRole('button', { name: 'State this target' }).click();
    await expectPage(page, 'Targets');
    expect(await page.getByLabel('Number').inputValue()).toBe('as many as we can');
    await page.getByLabel('Financial year').selectOption({ index: 2 });
    await page.getByLabel('Target', { exact: true }).selectOption('enquiries');
    await page.getByLabel('Number').fill('1,200');
    await page.getByLabel('Who set it').fill('The board of this test');
    await page.getByRole('button', { name: 'State this target' }).click();
    await page.getByText('The target is stated').waitFor();
    await page.goto('/staff/reports');
    await page.getByText(/Target 1,200 in/).waitFor();
  });

  it('prints it on few pages, with the targets that are folded on the screen, and no form', async () => {
    const page = await hub.open();
    await signInAs(page, 'analyst');
    for (const [path, atMost] of [['/staff/reports', 7], ['/staff/reports/losses', 5]] as const) {
      await page.goto(path);
      const pages = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g)?.length;
      expect(pages).toBeGreaterThan(1);
      expect([path, Math.max(pages ?? 0, atMost)]).toEqual([path, atMost]);
    }
    await page.goto('/staff/reports');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('Progress in').isVisible()).toBe(true);
    await page.goto('/staff/reports/targets');
    expect(await page.getByLabel('Number').isVisible()).toBe(false);
  });

  it('works without JavaScript, and prints every figure', async () => {
    const page = await hub.open({ javaScript: false });
    await signInAs(page, 'team_manager');
    await page.goto('/staff/reports');
    await expectPage(page, 'Report for Derby');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#funnel table').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Show the report' }).isVisible()).toBe(false);
    expect(await page.getByText('Dividing the approved by all enquirers').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    expect(await page.getByText('Print this page').isVisible()).toBe(false);
  });
});
